import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countMoves, holdOrder, mergeOrder } from '#src/floor/held-order.ts'

test('while nobody reads, the asked order is shown', () => {
  expect(holdOrder(['a', 'b'], ['b', 'a'], false)).toEqual({ shown: ['b', 'a'], waiting: 0 })
})

test('an equal order keeps its identity, so that nothing is drawn anew', () => {
  const shown = ['a', 'b']
  expect(holdOrder(shown, ['a', 'b'], false).shown).toBe(shown)
})

test('a row that wants to move stays where it is and is counted', () => {
  expect(holdOrder(['a', 'b', 'c'], ['c', 'a', 'b'], true)).toEqual({ shown: ['a', 'b', 'c'], waiting: 1 })
})

test('a row that left keeps its place while somebody reads, and a new one goes to the end', () => {
  expect(holdOrder(['a', 'b'], ['n', 'b'], true).shown).toEqual(['a', 'b', 'n'])
})

test('between two sorts a new call enters beside the neighbour it is asked for', () => {
  expect(mergeOrder(['b', 'a', 'c'], ['a', 'n', 'b'])).toEqual(['b', 'a', 'n'])
  expect(mergeOrder(['b', 'a'], ['n', 'a', 'b'])).toEqual(['n', 'b', 'a'])
})

const ids = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f', 'g'))

test('holding never moves a row that was shown', () => {
  fc.assert(
    fc.property(ids, ids, (shown, asked) => {
      expect(holdOrder(shown, asked, true).shown.slice(0, shown.length)).toEqual(
        shown.length === 0 ? [] : shown,
      )
    }),
  )
})

test('merging shows exactly the asked calls and keeps the order of those that stay', () => {
  fc.assert(
    fc.property(ids, ids, (shown, asked) => {
      const merged = mergeOrder(shown, asked)
      expect([...merged].sort()).toEqual([...asked].sort())
      expect(merged.filter((id) => shown.includes(id))).toEqual(shown.filter((id) => asked.includes(id)))
    }),
  )
})

test('nothing wants to move exactly when the orders are equal', () => {
  fc.assert(
    fc.property(ids, ids, (shown, asked) => {
      const next = holdOrder(shown, asked, true).shown
      expect(countMoves(next, asked) === 0).toBe(next.join() === asked.join())
    }),
  )
})
