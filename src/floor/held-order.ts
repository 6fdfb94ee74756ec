// Keeps rows where they are while somebody points at them: values go on changing, places do not.

/** What is known of a row when two orders are compared. */
export interface Standing {
  /** Null while it is not on the board. */
  stands: unknown
  /** Its place in the order that is asked for, counted from 0; -1 when it is not asked for. */
  asked: number
}

export interface HeldOrder<R extends Standing> {
  /** The rows in the order on screen: those that left keep their place, and new ones go to the end. */
  shown: readonly R[]
  /** Rows that would stand elsewhere: come, gone, or moved against their neighbours. */
  waiting: number
}

/** The order to show while somebody reads, given the one on screen and the one the calls ask for. */
export function holdOrder<R extends Standing>(shown: readonly R[], asked: readonly R[]): HeldOrder<R> {
  const fresh = asked.filter((row) => row.stands === null)
  const next = fresh.length === 0 ? shown : [...shown, ...fresh]
  return { shown: next, waiting: countMoves(next) }
}

/** How many of `shown` would have to move or go to become the order that is asked for. */
export function countMoves(shown: readonly Standing[]): number {
  const staying: number[] = []
  for (const { asked } of shown) if (asked >= 0) staying.push(asked)
  const gone = shown.length - staying.length
  return gone + staying.length - longestRise(staying)
}

/** Length of the longest rising subsequence: the rows that can stay where they are. */
function longestRise(values: readonly number[]): number {
  const tails: number[] = []
  for (const value of values) {
    let low = 0
    let high = tails.length
    // Most values are above all before them.
    if (high > 0 && (tails[high - 1] ?? 0) < value) low = high
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tails[middle] ?? 0) < value) low = middle + 1
      else high = middle
    }
    tails[low] = value
  }
  return tails.length
}

/**
 * Between two full sorts: rows that are there keep their order, rows that left go, and a new row enters beside the
 * neighbour it is asked for.
 */
export function mergeOrder<R extends Standing>(shown: readonly R[], asked: readonly R[]): readonly R[] {
  const fresh = new Map<R | null, R[]>()
  let anchor: R | null = null
  for (const row of asked) {
    if (row.stands !== null) anchor = row
    else {
      const beside = fresh.get(anchor)
      if (beside) beside.push(row)
      else fresh.set(anchor, [row])
    }
  }
  const kept = shown.filter((row) => row.asked >= 0)
  if (fresh.size === 0) return kept.length === shown.length ? shown : kept
  const merged = fresh.get(null)?.slice() ?? []
  for (const row of kept) {
    merged.push(row)
    const beside = fresh.get(row)
    if (beside) merged.push(...beside)
  }
  return merged
}
