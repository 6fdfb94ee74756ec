// Where columns stand on a board of some width.
import { expect, test } from 'vitest'
import { columnLayout, fittingColumns, placeColumns } from '#src/features/live-grid/columns.ts'
import { columnIds } from '#src/floor/view.ts'

const plain = { columns: null, pinned: [] }

test('without a choice the columns that fit are shown, and they do fit', () => {
  for (let width = 560; width <= 2000; width += 1) {
    const { ids, minWidth, tracks } = placeColumns(plain, width)
    expect(ids).toEqual(fittingColumns(width))
    expect(minWidth).toBeLessThanOrEqual(width)
    expect(tracks.split(/ (?![^(]*\))/)).toHaveLength(ids.length + 1)
  }
})

test('a chosen order is the order on the board', () => {
  expect(placeColumns({ columns: ['qa', 'from'], pinned: [] }, 1280).ids).toEqual(['qa', 'from'])
})

test('columns kept at the left come first, each where the one before it ends', () => {
  const { ids, lefts } = placeColumns(
    { columns: ['status', 'last_line', 'from', 'qa'], pinned: ['from', 'last_line'] },
    1280,
  )
  expect(ids).toEqual(['from', 'last_line', 'status', 'qa'])
  expect([...lefts]).toEqual([
    ['from', 34],
    ['last_line', 34 + 176 + 10],
  ])
})

test('a column that is not shown is not kept at the left either', () => {
  expect(placeColumns({ columns: ['from'], pinned: ['qa'] }, 1280).lefts.size).toBe(0)
})

test('every column has a name, and a width that a row can count with', () => {
  for (const id of columnIds) {
    expect(columnLayout[id].name).not.toBe('')
    expect(columnLayout[id].track).toMatch(/^(\d+px|minmax\(\d+px, 1fr\))$/)
  }
})
