// Cuts spans of time into days, hours and quarters of UTC whose sums are kept, and what lies beside them.

/** A span of time whose calls are counted together under `key`; epoch ms, `until` is the first instant behind it. */
export interface Span {
  from: number
  until: number
  key: number
}

/** `grain` in minutes: cells of that length cover it exactly; 0 where its calls are counted one by one. */
export interface Piece extends Span {
  grain: number
}

const minuteMs = 60_000

/** The span in as few pieces as cells of the given lengths (minutes, longest first) allow. */
export function piecesOf({ from, until, key }: Span, grains: readonly number[]): Piece[] {
  if (from >= until) return []
  for (const [index, grain] of grains.entries()) {
    const length = grain * minuteMs
    const first = Math.ceil(from / length) * length
    const last = Math.floor(until / length) * length
    if (first >= last) continue
    const shorter = grains.slice(index + 1)
    return [
      ...piecesOf({ from, until: first, key }, shorter),
      { grain, from: first, until: last, key },
      ...piecesOf({ from: last, until, key }, shorter),
    ]
  }
  return [{ grain: 0, from, until, key }]
}
