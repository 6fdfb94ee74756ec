// Cuts spans of time into days, hours and quarters of UTC whose sums are kept, and what lies beside them.
import { type RawBuilder, sql } from 'kysely'

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

/** Neighbours of one grain as one piece: which span a cell belongs to is found by its begin. In the order of time. */
export function joined(pieces: readonly Piece[]): Piece[] {
  const whole: Piece[] = []
  for (const piece of [...pieces].sort((a, b) => a.grain - b.grain || a.from - b.from)) {
    const last = whole.at(-1)
    if (last?.grain === piece.grain && last.until === piece.from) last.until = piece.until
    else whole.push({ ...piece })
  }
  return whole
}

/** The pieces as rows `p(grain, since, until)`. */
export function rowsOf(pieces: readonly Piece[]): RawBuilder<unknown> {
  const instants = (values: readonly number[]) => values.map((at) => new Date(at).toISOString())
  return sql`unnest(${pieces.map(({ grain }) => grain)}::smallint[],
    ${instants(pieces.map(({ from }) => from))}::text[]::timestamptz[],
    ${instants(pieces.map(({ until }) => until))}::text[]::timestamptz[]) as p(grain, since, until)`
}
