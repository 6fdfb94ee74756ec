// A floor whose server sends no attention is scored by the console; one whose server does is left alone.
import { expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import { withOwnAttention } from '#src/floor/own-attention.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { makeAttention, makeCall, makeFrame } from '#tests/support/factories.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

function setUp(calls: (now: string) => readonly Call[]) {
  const clock = createFakeClock()
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot: () => {} })
  store.start()
  const source = withOwnAttention(store)
  const desk = createFloorDesk(source, clock)
  desk.start()
  const now = new Date(clock.now()).toISOString()
  store.inbox.onSnapshot({ stream: 'calls', part: 1, parts: 1, seq: 1, calls: [...calls(now)] }, clock.now())
  clock.paint()
  return { clock, store, source, desk }
}

const plain = (id: string, now: string, over: Partial<Call> = {}): Call =>
  makeCall({ id, status: 'in_progress', started_at: now, updated_at: now, ...over })

test('calls of a backend that knows only labels stand where they belong, and say why', () => {
  const { clock, desk, store } = setUp((now) => [
    plain('calm', now),
    plain('sad', now, { sentiment: 'negative' }),
    plain('waits', now, { escalation_status: 'pending' }),
  ])
  clock.tick(60_000)
  expect(desk.getState().window.ids).toEqual(['waits', 'sad', 'calm'])
  expect(desk.row('waits')?.attention?.reasons[0]?.text).toBe('Waiting for a person')
  expect(desk.getState().digest.acts.map(({ id }) => id)).toEqual(['waits'])
  // What came from the server stays as it came.
  expect(store.call('waits')?.attention).toBeUndefined()
})

test('a row that was scored keeps its identity until there is something new to say', () => {
  const { clock, desk } = setUp((now) => [plain('a', now)])
  const before = desk.row('a')
  expect(before?.attention).toMatchObject({ level: 'calm' })
  clock.tick(1000)
  expect(desk.row('a')).toBe(before)
  clock.tick(4000)
  expect(desk.row('a')).toBe(before)
})

test('once a call brings an attention of its own, all are shown as the server sends them', () => {
  const { clock, store, source, desk } = setUp((now) => [
    plain('a', now, { escalation_status: 'pending' }),
    plain('b', now),
  ])
  clock.tick(30_000)
  expect(desk.row('a')?.attention?.level).toBe('watch')
  store.inbox.onFrames([
    makeFrame('attention.changed', { call_id: 'b', attention: makeAttention({ score: 80, level: 'act' }) }),
  ])
  clock.paint()
  clock.tick(4000)
  expect(source.getState()).toBe(store.getState())
  expect(desk.row('a')?.attention).toBeUndefined()
  expect(desk.getState().window.ids).toEqual(['b', 'a'])
})

test('the scored floor is the same floor: as many calls, the same ids, whichever way it is read', () => {
  const { source, store } = setUp((now) => ['a', 'b', 'c'].map((id) => plain(id, now)))
  const { calls } = source.getState()
  const ids = ['a', 'b', 'c']
  expect(calls.size).toBe(3)
  expect([...calls.keys()]).toEqual(ids)
  expect([...calls].map(([id]) => id)).toEqual(ids)
  expect([...calls.values()].map(({ id }) => id)).toEqual(ids)
  const seen: string[] = []
  calls.forEach((call, id) => seen.push(`${id} ${call.id}`))
  expect(seen).toEqual(['a a', 'b b', 'c c'])
  expect([calls.has('a'), calls.has('x'), calls.get('x')]).toEqual([true, false, undefined])
  expect(new Map(calls).size).toBe(store.getState().calls.size)
})
