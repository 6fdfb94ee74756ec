// Whatever happens on the floor, the row under the pointer stays where it is, and says what is true of its call.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import { rowTop } from '#src/features/live-grid/board-geometry.ts'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import { emptyView } from '#src/floor/desk.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { makeAttention, makeCall, makeFrame } from '#tests/support/factories.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

const rowHeight = 40
const ids = Array.from({ length: 9 }, (_, index) => `c${index}`)
const startedAt = (id: string): string =>
  new Date(Date.parse('2026-11-20T13:00:00.000Z') + Number(id.slice(1)) * 60_000).toISOString()
const callOf = (id: string, over: Partial<Call> = {}): Call =>
  makeCall({ id, started_at: startedAt(id), ...over })

function setUp() {
  const clock = createFakeClock()
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot: () => {} })
  store.start()
  const desk = createFloorDesk(store, clock)
  desk.start()
  store.inbox.onSnapshot(
    { stream: 'calls', part: 1, parts: 1, seq: 1, calls: ids.slice(0, 6).map((id) => callOf(id)) },
    clock.now(),
  )
  clock.paint()
  return { clock, store, desk }
}
type Rig = ReturnType<typeof setUp>

const anyId = fc.constantFrom(...ids)
const step = fc.oneof(
  fc.record({ kind: fc.constant('attend' as const), id: anyId, score: fc.nat({ max: 100 }) }),
  fc.record({ kind: fc.constantFrom('come' as const, 'end' as const, 'leave' as const), id: anyId }),
  fc.record({ kind: fc.constant('mood' as const), id: anyId, score: fc.constantFrom(0.1, 0.5, 0.9) }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(300, 1000, 2500, 7000) }),
  fc.record({ kind: fc.constant('point' as const), row: fc.nat({ max: 5 }) }),
  fc.record({ kind: fc.constant('away' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const levelOf = (score: number) => (score >= 70 ? 'act' : score >= 35 ? 'watch' : 'calm')

function happen({ store, clock }: Rig, it: Extract<Step, { id: string }>): void {
  const call_id = it.id
  const known = store.call(call_id)
  const frame =
    it.kind === 'attend'
      ? makeFrame('attention.changed', {
          call_id,
          attention: makeAttention({ score: it.score, level: levelOf(it.score) }),
        })
      : it.kind === 'mood'
        ? makeFrame('sentiment.changed', { call_id, sentiment: { score: it.score, label: 'neutral' } })
        : it.kind === 'come'
          ? makeFrame('call.started', { call: callOf(call_id) })
          : it.kind === 'end'
            ? makeFrame('call.ended', { call_id })
            : makeFrame('call.left', { call_id })
  if (known || it.kind === 'come') store.inbox.onFrames([frame])
  clock.paint()
}

const placeOf = ({ desk }: Rig, id: string): number => {
  const { board, window } = desk.getState()
  const index = window.ids.indexOf(id)
  return index < 0 ? -1 : rowTop(board, index + window.from, rowHeight)
}

test('no sequence of news and pointer moves the row under the pointer', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const rig = setUp()
      let under: { id: string; top: number } | null = null
      for (const it of steps) {
        if (it.kind === 'pass') rig.clock.tick(it.ms)
        else if (it.kind === 'away') {
          rig.desk.ask({ held: false })
          under = null
        } else if (it.kind === 'point') {
          rig.desk.ask({ held: true })
          const id = rig.desk.getState().window.ids[it.row]
          under = id === undefined ? null : { id, top: placeOf(rig, id) }
        } else happen(rig, it)
        if (under) {
          expect(placeOf(rig, under.id)).toBe(under.top)
          // Its values are those of now: a row that stands still is not a row that is old.
          expect(rig.desk.row(under.id)).toBe(rig.store.getState().calls.get(under.id))
        }
      }
      // Once the pointer has been away for a while all stand as on a board that was never held.
      rig.desk.ask({ held: false })
      rig.clock.tick(8000)
      const fresh = createFloorDesk(rig.store, rig.clock)
      fresh.start()()
      expect([...rig.desk.getState().window.ids].sort()).toEqual([...fresh.getState().window.ids].sort())
      expect(rig.desk.getState().board.waiting).toBe(0)
    }),
    { numRuns: 300 },
  )
})

