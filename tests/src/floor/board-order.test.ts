// The order on screen from beat to beat: what moves when, and where a newcomer stands meanwhile.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import { type Order, type OrderedRow, bayOrder, groupByBay, nextOrder } from '#src/floor/board-order.ts'
import { emptyView } from '#src/floor/desk.ts'
import { makeAttention, makeCall } from '#tests/support/factories.ts'

const act = (id: string): Call => makeCall({ id, attention: makeAttention({ score: 80, level: 'act' }) })
const watch = (id: string): Call => makeCall({ id, attention: makeAttention({ score: 50, level: 'watch' }) })
const calm = (id: string): Call => makeCall({ id })

interface Row extends OrderedRow {
  id: string
}

/** An order and what follows from it. */
function begin(...asked: Call[]) {
  let order: Order<Row> | null = null
  const rows = new Map<string, Row>()
  const rowOf = ({ id, attention }: Call): Row => {
    const row = rows.get(id) ?? { id, stands: null, asked: -1, wants: 'calm' }
    rows.set(id, row)
    row.wants = attention?.level ?? 'calm'
    return row
  }
  const idsOf = (some: readonly Row[]) => some.map(({ id }) => id)
  const go = (
    calls: readonly Call[],
    over: { beat?: number; held?: boolean; applied?: number; view?: typeof emptyView },
  ) => {
    const next = nextOrder(order, {
      view: emptyView,
      asked: calls.map(rowOf),
      beat: 1,
      applied: 0,
      held: false,
      ...over,
    })
    order = next.order
    const bays = new Map([...rows.values()].flatMap(({ id, stands }) => (stands ? [[id, stands]] : [])))
    return { ids: idsOf(groupByBay(order.rows)), plain: idsOf(order.rows), bays, waiting: next.waiting }
  }
  go(asked, {})
  return go
}

test('within a beat nobody moves; on the next one all stand as they should', () => {
  const go = begin(calm('a'), calm('b'))
  expect(go([act('b'), calm('a')], { beat: 1 }).ids).toEqual(['a', 'b'])
  const moved = go([act('b'), calm('a')], { beat: 2 })
  expect(moved.ids).toEqual(['b', 'a'])
  expect(moved.bays.get('b')).toBe('act')
})

test('a clock that was set back does not stop the sorting', () => {
  const go = begin(calm('a'), calm('b'))
  go([calm('a'), calm('b')], { beat: 1000 })
  expect(go([act('b'), calm('a')], { beat: 500 }).ids).toEqual(['b', 'a'])
})

test('between two beats a call that came stands in its bay at once, and one that left is gone', () => {
  const go = begin(watch('w'), calm('a'), calm('b'))
  const next = go([act('n'), watch('w'), calm('b')], {})
  expect(next.ids).toEqual(['n', 'w', 'b'])
  expect(next.bays.get('n')).toBe('act')
})

test('while held a call that came stands apart at the end, and one that left keeps its place', () => {
  const go = begin(watch('w'), calm('a'), calm('b'))
  const next = go([act('n'), watch('w'), calm('b')], { beat: 9, held: true })
  expect(next.ids).toEqual(['w', 'a', 'b', 'n'])
  expect(next.bays.get('n')).toBe('new')
  expect(next.waiting).toBe(2)
})

test('while held a call that only wants another bay waits too, although no neighbour would move', () => {
  const go = begin(watch('w'), calm('a'))
  const next = go([watch('w'), watch('a')], { held: true })
  expect(next.ids).toEqual(['w', 'a'])
  expect(next.bays.get('a')).toBe('calm')
  expect(next.waiting).toBe(1)
})

test('rows move when somebody asks for it, held or not', () => {
  const go = begin(calm('a'), calm('b'))
  const next = go([act('b'), calm('a')], { held: true, applied: 1 })
  expect(next).toMatchObject({ ids: ['b', 'a'], waiting: 0 })
})

test('another view is another order, at once', () => {
  const go = begin(calm('a'), calm('b'))
  const view = { ...emptyView, sort: [{ id: 'qa' as const, desc: false }] }
  expect(go([calm('b'), calm('a')], { held: true, view }).plain).toEqual(['b', 'a'])
})

test('on a board that was empty the first calls need no beat', () => {
  const go = begin()
  expect(go([act('b'), calm('a')], { held: true }).ids).toEqual(['b', 'a'])
})

const level = fc.constantFrom(act, watch, calm)
const asked = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), level), {
  selector: ([id]) => id,
})
const turn = fc.record({
  asked,
  held: fc.boolean(),
  beat: fc.integer({ min: 0, max: 1 }),
  applied: fc.integer({ min: 0, max: 1 }),
})

test('every asked call stands on the board once and in one bay, whatever happened; held rows never move', () => {
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 12 }), (turns) => {
      const go = begin()
      let [beat, applied] = [1, 0]
      let before: readonly string[] = []
      for (const one of turns) {
        beat += one.beat
        applied += one.applied
        const calls = one.asked.map(([id, make]) => make(id))
        const { ids, bays, waiting } = go(calls, { beat, applied, held: one.held })
        expect(new Set(ids).size).toBe(ids.length)
        expect([...bays.keys()].sort()).toEqual([...ids].sort())
        const places = ids.map((id) => bayOrder.indexOf(bays.get(id) ?? 'calm'))
        expect(places).toEqual([...places].sort((a, b) => a - b))
        for (const call of calls) expect(ids).toContain(call.id)
        if (one.held && !one.applied && before.length > 0) expect(ids.slice(0, before.length)).toEqual(before)
        if (!one.held) expect([ids.length, waiting]).toEqual([calls.length, 0])
        before = ids
      }
    }),
  )
})
