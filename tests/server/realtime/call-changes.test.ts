// P5 where a socket would hide it: whatever happens to calls, what is told of it since a position is enough; and who shares it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type RowEvent, applyToCall, withChange, withPresence } from '#contract/apply-event.ts'
import type { Call } from '#contract/call.ts'
import type { CallEventName, EventData } from '#contract/events.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import { changeSince } from '#server/realtime/call-changes.ts'
import { Projection } from '#server/realtime/projection.ts'
import { Snapshots } from '#server/realtime/snapshots.ts'
import {
  madeAt,
  makeAlert,
  makeCall,
  makeClaim,
  makeEscalation,
  makeIntervention,
  makeLine,
  makeNote,
  makeQaScore,
} from '#tests/support/factories.ts'

/** Events that are in no log, and the one that a subscriber gets in place of an entry. */
type Unlogged = 'attention.changed' | 'presence.changed' | 'call.left'
type Logged = Exclude<CallEventName, Unlogged>

/** One of each event of the log, of another content for each number: a new event of the contract cannot be forgotten here. */
const happenings: { [N in Logged]: (call_id: string, n: number) => EventData[N] } = {
  'call.started': (id, n) => ({ call: makeCall({ id, tags: [`s${n}`] }) }),
  'call.updated': (id, n) => ({ call: makeCall({ id, tags: [`u${n}`] }) }),
  'call.ended': (call_id) => ({ call_id, ended_at: madeAt }),
  'interaction.added': (call_id, n) => ({ call_id, interaction: makeLine({ id: n + 1, call_id }) }),
  'qa.score.updated': (call_id, n) => ({
    call_id,
    qa_score: makeQaScore({ call_id, overall_score: (n % 100) / 100 }),
  }),
  'sentiment.changed': (call_id, n) => ({
    call_id,
    sentiment: { score: (n % 100) / 100, label: n % 2 ? 'positive' : 'negative' },
  }),
  'escalation.triggered': (call_id) => ({ call_id, escalation: makeEscalation({ call_id }) }),
  'escalation.updated': (call_id) => ({
    call_id,
    escalation: makeEscalation({ call_id, status: 'in_progress' }),
  }),
  'escalation.completed': (call_id, n) => ({
    call_id,
    escalation: makeEscalation({ call_id, status: n % 2 ? 'completed' : 'cancelled' }),
  }),
  'intervention.updated': (call_id, n) => makeIntervention({ call_id, command_id: `m${n}` }),
  'note.added': (call_id, n) => ({ call_id, note: makeNote({ id: n, call_id }) }),
  'note.removed': (call_id, n) => ({ call_id, note_id: n, by: { id: 'u1', name: 'Mara' } }),
  'alert.updated': (call_id, n) => ({
    call_id,
    alert: makeAlert({ id: `a${n % 3}`, call_id, state: n % 2 ? 'active' : 'resolved' }),
  }),
  'claim.changed': (call_id, n) =>
    n % 2
      ? { call_id, change: 'taken', claim: makeClaim({ id: `u${n}` }) }
      : { call_id, change: 'released', claim: null },
}
const names = Object.keys(happenings) as Logged[]
const ids = ['c1', 'c2', 'c3']
const everybody = () => true
const watcher = { id: 'u1', name: 'Mara', initials: 'MA', role: 'manager' } as const

const historyArb = fc.array(
  fc.record({
    name: fc.constantFrom(...names),
    id: fc.constantFrom(...ids),
    seconds: fc.integer({ min: 0, max: 12 }),
  }),
  { minLength: 1, maxLength: 40, size: 'max' },
)

/** The history as entries of a log, each call begun before anything else of it. */
function entriesOf(history: readonly { name: Logged; id: string; seconds: number }[]): LogEntry[] {
  let clock = Date.parse(madeAt)
  const begun = ids.map((id) => ({ name: 'call.started' as const, id, seconds: 0 }))
  return [...begun, ...history].map(({ name, id, seconds }, index) => {
    clock += seconds * 1000
    return {
      seq: index + 1,
      callId: id,
      event: name,
      at: new Date(clock).toISOString(),
      data: JSON.stringify(happenings[name](id, index)),
      owners: [],
      ownersBefore: null,
      statusChanged: false,
    }
  })
}

function foldInto(held: Map<string, Call>, entry: LogEntry): void {
  const event = { event: entry.event, data: JSON.parse(entry.data), at: entry.at } as RowEvent
  const known = held.get(entry.callId)
  if (known) held.set(entry.callId, applyToCall(known, event))
  else if (event.event === 'call.started') held.set(entry.callId, event.data.call)
}

