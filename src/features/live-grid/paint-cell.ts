// What a cell is given to paint.
import type { Call } from '#contract/call.ts'
import type { RowNews } from '#src/features/live-grid/row-news.ts'

/** What a row shows. */
export interface RowFacts {
  call: Call
  news: RowNews
  /** Epoch ms of the server. */
  now: number
}

/** Writes the facts into the cell. */
export type PaintCell = (facts: RowFacts) => void
