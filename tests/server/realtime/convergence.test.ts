// P1–P13 together: whatever happens to the calls and to the line, a client that keeps the rules ends where the server is.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import type { CallState } from '#server/domain/call-state.ts'
import type { Fact } from '#server/domain/fact.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { doors } from '#tests/support/protocol-client.ts'
import { ReferenceReader } from '#tests/server/realtime/reference-reader.ts'
import { fresh, isHeartbeat, noteWritten, snapshotOf, useRules } from '#tests/server/realtime/rule-rig.ts'

// Newcomers stay on their own for a while, and so little may wait for them that merging and resets are frequent.
const rules = useRules({
  realtime: {
    pumpMs: 200,
    mergeAbove: 4,
    resetAbove: 40,
    resumeEntries: 60,
    snapshotPartCalls: 2,
    lastLinePerCallMs: 60,
    batchFrames: 7,
    heartbeatMs: 20,
    attentionSweepMs: 20,
  },
})

/** More at once than may wait for a newcomer. */
const flood = 45

type Step =
  | { kind: 'facts'; call: number; what: (typeof happenings)[number]; times: number; value: number }
  | { kind: 'cut'; unread: boolean }
  | { kind: 'ask'; stream: 0 | 1 }
  | { kind: 'pause' | 'resume' | 'breathe' }

const happenings = [
  'line',
  'late-talk',
  'mood',
  'qa',
  'ask-human',
  'accept',
  'complete',
  'tags',
  'assign',
  'pause-ai',
  'note',
  'end',
] as const

const stepArb: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('facts' as const),
      call: fc.integer({ min: 0, max: 3 }),
      what: fc.constantFrom(...happenings),
      times: fc.constantFrom(1, 1, 2, 5, 30, flood),
      value: fc.integer({ min: 0, max: 100 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut' as const), unread: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      stream: fc.constantFrom(0 as const, 1 as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const, 'breathe' as const) }),
  },
)

// Whatever chance brings, a newcomer is flooded: first while it is answered, then while it stands on its own.
const flooded: Step[] = [
  { kind: 'cut', unread: false },
  ...Array.from(
    { length: 5 },
    (): Step => ({ kind: 'facts', call: 0, what: 'note', times: flood, value: 0 }),
  ),
]

// One request for a stream right after another, while the first is still being answered from the log.
const askedTwice: Step[] = [
  { kind: 'facts', call: 0, what: 'note', times: 30, value: 0 },
  { kind: 'cut', unread: true },
  { kind: 'ask', stream: 0 },
  { kind: 'ask', stream: 0 },
  { kind: 'facts', call: 0, what: 'qa', times: 5, value: 0 },
  { kind: 'ask', stream: 0 },
]

function factsOf(step: Extract<Step, { kind: 'facts' }>, id: string): Fact[] {
  const one = (turn: number): Fact => {
    const score = ((step.value + turn * 37) % 101) / 100
    switch (step.what) {
      case 'line':
        return lineSaid(id, fresh('line'), { speaker: 'system' })
      case 'late-talk':
        return lineSaid(id, fresh('line'), { text: turn % 2 ? 'This is awful.' : 'Thank you, lovely.' })
      case 'mood':
        return { event: 'sentiment.changed', data: { call_id: id, sentiment: { score, label: 'neutral' } } }
      case 'qa':
        return { event: 'qa.score.updated', data: { call_id: id, qa_score: { overall_score: score } } }
      case 'ask-human':
        return { event: 'escalation.triggered', data: { call_id: id, escalation: {} } }
      case 'accept':
        return { event: 'escalation.updated', data: { call_id: id, escalation: { status: 'in_progress' } } }
      case 'complete':
        return { event: 'escalation.completed', data: { call_id: id } }
      case 'tags':
        return { event: 'call.updated', data: { call: { id, tags: [`t${step.value + turn}`] } } }
      case 'assign':
        return { event: 'call.updated', data: { call: { id, assigned_agent_id: 'agent-priya' } } }
      case 'pause-ai':
        return { event: 'call.updated', data: { call: { id, ai_paused: turn % 2 === 0 } } }
      case 'note':
        return noteWritten(id)
      case 'end':
        return callEnded(id)
    }
  }
  return Array.from({ length: step.times }, (_, turn) => one(turn))
}

/** What a row shows of the log; the two-minute mood line may lack values that were merged away. */
const shown = (call: Call) => {
  const { mood: _, mood_at: _at, attention: _a, presence: _p, ...rest } = call
  return rest
}

/** Attention by call; none and nothing at all are the same. */
const attentionIn = (calls: readonly Call[]) =>
  calls
    .map(({ id, attention }) => ({ id, attention: attention?.score ? attention : null }))
    .sort((a, b) => a.id.localeCompare(b.id))

