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
  const same: unknown[] = []
  for (const one of values)
    for (const other of values) if (isSameJson(one, structuredClone(other))) same.push([one, other])
  expect(same).toEqual(values.map((value) => [value, value]))
})

test('a member that is undefined is no member', () => {
  expect(isSameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true)
  expect(isSameJson({ a: 1 }, { a: 1, b: undefined })).toBe(true)
  expect(isSameJson({ a: undefined }, { a: null })).toBe(false)
})
