// Spans of time as a supervisor reads them.

const two = (value: number): string => String(value).padStart(2, '0')

/** `mm:ss` under an hour, `h:mm:ss` above; always two digits from the right, so that a column of them stands still. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/** In words, rounded down to one unit: `40 s`, `3 min`, `2 h`; for gaps and ages. */
export function describeDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`
  return `${Math.floor(seconds / 3600)} h`
}