test('whatever was missed since whatever position, changes make of the calls that are held the calls as they are', () => {
  fc.assert(
    // Mostly little was missed: one thing may then be all that happened to a call.
    fc.property(historyArb, fc.oneof(fc.integer({ min: 0, max: 6 }), fc.nat(50)), (history, missed) => {
      const entries = entriesOf(history)
      const since = Math.max(0, entries.length - missed)
      const projection = new Projection()
      const held = new Map<string, Call>()
      for (const entry of entries) {
        projection.apply(entry)
        if (entry.seq <= since) foldInto(held, entry)
      }
      // Beside the log: who looks now, who looked before, and how much attention the calls need.
      projection.setPresence('c1', { watchers: [{ ...watcher, since: madeAt }], more: 0 })
      const left = held.get('c2')
      if (left) held.set('c2', withPresence(left, { watchers: [{ ...watcher, since: madeAt }], more: 0 }))
      projection.sweepAttention().next(Date.parse(madeAt) + 600_000, ids.length)
      for (const { call, changed } of projection.capture(everybody)) {
        // Over the wire nothing is left of what is undefined.
        const told = JSON.parse(
          JSON.stringify({ change: changeSince(call, changed, { since, heard: false }) }),
        )
        const known = held.get(call.id)
        expect(told.change && known ? withChange(known, told.change) : call).toEqual(call)
        if (!known) expect(told.change).toBeNull()
      }
    }),
    { numRuns: 500 },
  )
})

/** A history with looks at the attention in it, each so many seconds after what was before. */
const lookedAtArb = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ name: fc.constantFrom(...names), id: fc.constantFrom(...ids) }) },
    { weight: 1, arbitrary: fc.record({ lookAfter: fc.constantFrom(1, 30, 200) }) },
  ),
  { minLength: 1, maxLength: 40, size: 'max' },
)
/** A call that needs nobody, and one that was never looked at. */
const heardOf = ({ attention }: Call) => (attention?.score ? attention : undefined)

test('who has heard the attention up to a position is told what changed of it since, and lacks nothing', () => {
  let leftOut = 0
  fc.assert(
    fc.property(lookedAtArb, fc.nat(20), fc.boolean(), (steps, missed, hearsOn) => {
      const entries = entriesOf(steps.flatMap((step) => ('name' in step ? [{ ...step, seconds: 1 }] : [])))
      const since = Math.max(ids.length, entries.length - missed)
      const projection = new Projection()
      const held = new Map<string, Call>()
      let clock = Date.parse(madeAt)
      let position = 0
      const next = () => {
        const entry = entries[position++]
        if (!entry) return
        projection.apply(entry)
        if (entry.seq <= since) foldInto(held, entry)
      }
      for (const _ of ids) next()
      for (const step of steps) {
        if ('name' in step) {
          next()
          continue
        }
        clock += step.lookAfter * 1000
        for (const { callId, attention } of projection.sweepAttention().next(clock, ids.length)) {
          const known = held.get(callId)
          // What is told behind the last frame that was had may have been heard or not.
          const isHeard = position < since || (position === since && hearsOn)
          if (known && isHeard) held.set(callId, { ...known, attention })
        }
      }
      for (const { call, changed } of projection.capture(everybody)) {
        const change = JSON.parse(JSON.stringify(changeSince(call, changed, { since, heard: true })))
        const known = held.get(call.id)
        if (!change || !known) continue
        const merged = withChange(known, change, 'changed')
        expect({ ...merged, attention: heardOf(merged) }).toEqual({ ...call, attention: heardOf(call) })
        if (heardOf(call) && !change.attention) leftOut++
      }
    }),
    { numRuns: 500 },
  )
  expect(leftOut).toBeGreaterThan(0)
})

test('who stands at the same position or a later one shares a snapshot; of many positions the rest share the whole', () => {
  const projection = new Projection()
  for (const entry of entriesOf([])) projection.apply(entry)
  const snapshots = new Snapshots(projection, 2)
  const take = (since: number | null, heard = false) => {
    const wish = { scope: 'all' as const, since, heard }
    return snapshots.take(wish, snapshots.head(wish, 100, madeAt))
  }
  const at50 = take(50)
  expect([at50.head.since, at50.head.parts]).toEqual([50, 2])
  expect(take(50)).toBe(at50)
  expect(take(60)).toBe(at50)
  const [at40, at30] = [take(40), take(30)]
  expect([at40.head.since, at30.head.since]).toEqual([40, 30])
  expect(take(45)).toBe(at40)
  // Who has heard the attention is told less, and of that nothing may be missing for the others.
  expect(take(45, true)).not.toBe(at40)
  const rest = take(20)
  expect(rest.head.since).toBeNull()
  expect(take(null)).toBe(rest)
  expect(take(10)).toBe(rest)
  projection.set(makeCall({ id: 'c4' }), [], 101)
  expect(take(50)).not.toBe(at50)
})
