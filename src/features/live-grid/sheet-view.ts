// Which rows the scroller shows.
import { headHeight, rowsBetween } from '#src/features/live-grid/board-geometry.ts'
import type { Board } from '#src/floor/desk.ts'

/** Rows painted above and below those in sight while the view moves. */
const movingOverscan = 8
/** The same while it stands: enough for the first step of scrolling, and each one less makes a new order cheaper. */
const standingOverscan = 3

/** Height the sticky head of a bay covers, px. */
export const bayPad = ({ bays }: Pick<Board, 'bays'>): number => (bays.length > 0 ? headHeight : 0)

/** Rows that can be seen where the scroller stands: the first, and the one after the last. */
export function rowsInSight(
  board: Board,
  scroller: HTMLElement,
  rowHeight: number,
): { from: number; to: number } {
  const top = scroller.scrollTop
  return rowsBetween(board, top, top + scroller.clientHeight, rowHeight)
}

/** Rows to paint for where the scroller stands: the first, and the one after the last. */
export function visibleRows(
  board: Board,
  scroller: HTMLElement,
  rowHeight: number,
  isMoving: boolean,
): { from: number; to: number } {
  const { from, to } = rowsInSight(board, scroller, rowHeight)
  const overscan = isMoving ? movingOverscan : standingOverscan
  return { from: Math.max(0, from - overscan), to: Math.min(board.count, to + overscan) }
}