async function stored(ids: readonly string[]) {
  const rows = await rules
    .server()
    .database.db.selectFrom('calls')
    .select(['id', 'state', 'owners'])
    .where('company_id', '=', 'demo')
    .where('id', 'in', ids)
    .execute()
  return rows.map(({ id, state, owners }) => ({ id, owners, call: (state as unknown as CallState).call }))
}

describe.each(doors)('through %s', (door) => {
  test('P1–P13: any order of facts, cuts, resumes and pauses ends in the state of the server, nothing doubled', async () => {
    const seen = { resets: 0, changes: 0, leftOut: 0, modes: new Set<string>(), merged: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.array(stepArb, { minLength: 5, maxLength: 30 }),
        fc.record({ lines: fc.constantFrom('last' as const, 'all' as const), batch: fc.boolean() }),
        fc.constantFrom('manager', 'csr'),
        async (steps, wish, person) => {
          const ids = Array.from({ length: 4 }, () => fresh())
          const own = ids[0] ?? ''
          await rules.happen(callStarted(own, { assigned_agent_id: 'agent-priya' }))
          const reader = new ReferenceReader({ ...wish, callId: own })
          let client = await rules.open(door, person)
          reader.attach(client)
          for (const step of steps) {
            if (step.kind === 'facts') await rules.happen(...factsOf(step, ids[step.call] ?? own))
            else if (step.kind === 'ask') {
              reader.standsAt(0)
              reader.ask(reader.streams[step.stream] ?? 'calls')
            } else if (step.kind === 'cut') {
              // Frames that came and were not looked at are as lost as those still under way.
              if (!step.unread) reader.standsAt(0)
              client.close()
              client = await rules.open(door, person)
              reader.attach(client)
            } else if (step.kind === 'breathe') {
              client.resume()
              const from = client.frames.length
              await client.until((frames) => frames.slice(from).some(isHeartbeat))
              reader.standsAt(0)
            } else client[step.kind]()
          }
          client.resume()
          const entries = await rules.happen(noteWritten(own))
          await client.until(() => reader.standsAt(entries.at(-1)?.seq ?? 0), 10_000)

          const truth = await stored(ids)
          const visible = truth.filter(
            ({ owners }) => person === 'manager' || owners.includes('demo-csr') || owners.includes('@csr'),
          )
          const mine = [...reader.calls.values()].filter(({ id }) => ids.includes(id))
          const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id)
          expect(mine.map(shown).sort(byId)).toEqual(visible.map(({ call }) => shown(call)).sort(byId))
          const lines = await rules
            .server()
            .database.db.selectFrom('interactions')
            .select('id')
            .where('company_id', '=', 'demo')
            .where('call_id', '=', own)
            .orderBy('id')
            .execute()
          expect(reader.transcript).toEqual(
            lines.map(({ id }) => id).slice(-reader.transcript.length || undefined),
          )
          expect(reader.transcript.length).toBeGreaterThanOrEqual(Math.min(lines.length, 200))
          // Attention is in no log: what this reader heard, left out and kept is what a newcomer is told.
          await expect
            .poll(async () => {
              reader.standsAt(0)
              const newcomer = await rules.open(door, person)
              const parts = await snapshotOf(newcomer)
              newcomer.close()
              const told = parts.flatMap(({ calls = [] }) => calls)
              const isOwn = ({ id }: Call) => ids.includes(id)
              return [attentionIn([...reader.calls.values()].filter(isOwn)), attentionIn(told.filter(isOwn))]
            })
            .toSatisfy(([held, told]) => JSON.stringify(held) === JSON.stringify(told))
          client.close()
          seen.leftOut += reader.leftOut
          seen.resets += reader.resets
          seen.changes += reader.changes
          for (const mode of reader.modes) seen.modes.add(mode)
        },
      ),
      {
        numRuns: 20,
        examples: [
          [flooded, { lines: 'last', batch: true }, 'manager'],
          [flooded, { lines: 'all', batch: false }, 'csr'],
          [askedTwice, { lines: 'last', batch: true }, 'manager'],
          [askedTwice, { lines: 'all', batch: false }, 'manager'],
        ],
      },
    )
    const { values } = await rules.server().app.metrics.realtime.merged.get()
    seen.merged = values.reduce((sum, { value }) => sum + value, 0)
    // The sequences did reach the corners they are meant for.
    expect([...seen.modes].sort()).toEqual(['resumed', 'snapshot'])
    expect(seen.merged).toBeGreaterThan(0)
    expect(seen.resets).toBeGreaterThan(0)
    expect(seen.changes).toBeGreaterThan(0)
    expect(seen.leftOut).toBeGreaterThan(0)
  }, 120_000)
})
