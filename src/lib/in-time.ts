// Two rows of things as one, in the order of time. Pure.

interface Timed {
  /** Epoch ms. */
  at: number
}

/** `lines` keep their order, whatever their clocks say; `beside` go in by time, each before the first line that is later. */
export function inTime<T extends Timed>(lines: readonly T[], beside: readonly T[]): T[] {
  const rest = [...beside].sort((a, b) => a.at - b.at)
  const merged: T[] = []
  let next = 0
  for (const line of lines) {
    for (let other = rest[next]; other && other.at < line.at; other = rest[next]) {
      merged.push(other)
      next += 1
    }
    merged.push(line)
  }
  return [...merged, ...rest.slice(next)]
}
