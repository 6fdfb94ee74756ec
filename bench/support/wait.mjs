// Waiting, and ticks that keep their rate when one comes late.

/** @param {number} ms @returns {Promise<void>} */
export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Calls `step` every `everyMs` for `seconds`, by the clock and not by the end of the step: a late step does not lower the
 * rate. Resolves when every step has.
 * @param {number} everyMs
 * @param {number} seconds
 * @param {(tick: number) => unknown} step
 */
export async function paced(everyMs, seconds, step) {
  const under = new Set()
  const began = performance.now()
  const ticks = Math.round((seconds * 1000) / everyMs)
  for (let tick = 0; tick < ticks; tick++) {
    await wait(Math.max(0, began + tick * everyMs - performance.now()))
    const work = Promise.resolve(step(tick)).finally(() => under.delete(work))
    under.add(work)
  }
  await Promise.all(under)
}
