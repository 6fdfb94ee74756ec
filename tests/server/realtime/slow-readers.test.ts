// P8: a reader that cannot keep up loses only what a newer value replaces, or starts again; nobody else waits for it.
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { EventFrame, ResetFrame, ServerFrame } from '#contract/protocol.ts'
import type { Fact } from '#server/domain/fact.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { type ProtocolClient, doors } from '#tests/support/protocol-client.ts'
import {
  type RuleRig,
  eventsIn,
  fresh,
  noteWritten,
  settled,
  subscribe,
  useRules,
} from '#tests/server/realtime/rule-rig.ts'

const replaced = new Set(['call.updated', 'sentiment.changed', 'qa.score.updated'])

const mood = (call_id: string, at: number): Fact => ({
  event: 'sentiment.changed',
  data: {
    call_id,
    sentiment: { score: at % 2 === 0 ? 0.2 : 0.8, label: at % 2 === 0 ? 'negative' : 'positive' },
  },
})

const counted = async (rules: RuleRig, what: 'merged' | 'resets') =>
  (await rules.server().app.metrics.realtime[what].get()).values.reduce((sum, { value }) => sum + value, 0)

/** Stops reading, and has so much said that the network between takes no more and the server had to act. */
async function clog(rules: RuleRig, client: ProtocolClient, callId: string, until: 'merged' | 'resets') {
  client.pause()
  const before = await counted(rules, until)
  const text = 'x'.repeat(20_000)
  while ((await counted(rules, until)) === before)
    await rules.happen(
      ...Array.from({ length: 50 }, () => lineSaid(callId, fresh('line'), { speaker: 'system', text })),
      mood(callId, 0),
      mood(callId, 1),
    )
}

function lastSafe(frames: readonly ServerFrame[]): number {
  let safe = 0
  for (const frame of frames)
    if (frame.event === 'heartbeat') safe = frame.streams.calls?.safe ?? safe
    else if (frame.event === 'batch') safe = frame.safe
    else if ('safe' in frame && frame.safe !== undefined) safe = frame.safe
  return safe
}

const seqsOf = (frames: readonly EventFrame[]) => frames.flatMap(({ seq }) => seq ?? [])

describe('a reader past the bound', () => {
  const rules = useRules({ realtime: { slowBytes: 20_000, mergeAbove: 50, resetAbove: 100_000 } })

  test.each(
    doors.flatMap((door) => [
      { door, batch: false },
      { door, batch: true },
    ]),
  )(
    'P8: through $door (batch: $batch) it gets the newest values and everything that is no mere value',
    async ({ door, batch }) => {
      const [loud, moody] = [fresh(), fresh()]
      await rules.happen(callStarted(loud), callStarted(moody))
      const slow = await rules.open(door)
      const fast = await rules.open(door)
      const { seq: from } = await subscribe(slow, { lines: 'all', batch })
      await subscribe(fast, { lines: 'all', batch })
      await clog(rules, slow, loud, 'merged')
      const during = fresh()
      await rules.happen(
        ...Array.from({ length: 200 }, (_, at) => mood(moody, at)),
        callStarted(during),
        { event: 'escalation.triggered', data: { call_id: moody, escalation: {} } },
        { event: 'escalation.updated', data: { call_id: moody, escalation: { status: 'in_progress' } } },
        ...Array.from({ length: 100 }, (_, at) => mood(during, at)),
        { event: 'qa.score.updated', data: { call_id: moody, qa_score: { overall_score: 0.3 } } },
        { event: 'qa.score.updated', data: { call_id: moody, qa_score: { overall_score: 0.9 } } },
        noteWritten(moody),
        callEnded(moody),
        callEnded(during),
        { event: 'qa.score.updated', data: { call_id: moody, qa_score: { overall_score: 0.4 } } },
        { event: 'call.updated', data: { call: { id: moody, tags: ['won'] } } },
      )
      // The other reader of the group has everything while this one still reads nothing.
      const head = await rules.barrier(fast, loud)
      expect(seqsOf(eventsIn(slow.frames))).not.toContain(head)
      slow.resume()
      await settled(slow, head, 'calls', 15_000)

      const all = eventsIn(fast.frames).filter(({ seq = 0 }) => seq > from && seq <= head)
      const got = eventsIn(slow.frames).filter(({ seq = 0 }) => seq > from && seq <= head)
      expect(seqsOf(all)).toEqual(Array.from({ length: head - from }, (_, at) => from + at + 1))
      expect(got.length).toBeLessThan(all.length - 200)
      const inGot = new Set(seqsOf(got))
      const lost = all.filter(({ seq = 0 }) => !inGot.has(seq))
      expect([...new Set(lost.map(({ event }) => event))].filter((event) => !replaced.has(event))).toEqual([])
      expect(
        got.filter((frame) => frame.event === 'call.updated').map(({ data }) => data.call.status),
      ).toEqual(expect.arrayContaining(['escalated', 'completed']))
      // In the order of the log, and the newest of each kind is there: nothing passed an end.
      expect(seqsOf(got)).toEqual([...inGot].sort((a, b) => a - b))
      for (const event of replaced) {
        const newest = all.findLast((frame) => frame.event === event)
        expect(inGot.has(newest?.seq ?? 0)).toBe(true)
      }
    },
  )
})

describe('a reader whose backlog overflows', () => {
  const rules = useRules({ realtime: { slowBytes: 20_000, mergeAbove: 50, resetAbove: 450 } })
  const isReset = (frame: ServerFrame): frame is ResetFrame => frame.event === 'reset'

  test.each(doors)(
    'P8: through %s it is reset, resumes from safe, and gets a snapshot the second time',
    async (door) => {
      const id = fresh()
      await rules.happen(callStarted(id))
      const client = await rules.open(door)
      const { log, seq: from } = await subscribe(client, { lines: 'all', batch: true })
      const flood = async () => {
        const resets = client.frames.filter(isReset).length
        await clog(rules, client, id, 'resets')
        client.resume()
        await client.until((frames) => frames.filter(isReset).length > resets, 15_000)
      }
      await flood()
      const reset = client.frames.find(isReset)
      expect(reset?.data).toMatchObject({ stream: 'calls', reason: expect.any(String) })
      const last = seqsOf(eventsIn(client.frames)).at(-1)
      expect(reset?.data.seq).toBe(last)
      expect(
        await subscribe(client, { lines: 'all', batch: true, since: lastSafe(client.frames), log }),
      ).toMatchObject({
        mode: 'resumed',
      })
      const head = await rules.barrier(client, id)
      const whole = new Set(seqsOf(eventsIn(client.frames)))
      const { rows } = await sql<{ seq: number; event: string }>`select seq, event from log
      where company_id = 'demo' and seq > ${from} and seq <= ${head}`.execute(rules.server().database.db)
      expect(rows.filter(({ seq, event }) => !whole.has(seq) && !replaced.has(event))).toEqual([])

      await flood()
      const again = await subscribe(client, {
        lines: 'all',
        batch: true,
        since: lastSafe(client.frames),
        log,
      })
      expect(again.mode).toBe('snapshot')
      await rules.barrier(client, id)
    },
  )
})
