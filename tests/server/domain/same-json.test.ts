import { expect, test } from 'vitest'
import { isSameJson } from '#server/domain/same-json.ts'

const values: unknown[] = [
  null,
  0,
  '',
  'a',
  true,
  [],
  [1],
  [1, null],
  [[1], 2],
  {},
  { a: 1 },
  { a: 1, b: [1, { c: null }] },
  { a: 1, b: [1, { c: 2 }] },
  { b: 1 },
  { a: [] },
  { a: {} },
]

test('values are the same when they are written the same, and only then', () => {
  for (const [index, one] of values.entries())
    for (const [place, other] of values.entries())
      expect(isSameJson(one, structuredClone(other)), JSON.stringify([one, other])).toBe(index === place)
})

test('a member that is undefined is no member', () => {
  expect(isSameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true)
  expect(isSameJson({ a: 1 }, { a: 1, b: undefined })).toBe(true)
  expect(isSameJson({ a: undefined }, { a: null })).toBe(false)
})
