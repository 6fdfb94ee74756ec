// Keeps rows where they are while somebody points at them: values go on changing, places do not.

export interface HeldOrder {
  /** Ids in the order on screen. While held, rows that left keep their place and new ones go to the end. */
  shown: readonly string[]
  /** Rows that would stand elsewhere: come, gone, or moved against their neighbours. */
  waiting: number
}

/**
 * The order to show, given the one on screen and the one the calls ask for.
 * When not held the asked order is taken. Pure: the caller keeps `shown`.
 */
export function holdOrder(shown: readonly string[], asked: readonly string[], held: boolean): HeldOrder {
  if (!held || shown.length === 0) return { shown: same(shown, asked) ? shown : asked, waiting: 0 }
  const known = new Set(shown)
  const fresh = asked.filter((id) => !known.has(id))
  const next = fresh.length === 0 ? shown : [...shown, ...fresh]
  return { shown: next, waiting: countMoves(next, asked) }
}

/** How many of `shown` would have to move or go to become `asked`. */
export function countMoves(shown: readonly string[], asked: readonly string[]): number {
  const place = new Map(asked.map((id, index) => [id, index]))
  const staying = shown.flatMap((id) => place.get(id) ?? [])
  const gone = shown.length - staying.length
  return gone + staying.length - longestRise(staying)
}

/** Length of the longest rising subsequence: the rows that can stay where they are. */
function longestRise(values: readonly number[]): number {
  const tails: number[] = []
  for (const value of values) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tails[middle] ?? 0) < value) low = middle + 1
      else high = middle
    }
    tails[low] = value
  }
  return tails.length
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index])
}

/**
 * Between two full sorts: rows that are there keep their order, rows that left go, and a new row enters beside the
 * neighbour it is asked for.
 */
export function mergeOrder(shown: readonly string[], asked: readonly string[]): readonly string[] {
  const wanted = new Set(asked)
  const known = new Set(shown)
  const fresh = new Map<string, string[]>()
  const first: string[] = []
  let anchor: string | null = null
  for (const id of asked) {
    if (known.has(id)) anchor = id
    else if (anchor === null) first.push(id)
    else fresh.set(anchor, [...(fresh.get(anchor) ?? []), id])
  }
  const kept = shown.filter((id) => wanted.has(id))
  if (kept.length === shown.length && first.length === 0 && fresh.size === 0) return shown
  return [...first, ...kept.flatMap((id) => [id, ...(fresh.get(id) ?? [])])]
}
