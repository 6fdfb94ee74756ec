import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countMoves, holdOrder, mergeOrder } from '#src/floor/held-order.ts'

interface Row {
  id: string
  stands: boolean | null
  asked: number
}

/** The rows of two orders, each row the same object in both. */
function rowsOf(shown: readonly string[], asked: readonly string[]): [Row[], Row[]] {
  const rows = new Map(
    [...shown, ...asked].map((id) => [
      id,
      { id, stands: shown.includes(id) || null, asked: asked.indexOf(id) },
    ]),
  )
  const of = (ids: readonly string[]) => ids.flatMap((id) => rows.get(id) ?? [])
  return [of(shown), of(asked)]
}
const idsOf = (rows: readonly Row[]) => rows.map(({ id }) => id)

function hold(shown: readonly string[], asked: readonly string[]) {
  const held = holdOrder(...rowsOf(shown, asked))
  return { shown: idsOf(held.shown), waiting: held.waiting }
}
const merge = (shown: readonly string[], asked: readonly string[]) =>
  idsOf(mergeOrder(...rowsOf(shown, asked)))

test('a row that wants to move stays where it is and is counted', () => {
  expect(hold(['a', 'b', 'c'], ['c', 'a', 'b'])).toEqual({ shown: ['a', 'b', 'c'], waiting: 1 })
})

test('a row that left keeps its place while somebody reads, and a new one goes to the end', () => {
  expect(hold(['a', 'b'], ['n', 'b']).shown).toEqual(['a', 'b', 'n'])
})

test('between two sorts a new call enters beside the neighbour it is asked for', () => {
  expect(merge(['b', 'a', 'c'], ['a', 'n', 'b'])).toEqual(['b', 'a', 'n'])
  expect(merge(['b', 'a'], ['n', 'a', 'b'])).toEqual(['n', 'b', 'a'])
})

const ids = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f', 'g'))

test('holding never moves a row that was shown', () => {
  fc.assert(
    fc.property(ids, ids, (shown, asked) => {
      expect(hold(shown, asked).shown.slice(0, shown.length)).toEqual(shown.length === 0 ? [] : shown)
    }),
  )
})

test('merging shows exactly the asked calls and keeps the order of those that stay', () => {
  fc.assert(
    fc.property(ids, ids, (shown, asked) => {
      const merged = merge(shown, asked)
      expect([...merged].sort()).toEqual([...asked].sort())
      expect(merged.filter((id) => shown.includes(id))).toEqual(shown.filter((id) => asked.includes(id)))
    }),
  )
})

test('nothing wants to move exactly when the orders are equal', () => {
  fc.assert(
    fc.property(ids, ids, (shown, asked) => {
      const next = hold(shown, asked).shown
      expect(countMoves(rowsOf(next, asked)[0]) === 0).toBe(next.join() === asked.join())
    }),
  )
})
