// How the scripts speak: one line each, with the time it took.

/** Prints a line of the script's own, told apart from the output of the programs it runs. */
export function say(text) {
  console.log(`callboard: ${text}`)
}

/** Seconds since `startedAt` (epoch ms), as text. */
export function took(startedAt) {
  return `${((Date.now() - startedAt) / 1000).toFixed(1)} s`
}