test('rows stay for three seconds after the pointer has left, and not when it comes back meanwhile', () => {
  const rig = setUp()
  rig.desk.ask({ held: true })
  happen(rig, { kind: 'attend', id: 'c5', score: 90 })
  rig.clock.tick(5000)
  rig.desk.ask({ held: false })
  rig.clock.tick(2000)
  rig.desk.ask({ held: true })
  rig.clock.tick(10_000)
  expect(rig.desk.getState().window.ids[0]).toBe('c0')
  rig.desk.ask({ held: false })
  rig.clock.tick(2999)
  expect(rig.desk.getState().window.ids[0]).toBe('c0')
  rig.clock.tick(1)
  expect(rig.desk.getState().window.ids[0]).toBe('c5')
})

test('while rows stand still it is said how many want to move, and how many of them need somebody now', () => {
  const rig = setUp()
  rig.desk.ask({ held: true })
  happen(rig, { kind: 'attend', id: 'c5', score: 90 })
  happen(rig, { kind: 'attend', id: 'c4', score: 50 })
  rig.clock.tick(4000)
  expect(rig.desk.getState().board).toMatchObject({ waiting: 2, urgent: 1 })
  rig.desk.applyOrder()
  expect(rig.desk.getState().board).toMatchObject({ waiting: 0, urgent: 0 })
  expect(rig.desk.getState().window.ids.slice(0, 2)).toEqual(['c5', 'c4'])
})

test('what somebody watches stands first at once, in any order and under any filter, while the rest stays', () => {
  const rig = setUp()
  rig.desk.ask({ held: true })
  rig.desk.ask({ watchlist: ['c4', 'c2'] })
  expect(rig.desk.getState().window.ids).toEqual(['c2', 'c4', 'c0', 'c1', 'c3', 'c5'])
  expect(rig.desk.getState().board.bays.map(({ bay, count }) => `${bay} ${count}`)).toEqual([
    'mine 2',
    'act 0',
    'calm 4',
  ])
  const filter = { ...emptyView.filter, direction: 'outbound' as const }
  rig.desk.ask({ view: { ...emptyView, filter } })
  expect(rig.desk.getState().window.ids).toEqual(['c2', 'c4'])
  expect(rig.desk.getState().board).toMatchObject({ fitting: 0, hidden: 4 })
  rig.desk.ask({ view: { ...emptyView, sort: [{ id: 'started', desc: true }] } })
  expect(rig.desk.getState().window.ids).toEqual(['c4', 'c2', 'c5', 'c3', 'c1', 'c0'])
  expect(rig.desk.getState().board.bays.map(({ bay }) => bay)).toEqual(['mine', 'rest'])
  rig.desk.ask({ watchlist: [] })
  expect(rig.desk.getState().window.ids).toEqual(['c5', 'c4', 'c3', 'c2', 'c1', 'c0'])
  expect(rig.desk.getState().board.bays).toEqual([])
})

test('all rows can be listed in their order, and any calls by name as far as they are there', async () => {
  const rig = setUp()
  happen(rig, { kind: 'end', id: 'c1' })
  rig.desk.ask({ view: emptyView, watchlist: ['c3'] })
  const all = await rig.desk.list()
  expect(all.map(({ id }) => id)).toEqual(['c3', 'c0', 'c1', 'c2', 'c4', 'c5'])
  expect(all.find(({ id }) => id === 'c1')).toMatchObject({ isLive: false, fits: true, isServed: false })
  expect((await rig.desk.list(['c5', 'gone'])).map(({ id }) => id)).toEqual(['c5'])
})
