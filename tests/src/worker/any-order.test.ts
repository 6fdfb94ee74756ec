// Whatever happens in whatever order, the page ends with what a desk over the final floor shows.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import { firstWish, type DeskWish } from '#src/floor/desk.ts'
import { type ColumnId, emptyFilter } from '#src/floor/view.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { makeAttention, makeCall, makeFrame, makeLine } from '#tests/support/factories.ts'
import { type WorkerRig, createWorkerRig, started } from '#tests/src/worker/worker-rig.ts'

const ids = Array.from({ length: 6 }, (_, index) => `c${index}`)
const id = fc.constantFrom(...ids)
/** In the middle of their ten, where a score stands in one place wherever it came from. */
const score = fc.constantFrom(5, 25, 45, 65, 85)
const level = (points: number) => (points >= 70 ? 'act' : points >= 35 ? 'watch' : 'calm')

const fact = fc.oneof(
  fc.record({ kind: fc.constant('start' as const), id, minute: fc.integer({ min: 0, max: 59 }) }),
  fc.record({ kind: fc.constant('start' as const), id, minute: fc.constant(30) }),
  fc.record({ kind: fc.constant('end' as const), id }),
  fc.record({ kind: fc.constant('leave' as const), id }),
  fc.record({ kind: fc.constant('line' as const), id, text: fc.constantFrom('boiler', 'roof') }),
  fc.record({ kind: fc.constant('mood' as const), id, score: fc.constantFrom(0.1, 0.5, 0.9) }),
  fc.record({ kind: fc.constant('attention' as const), id, points: score }),
)
const sorts: ColumnId[] = ['from', 'started', 'sentiment', 'qa', 'last_line', 'status']
const wish = fc.oneof(
  fc.record({ held: fc.boolean() }),
  fc.record({ paused: fc.boolean() }),
  fc.record({ from: fc.integer({ min: 0, max: 30 }), to: fc.integer({ min: 0, max: 40 }) }),
  fc.record({ watch: fc.uniqueArray(id, { maxLength: 2 }) }),
  fc.record({
    view: fc.record({
      filter: fc.record({ text: fc.constantFrom('', 'boiler'), waiting: fc.constant(false) }),
      sort: fc.oneof(
        fc.constant([]),
        fc.record({ id: fc.constantFrom(...sorts), desc: fc.boolean() }).map((rule) => [rule]),
      ),
    }),
  }),
)
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('fact' as const), fact }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wish' as const), wish }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 400 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('busy' as const), busy: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('apply', 'cut', 'lose', 'repeat', 'resync', 'far', 'near', 'hide', 'show'),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
type Fact = typeof fact extends fc.Arbitrary<infer F> ? F : never

let lines = 0

function frameOf(rig: WorkerRig, it: Fact) {
  const call_id = it.id
  const isThere = rig.floor.truth.has(call_id)
  if (it.kind === 'start') {
    const started_at = `2026-11-20T13:${String(it.minute).padStart(2, '0')}:00.000Z`
    return isThere ? null : started(call_id, { started_at })
  }
  if (!isThere) return null
  const at = new Date(rig.clock.now()).toISOString()
  if (it.kind === 'leave') return makeFrame('call.left', { call_id })
  if (it.kind === 'end') return makeFrame('call.ended', { call_id, ended_at: at })
  if (it.kind === 'mood')
    return makeFrame('sentiment.changed', { call_id, sentiment: { score: it.score, label: 'neutral' } })
  if (it.kind === 'line') {
    lines += 1
    const interaction = makeLine({ id: lines, call_id, text: it.text, timestamp: at })
    return makeFrame('interaction.added', { call_id, interaction })
  }
  // Logged here, unlike in earnest, so that a resume brings it back.
  const attention = makeAttention({ score: it.points, level: level(it.points) })
  const call = rig.floor.truth.get(call_id) ?? makeCall({ id: call_id })
  return makeFrame('call.updated', { call: { ...call, attention } })
}

/** Wishes come as they are meant: parts of a filter stand for a whole one. */
function fullWish(part: typeof wish extends fc.Arbitrary<infer W> ? W : never): Partial<DeskWish> {
  if (!('view' in part)) return part
  return {
    view: {
      filter: { ...emptyFilter, ...part.view.filter },
      sort: part.view.sort,
      columns: null,
      pinned: [],
    },
  }
}

async function take(rig: WorkerRig, it: Step, asked: { wish: DeskWish }): Promise<void> {
  switch (it.kind) {
    case 'fact': {
      const frame = frameOf(rig, it.fact)
      if (frame) rig.happen(frame)
      break
    }
    case 'wish': {
      const part = fullWish(it.wish)
      asked.wish = { ...asked.wish, ...part }
      rig.live.desk.ask(part)
      break
    }
    case 'pass':
      await rig.pass(it.ms)
      break
    case 'busy':
      rig.holdPage(it.busy)
      break
    case 'apply':
      rig.live.desk.applyOrder()
      break
    case 'cut':
      if (!rig.wire.last().closed) rig.wire.last().end()
      break
    case 'lose':
      rig.floor.lose()
      break
    case 'repeat':
      rig.floor.repeat(3)
      break
    case 'resync':
      rig.live.resync()
      break
    case 'far':
    case 'near':
      rig.floor.refuseResumes(it.kind === 'far')
      break
    default:
      rig.clock.setHidden(it.kind === 'hide')
  }
}

/** The desk over the floor as it is at the end, without a worker and without a past. */
function deskOver(rig: WorkerRig, asked: DeskWish) {
  const store = createLiveStore({ clock: rig.clock, scheduler: rig.clock.scheduler, needSnapshot: () => {} })
  store.inbox.onSnapshot(
    { stream: 'calls', part: 1, parts: 1, seq: 1, calls: [...rig.floor.truth.values()] },
    rig.clock.now(),
  )
  rig.clock.paint()
  const desk = createFloorDesk(store, rig.clock)
  const stop = desk.start()
  desk.ask(asked)
  stop()
  return desk
}

test('whatever happens, is asked and is painted in whatever order, the page ends with the truth', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const rig = createWorkerRig()
      const asked = { wish: firstWish }
      rig.happen(...ids.slice(0, 4).map((one) => started(one)))
      await rig.pass(200)
      for (const it of steps) await take(rig, it, asked)
      // Everybody stops doing things, and the line has time to come back.
      rig.clock.setHidden(false)
      rig.holdPage(false)
      rig.live.desk.ask({ held: false, paused: false })
      await rig.pass(1000)
      rig.live.retryNow()
      await rig.pass(1000)
      rig.floor.heartbeat()
      await rig.pass(1000)
      rig.live.desk.applyOrder()
      await rig.pass(4000)

      const truth = deskOver(rig, { ...asked.wish, held: false, paused: false })
      // How many orders there have been is each desk's own affair.
      const stand = truth.getState().stand
      expect({ ...rig.live.desk.getState(), stand }).toEqual(truth.getState())
      const { ids: inWindow } = truth.getState().window
      for (const one of inWindow) expect(rig.live.desk.row(one)).toEqual(rig.floor.truth.get(one))
      const watched = asked.wish.watch.filter((one) => rig.floor.truth.has(one))
      expect([...rig.store.getState().calls.keys()].sort()).toEqual(
        [...new Set([...inWindow, ...watched])].sort(),
      )
      expect(rig.sentRows().size).toBe(rig.store.getState().calls.size)
    }),
    { numRuns: 150 },
  )
}, 60_000)
