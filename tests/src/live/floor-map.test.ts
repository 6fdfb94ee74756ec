import { expect, test } from 'vitest'
import { FloorMap } from '#src/live/floor-map.ts'
import { makeCall } from '#tests/support/factories.ts'

test('a face that is written to is another one with the same calls, and tells when a call came or left', () => {
  const first = new FloorMap().replaced(new Map([['a', makeCall({ id: 'a' })]]))
  const second = first.next()
  expect(second).not.toBe(first)
  second.set('a', makeCall({ id: 'a', tags: ['vip'] }))
  expect(second.members).toBe(first.members)
  second.set('b', makeCall({ id: 'b' }))
  expect(second.members).not.toBe(first.members)
  const third = second.next()
  expect(third.delete('a')).toBe(true)
  expect(third.delete('a')).toBe(false)
  expect(third.members).not.toBe(second.members)
  expect([...third.keys()]).toEqual(['b'])
  expect([...third].map(([id]) => id)).toEqual([...third.values()].map(({ id }) => id))
  expect([third.size, third.has('b'), third.get('b')?.id]).toEqual([1, true, 'b'])
})

test('another floor in its place leaves the former one to those who hold it', () => {
  const before = new FloorMap(new Map([['a', makeCall({ id: 'a' })]]))
  const after = before.replaced(new Map())
  expect([before.size, after.size]).toEqual([1, 0])
  expect(after.members).not.toBe(before.members)
})
