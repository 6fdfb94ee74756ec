// Where rows and bay heads stand on the canvas: all rows are equally high, so places are sums and nothing is measured.
import type { Board } from '#src/floor/desk.ts'

/** Height of the column heads and of a bay's head, px. */
export const headHeight = 28

type Placed = Pick<Board, 'bays' | 'count'>

/** Heads that stand above the row. */
function headsAbove({ bays }: Placed, index: number): number {
  let heads = 0
  for (const { first } of bays) if (first <= index) heads += 1
  return heads
}

/** Upper edge of a row, px of the canvas. */
export function rowTop(board: Placed, index: number, rowHeight: number): number {
  return index * rowHeight + headsAbove(board, index) * headHeight
}

/** Upper edge of a bay's head, px of the canvas. */
export function bayTop(board: Placed, bayIndex: number, rowHeight: number): number {
  return (board.bays[bayIndex]?.first ?? 0) * rowHeight + bayIndex * headHeight
}

/** Height of the whole canvas, px. */
export function canvasHeight(board: Placed, rowHeight: number): number {
  return board.count * rowHeight + board.bays.length * headHeight
}

/** Rows that touch the stretch from `top` to `bottom` (px of the canvas): the first, and the one after the last. */
export function rowsBetween(
  board: Placed,
  top: number,
  bottom: number,
  rowHeight: number,
): { from: number; to: number } {
  /** The last row that begins at or above `y`. */
  const rowAt = (y: number): number => {
    let heads = 0
    for (const { first } of board.bays) {
      if (y < first * rowHeight + heads * headHeight) break
      heads += 1
    }
    return Math.floor((y - heads * headHeight) / rowHeight)
  }
  const clamp = (index: number): number => Math.max(0, Math.min(board.count, index))
  return { from: clamp(rowAt(top)), to: clamp(rowAt(bottom) + 1) }
}

/** For assistive technology: the row's place among column heads, bay heads and rows, from 1. */
export function ariaRowIndex(board: Placed, index: number): number {
  return index + headsAbove(board, index) + 2
}
