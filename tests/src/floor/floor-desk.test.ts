// The board over a floor at hand: what is shown at once, what waits for a beat, and what stands still.
import { expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import { emptyView } from '#src/floor/desk.ts'
import { emptyFilter } from '#src/floor/view.ts'
import { makeAttention, makeFrame } from '#tests/support/factories.ts'
import { act, call, minute, setUpDesk } from '#tests/src/floor/desk-rig.ts'

test('before the first snapshot there is nothing, and nothing is claimed', () => {
  const { board, ids } = setUpDesk({ loaded: false })
  expect(board()).toMatchObject({ count: 0, total: 0, bays: [] })
  expect(ids()).toEqual([])
})

test('a floor that has just come is shown at once, and nothing of it is news', () => {
  const { snapshot, ids, desk } = setUpDesk({ loaded: false })
  snapshot([call('a'), call('b')])
  expect(ids()).toEqual(['a', 'b'])
  expect(desk.getState().window.fresh).toEqual([])
})

test('a call that comes is shown at once after a quiet moment, and is fresh for a while', () => {
  const { clock, come, ids, desk } = setUpDesk({ calls: [call('a')] })
  clock.tick(1000)
  come(call('b'))
  expect(ids()).toEqual(['a', 'b'])
  expect(desk.getState().window.fresh).toEqual(['b'])
  clock.tick(4000)
  expect(desk.getState().window.fresh).toEqual([])
})

test('calls that come all the time are shown a few times a second', () => {
  const rig = setUpDesk({ calls: [call('a')] })
  rig.clock.tick(1000)
  const shown = new Set<number>()
  for (let index = 0; index < 100; index += 1) {
    rig.come(call(`n${index}`))
    shown.add(rig.board().count)
    rig.clock.tick(10)
  }
  expect(shown.size).toBeGreaterThanOrEqual(3)
  expect(shown.size).toBeLessThanOrEqual(6)
  rig.clock.tick(300)
  expect(rig.board().count).toBe(101)
})

test('a call that leaves is gone from the board soon', () => {
  const rig = setUpDesk({ calls: [call('a'), call('b')] })
  rig.happen(makeFrame('call.left', { call_id: 'a' }))
  rig.clock.tick(300)
  expect(rig.ids()).toEqual(['b'])
  expect(rig.desk.row('a')).toBeUndefined()
})

test('rows change places every two seconds, not with every value', () => {
  const rig = setUpDesk({ calls: [call('a'), call('b', { started_at: minute(1) })] })
  rig.clock.tick(2000)
  rig.attend('b')
  rig.clock.tick(1900)
  expect(rig.ids()).toEqual(['a', 'b'])
  expect(rig.desk.row('b')?.attention?.level).toBe('act')
  rig.clock.tick(100)
  expect(rig.ids()).toEqual(['b', 'a'])
})

test('bays say where they begin, how many stand in them and since when the first in Act now is on the line', () => {
  const watch = makeAttention({ score: 50, level: 'watch' })
  const rig = setUpDesk({
    calls: [
      call('c'),
      call('w', { attention: watch }),
      call('a2', { attention: act, started_at: minute(9) }),
      call('a1', { attention: act, started_at: minute(5) }),
    ],
  })
  expect(rig.board()).toMatchObject({
    byBay: true,
    count: 4,
    bays: [
      { bay: 'act', first: 0, count: 2, oldest: Date.parse(minute(5)) },
      { bay: 'watch', first: 2, count: 1, oldest: null },
      { bay: 'calm', first: 3, count: 1, oldest: null },
    ],
  })
  expect(rig.ids()).toEqual(['a1', 'a2', 'w', 'c'])
})

test('Act now is there with nobody in it; other empty bays are not; an empty floor has none', () => {
  const rig = setUpDesk({ calls: [call('c')] })
  expect(rig.board().bays).toEqual([
    { bay: 'act', first: 0, count: 0, oldest: null },
    { bay: 'calm', first: 0, count: 1, oldest: null },
  ])
  expect(setUpDesk({ calls: [] }).board().bays).toEqual([])
})

test('sorted by a column there are no bays', () => {
  const rig = setUpDesk({ calls: [call('a', { qa_score: 0.9 }), call('b', { qa_score: 0.1 })] })
  rig.desk.ask({ view: { ...emptyView, sort: [{ id: 'qa', desc: false }] } })
  expect(rig.board()).toMatchObject({ byBay: false, bays: [], count: 2 })
  expect(rig.ids()).toEqual(['b', 'a'])
})

test('a filter shows at once what matches, and counts what it hides and what has ended', () => {
  const rig = setUpDesk({
    calls: [
      call('in'),
      call('out', { direction: 'outbound' }),
      call('over', { direction: 'outbound', status: 'completed', ended_at: '2026-11-20T13:59:59.000Z' }),
    ],
  })
  rig.desk.ask({ view: { ...emptyView, filter: { ...emptyFilter, direction: 'outbound' } } })
  expect(rig.ids()).toEqual(['out', 'over'])
  expect(rig.board()).toMatchObject({ count: 2, hidden: 1, total: 3, ended: 1 })
})

test('held rows keep their places and what waits is counted; they move when asked to, or when let go', () => {
  const rig = setUpDesk({ calls: [call('a'), call('b', { started_at: minute(1) })] })
  rig.desk.ask({ held: true })
  rig.attend('b')
  rig.come(call('n', { started_at: minute(2) }))
  rig.clock.tick(6000)
  expect(rig.ids()).toEqual(['a', 'b', 'n'])
  expect(rig.board().waiting).toBeGreaterThan(0)
  expect(rig.board().bays.at(-1)).toMatchObject({ bay: 'new', first: 2, count: 1 })
  rig.desk.applyOrder()
  expect(rig.ids()).toEqual(['b', 'a', 'n'])
  expect(rig.board().waiting).toBe(0)
  rig.attend('n', makeAttention({ score: 95, level: 'act' }))
  rig.clock.tick(4000)
  expect(rig.ids()).toEqual(['b', 'a', 'n'])
  rig.desk.ask({ held: false })
  rig.clock.tick(2900)
  expect(rig.ids()).toEqual(['b', 'a', 'n'])
  rig.clock.tick(100)
  expect(rig.ids()).toEqual(['n', 'b', 'a'])
})

test('paused rows keep their values too, while the figures go on', () => {
  const rig = setUpDesk({ calls: [call('a'), call('b')] })
  const at = rig.clock.now()
  rig.desk.ask({ paused: true })
  expect(rig.desk.getState().frozenAt).toBe(at)
  rig.attend('b')
  rig.happen(makeFrame('call.left', { call_id: 'a' }))
  rig.clock.tick(5000)
  expect(rig.ids()).toEqual(['a', 'b'])
  expect(rig.desk.row('a')?.id).toBe('a')
  expect(rig.desk.row('b')?.attention).toBeUndefined()
  expect(rig.desk.getState().digest).toMatchObject({ sums: { live: 1, act: 1 }, acts: [{ id: 'b' }] })
  rig.desk.ask({ paused: false })
  expect(rig.desk.getState().frozenAt).toBeNull()
  expect(rig.desk.row('b')?.attention?.level).toBe('act')
  expect(rig.desk.row('a')).toBeUndefined()
})

test('a pointer that rests on the board all day gathers no rows of calls that have left', () => {
  const many = (from: number, count: number): Call[] =>
    Array.from({ length: count }, (_, index) => call(`n${String(from + index).padStart(5, '0')}`))
  const rig = setUpDesk({ calls: many(0, 300) })
  rig.desk.ask({ held: true, from: 0, to: 20 })
  const inSight = rig.ids().slice(0, 20)
  for (let hour = 1; hour <= 20; hour += 1) {
    rig.come(...many(hour * 300, 300))
    rig.happen(...many((hour - 1) * 300, 300).map(({ id }) => makeFrame('call.left', { call_id: id })))
    rig.clock.tick(3000)
  }
  expect(rig.ids().slice(0, 20)).toEqual(inSight)
  expect(rig.board().total).toBe(300)
  // Those in sight and around them, which stay where they are, and the calls there are.
  expect(rig.board().count).toBe(120 + 300)
  expect(rig.board().waiting).toBe(420)
  rig.desk.applyOrder()
  expect(rig.board()).toMatchObject({ count: 300, waiting: 0 })
})

test('the window holds what is asked for and some around it; places of watched calls come with it', () => {
  const calls = Array.from({ length: 500 }, (_, index) =>
    call(`c${String(index).padStart(3, '0')}`, { started_at: minute(0) }),
  )
  const rig = setUpDesk({ calls })
  rig.desk.ask({ from: 300, to: 310, watch: ['c007', 'nobody'] })
  const { window } = rig.desk.getState()
  expect([window.from, window.ids.length, window.ids[0], window.ids.at(-1)]).toEqual([
    200,
    210,
    'c200',
    'c409',
  ])
  expect(window).toMatchObject({ firstId: 'c000', places: { c007: 7 } })
})

test('who looks is woken only when something changed, and parts that did not change keep their identity', () => {
  const rig = setUpDesk({ calls: [call('a')] })
  rig.clock.tick(4000)
  const before = rig.desk.getState()
  rig.woken.mockClear()
  rig.happen(makeFrame('call.updated', { call: call('a', { tags: ['x'] }) }))
  rig.clock.tick(6000)
  expect(rig.woken).not.toHaveBeenCalled()
  expect(rig.desk.getState()).toBe(before)
  rig.happen(makeFrame('sentiment.changed', { call_id: 'a', sentiment: { score: 0.2, label: 'negative' } }))
  rig.clock.tick(2000)
  const after = rig.desk.getState()
  expect(rig.woken).toHaveBeenCalled()
  expect([after.board, after.window, after.digest.businesses]).toEqual([
    before.board,
    before.window,
    before.digest.businesses,
  ])
  expect(after.board).toBe(before.board)
  expect(after.window).toBe(before.window)
  expect(after.digest).not.toBe(before.digest)
  expect(after.digest.levels).toBe(before.digest.levels)
})

test('a stopped desk waits for nothing any more', () => {
  const rig = setUpDesk({ calls: [call('a')] })
  const before = rig.clock.pending()
  rig.come(call('b'))
  rig.stop()
  expect(rig.clock.pending()).toBeLessThan(before)
  const state = rig.desk.getState()
  rig.come(call('c'))
  rig.clock.tick(5000)
  expect(rig.desk.getState()).toBe(state)
})
