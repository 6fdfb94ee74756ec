// Places on the canvas, against a plain list of heads and rows with their heights.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ariaRowIndex,
  bayTop,
  canvasHeight,
  headHeight,
  rowTop,
  rowsBetween,
} from '#src/features/live-grid/board-geometry.ts'
import { type Bay, bayOrder } from '#src/floor/board-order.ts'
import type { BayPlace } from '#src/floor/desk.ts'

interface Item {
  kind: 'bay' | 'row'
  top: number
  height: number
}

/** Bays as a board has them: in their order, none empty but Act now. */
const inBays = fc
  .record({
    mine: fc.nat({ max: 3 }),
    act: fc.nat({ max: 6 }),
    watch: fc.nat({ max: 6 }),
    calm: fc.nat({ max: 20 }),
    rest: fc.nat({ max: 2 }),
    new: fc.nat({ max: 4 }),
  })
  .map((counts): { bays: BayPlace[]; count: number } => {
    let first = 0
    const bays = bayOrder.flatMap((bay: Bay) => {
      const count = counts[bay]
      const at = first
      first += count
      return count === 0 && bay !== 'act' ? [] : [{ bay, first: at, count, oldest: null }]
    })
    return { bays, count: first }
  })
const plain = fc.nat({ max: 40 }).map((count) => ({ bays: [] as BayPlace[], count }))
const boards = fc.oneof(inBays, plain)
const rowHeights = fc.constantFrom(32, 40, 72)

function listOf({ bays, count }: { bays: BayPlace[]; count: number }, rowHeight: number): Item[] {
  const kinds: Item['kind'][] =
    bays.length === 0
      ? Array.from({ length: count }, () => 'row')
      : bays.flatMap((place) => [
          'bay' as const,
          ...Array.from({ length: place.count }, () => 'row' as const),
        ])
  let top = 0
  return kinds.map((kind) => {
    const height = kind === 'bay' ? headHeight : rowHeight
    const item = { kind, top, height }
    top += height
    return item
  })
}

test('every row and every head stands where the heights before it put it', () => {
  fc.assert(
    fc.property(boards, rowHeights, (board, rowHeight) => {
      const items = listOf(board, rowHeight)
      const rows = items.filter(({ kind }) => kind === 'row')
      const heads = items.filter(({ kind }) => kind === 'bay')
      expect(rows.map((_, index) => rowTop(board, index, rowHeight))).toEqual(rows.map(({ top }) => top))
      expect(heads.map((_, index) => bayTop(board, index, rowHeight))).toEqual(heads.map(({ top }) => top))
      expect(canvasHeight(board, rowHeight)).toBe(items.reduce((sum, { height }) => sum + height, 0))
      // The column heads are the first row of the grid.
      expect(rows.map((_, index) => ariaRowIndex(board, index))).toEqual(
        rows.map((row) => items.indexOf(row) + 2),
      )
    }),
  )
})

test('no row that touches the stretch is left out, and few that do not are taken along', () => {
  fc.assert(
    fc.property(
      boards,
      rowHeights,
      fc.integer({ min: -200, max: 4000 }),
      fc.integer({ min: 1, max: 900 }),
      (board, rowHeight, top, size) => {
        const rows = listOf(board, rowHeight).filter(({ kind }) => kind === 'row')
        const bottom = top + size
        const touching = rows.flatMap((row, index) =>
          row.top < bottom && row.top + row.height > top ? [index] : [],
        )
        const { from, to } = rowsBetween(board, top, bottom, rowHeight)
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThanOrEqual(board.count)
        expect(from).toBeLessThanOrEqual(to)
        for (const index of touching) {
          expect(index).toBeGreaterThanOrEqual(from)
          expect(index).toBeLessThan(to)
        }
        expect(to - from).toBeLessThanOrEqual(touching.length + 2)
      },
    ),
    { numRuns: 1000 },
  )
})
