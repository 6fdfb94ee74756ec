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

/** Px of a length of CSS in a row of this width. */
const px = (length: string, width: number): number => {
  const parts = /^(?:calc\(100% - (\d+)px\)|(\d+)px)$/.exec(length)
  return parts?.[1] === undefined ? Number(parts?.[2]) : width - Number(parts[1])
}

/** Left and width of each cell, px, as the tracks of a grid of this width would have them. */
function byTracks(tracks: string, width: number): { left: number; width: number }[] {
  const [gap, end] = width < 820 ? [8, 10] : [10, 14]
  const sizes = tracks.split(/ (?![^(]*\))/)
  const fixed = sizes.reduce((sum, size) => sum + (size.endsWith('px') ? Number.parseInt(size, 10) : 0), 0)
  let left = 0
  return sizes.map((size) => {
    const wide = size.endsWith('px')
      ? Number.parseInt(size, 10)
      : width - end - fixed - gap * (sizes.length - 1)
    const place = { left, width: wide }
    left += wide + gap
    return place
  })
}

test.each([
  ['as they fit', null, []],
  ['the growing one last', ['qa', 'from', 'last_line'], []],
  ['the growing one first', ['last_line', 'duration'], []],
  ['none that grows', ['status', 'from', 'duration'], []],
] as const)('cells stand under their heads: %s', (_name, columns, pinned) => {
  for (const width of [600, 740, 819, 820, 1000, 1023, 1024, 1280, 1920]) {
    const { places, tracks } = placeColumns({ columns: columns && [...columns], pinned: [...pinned] }, width)
    expect(
      [...places.values()].map((at) => ({ left: px(at.left, width), width: px(at.width, width) })),
    ).toEqual(byTracks(tracks, width))
  }
})

test('a cell that stays at the left begins where it stays, and covers the gap behind it', () => {
  const { ids, lefts, places } = placeColumns(
    { columns: ['status', 'last_line', 'from'], pinned: ['from'] },
    1280,
  )
  expect(places.get('pick')).toEqual({ left: '0px', width: '34px' })
  expect(places.get('from')).toEqual({ left: `${lefts.get('from')}px`, width: '186px' })
  expect([...places.keys()]).toEqual(['pick', ...ids])
})

test('a phone places its cells by itself', () => {
  expect(placeColumns(plain, 390).places.size).toBe(0)
})
