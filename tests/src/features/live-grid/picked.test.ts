// Picking rows: one by one, as a range, and all of a filter.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nothingPicked, pickAll, pickRange, togglePick } from '#src/features/live-grid/picked.ts'

const order = ['a', 'b', 'c', 'd', 'e']
const picked = (ids: string[], anchor: string | null) => ({ ids: new Set(ids), anchor })

test('a call is picked, and let go by picking it again', () => {
  const one = togglePick(nothingPicked, 'b')
  expect(one).toEqual(picked(['b'], 'b'))
  expect(togglePick(one, 'b')).toEqual(picked([], 'b'))
})

test.each([
  ['downwards', 'b', 'd', ['b', 'c', 'd']],
  ['upwards', 'd', 'b', ['b', 'c', 'd']],
  ['to itself', 'c', 'c', ['c']],
])('a range goes %s from the row that was picked last', (_, from, to, expected) => {
  const range = pickRange(togglePick(nothingPicked, from), to, order)
  expect([...range.ids].sort((a, b) => a.localeCompare(b))).toEqual(expected)
  expect(range.anchor).toBe(from)
})

test('a range keeps what was picked before it', () => {
  expect(pickRange(picked(['a', 'd'], 'd'), 'e', order).ids).toEqual(new Set(['a', 'd', 'e']))
})

test.each([null, 'left long ago'])('without a row to begin from (%s) a range is one row', (anchor) => {
  expect(pickRange(picked(['a'], anchor), 'd', order)).toEqual(picked(['a', 'd'], 'd'))
})

test('all of a filter replaces what was picked', () => {
  expect(pickAll(['b', 'c'])).toEqual(picked(['b', 'c'], 'c'))
  expect(pickAll([])).toEqual(nothingPicked)
})

test('a range picks the same calls from whichever end it is drawn', () => {
  fc.assert(
    fc.property(fc.constantFrom(...order), fc.constantFrom(...order), (from, to) => {
      const down = pickRange(togglePick(nothingPicked, from), to, order)
      const up = pickRange(togglePick(nothingPicked, to), from, order)
      expect(down.ids).toEqual(up.ids)
    }),
  )
})
