// P4, P5: a reader that was away goes on where it stopped, or gets the floor as it is now.
import { describe, expect, test } from 'vitest'
import type { SnapshotFrame } from '#contract/protocol.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { doors } from '#tests/support/protocol-client.ts'
import {
  eventsIn,
  expectSound,
  fresh,
  isHeartbeat,
  noteWritten,
  snapshotOf,
  subscribe,
  useRules,
} from '#tests/server/realtime/rule-rig.ts'

const rules = useRules({
  realtime: { resumeEntries: 60, snapshotPartCalls: 3, snapshotLines: 5, attentionSweepMs: 50 },
})
const db = () => rules.server().database.db

describe.each(doors)('through %s', (door) => {
  /** A reader that was there for a while, left, and missed `missed` notes. */
  async function away(missed: number, person = 'manager') {
    const id = fresh()
    await rules.happen(callStarted(id, { assigned_agent_id: 'agent-priya' }))
    const before = await rules.open(door, person)
    const { log } = await subscribe(before, { lines: 'all' })
    const since = await rules.barrier(before, id)
    before.close()
    if (missed > 0) await rules.happen(...Array.from({ length: missed }, () => noteWritten(id)))
    return { id, log, since, client: await rules.open(door, person) }
  }

  test('P4: a resume brings exactly what was missed, in order, and then goes on live', async () => {
    const { id, log, since, client } = await away(25)
    const answer = await subscribe(client, { since, log, lines: 'all' })
    expect(answer).toMatchObject({ mode: 'resumed', seq: since, log })
    const last = await rules.barrier(client, id)
    const got = eventsIn(client.frames).filter((frame) => frame.seq !== undefined)
    expect(got.map(({ seq }) => seq)).toEqual(Array.from({ length: last - since }, (_, at) => since + at + 1))
    expect(client.frames.some(({ event }) => event === 'snapshot')).toBe(false)
  })

  test('P4: nothing missed is a resume with nothing in it', async () => {
    const { log, since, client } = await away(0)
    expect(await subscribe(client, { since, log })).toMatchObject({ mode: 'resumed', seq: since })
  })

  test.each([
    ['of another log', (since: number, log: string) => ({ since, log: `${log}x` })],
    ['without a log', (since: number) => ({ since })],
    ['beyond the head', (since: number, log: string) => ({ since: since + 1000, log })],
    ['zero', (_: number, log: string) => ({ since: 0, log })],
  ])('P4: a position %s is answered with a snapshot', async (_, wish) => {
    const { log, since, client } = await away(2)
    expect((await subscribe(client, wish(since, log))).mode).toBe('snapshot')
  })

  test('P4: as many entries as the bound are resumed, one more is a snapshot', async () => {
    const exact = await away(60)
    expect((await subscribe(exact.client, { since: exact.since, log: exact.log })).mode).toBe('resumed')
    const more = await away(61)
    expect((await subscribe(more.client, { since: more.since, log: more.log })).mode).toBe('snapshot')
  })

  test('P4: a position whose entries are no longer kept is answered with a snapshot', async () => {
    const { log, since, client } = await away(3)
    const trim = (upTo: number) =>
      db().deleteFrom('log').where('company_id', '=', 'demo').where('seq', '<=', upTo).execute()
    await trim(since)
    expect((await subscribe(client, { since, log })).mode).toBe('resumed')
    await trim(since + 1)
    expect((await subscribe(client, { since, log })).mode).toBe('snapshot')
  })

  test('P4: a role that sees other calls begins anew, one that sees the same goes on', async () => {
    const own = await away(2, 'csr')
    const manager = await rules.open(door, 'manager')
    expect((await subscribe(manager, { since: own.since, log: own.log })).mode).toBe('snapshot')
    const all = await away(2, 'manager')
    expect((await subscribe(own.client, { since: all.since, log: all.log })).mode).toBe('snapshot')
    const dispatcher = await rules.open(door, 'dispatcher')
    expect((await subscribe(dispatcher, { since: all.since, log: all.log })).mode).toBe('resumed')
  })

  test('P4: nothing of an answer follows the answer to a later request', async () => {
    const { log, since, client } = await away(60)
    // The later request meets the earlier one at each stage of its reading, from before the first query to after the last.
    for (let stage = 0; stage < 60; stage++) {
      client.send('subscribe', { type: 'all_calls', since, log, lines: 'all', sub: `early-${stage}` })
      for (let turn = 0; turn < stage; turn++) await new Promise((resolve) => setImmediate(resolve))
      await subscribe(client, { lines: 'all', sub: `late-${stage}` })
    }
    await subscribe(client, { since, log, lines: 'all' })
    expectSound(client.frames)
  })

  test('P5: a snapshot comes in parts of one instant, whole, and live frames wait for its end', async () => {
    const ids = Array.from({ length: 8 }, () => fresh())
    await rules.happen(...ids.map((id) => callStarted(id)))
    const client = await rules.open(door)
    const asked = subscribe(client, { since: 0, lines: 'all' })
    const noise = Promise.all(ids.map((id) => rules.happen(lineSaid(id, '1'), lineSaid(id, '2'))))
    const { seq } = await asked
    await noise
    await rules.barrier(client, ids[0] ?? '')
    const parts = client.frames
      .filter((frame): frame is SnapshotFrame => frame.event === 'snapshot')
      .map(({ data }) => data)
    expect(parts.map(({ part }) => part)).toEqual(parts.map((_, at) => at + 1))
    expect(new Set(parts.map((part) => part.parts))).toEqual(new Set([parts.length]))
    expect(new Set(parts.map((part) => part.seq))).toEqual(new Set([seq]))
    expect(parts.filter(({ calls = [] }) => calls.length > 3)).toEqual([])
    const inside = parts.flatMap(({ calls = [] }) => calls.map(({ id }) => id))
    expect(new Set(inside).size).toBe(inside.length)
    expect(inside).toEqual(expect.arrayContaining(ids))
    const live = await db().selectFrom('calls').select('id').where('live', '=', true).execute()
    expect(inside).toEqual(expect.arrayContaining(live.map(({ id }) => id)))
    const places = client.frames.map(({ event }) => event)
    const first = client.frames.findIndex((frame) => 'seq' in frame && frame.seq !== undefined)
    expect(first).toBeGreaterThan(places.lastIndexOf('snapshot'))
    expect(client.frames[first]).toMatchObject({ prev: seq })
  })

  test('P5: calls that were asked for first come before the first part, and again in their place', async () => {
    const ids = Array.from({ length: 8 }, () => fresh())
    await rules.happen(...ids.map((id) => callStarted(id)))
    const client = await rules.open(door)
    const wanted = [ids[6] as string, 'nobody-knows-this-one', ids[2] as string]
    const { seq } = await subscribe(client, { since: 0, first: wanted })
    const parts = () =>
      client.frames
        .filter((frame): frame is SnapshotFrame => frame.event === 'snapshot')
        .map(({ data }) => data)
    await client.until(() => parts().some(({ part, parts: all }) => part === all))
    expect(parts().map(({ part }) => part)).toEqual(parts().map((_, at) => at))
    expect(parts()[0]).toMatchObject({ seq, parts: parts().length - 1 })
    expect(parts()[0]?.calls?.map(({ id }) => id)).toEqual([ids[6], ids[2]])
    const later = parts()
      .slice(1)
      .flatMap(({ calls = [] }) => calls)
    for (const call of parts()[0]?.calls ?? []) expect(later).toContainEqual(call)
  })

  test('P5: calls asked for first are of no matter to a client that resumes', async () => {
    const [id] = [fresh()]
    await rules.happen(callStarted(id))
    const client = await rules.open(door)
    const { seq, log } = await subscribe(client, { since: 0 })
    await rules.happen(lineSaid(id, '1'))
    const again = await subscribe(client, { since: seq, log, lines: 'all', first: [id] })
    expect(again.mode).toBe('resumed')
    await rules.barrier(client, id)
    expect(client.frames.filter((frame) => frame.event === 'snapshot' && frame.data.part === 0)).toEqual([])
  })

  test('P5: a call that ended a moment ago is still there, one that ended before half a minute is not', async () => {
    const [now, before] = [fresh(), fresh()]
    const client = await rules.open(door)
    const past = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()
    await rules.happen(
      callStarted(now),
      callStarted(before, { started_at: past(90) }),
      callEnded(now),
      callEnded(before, { ended_at: past(31) }),
    )
    for (;;) {
      const ids = (await snapshotOf(client)).flatMap(({ calls = [] }) => calls.map(({ id }) => id))
      expect(ids).toContain(now)
      if (!ids.includes(before)) break
      const from = client.frames.length
      await client.until((frames) => frames.slice(from).some(isHeartbeat))
    }
  })

  test('P5: the snapshot of a call has its last lines, receipts, notes, score and escalation', async () => {
    const id = fresh()
    const by = { id: 'demo-manager', name: 'Dana Whitfield' }
    await rules.happen(
      callStarted(id),
      ...Array.from({ length: 8 }, (_, at) => lineSaid(id, String(at))),
      {
        event: 'desk.intervention',
        data: { call_id: id, command_id: fresh('command'), action: 'pause', by },
      },
      noteWritten(id, 'Look here.'),
      { event: 'qa.score.updated', data: { call_id: id, qa_score: { overall_score: 0.7 } } },
      { event: 'escalation.triggered', data: { call_id: id, escalation: {} } },
    )
    const client = await rules.open(door)
    const [part] = await snapshotOf(client, { type: 'call', call_id: id })
    expect(part).toMatchObject({ stream: `call:${id}`, part: 1, parts: 1 })
    const detail = part?.detail
    expect(detail?.interactions.map(({ text }) => text)).toEqual([3, 4, 5, 6, 7].map((at) => `Line ${at}`))
    expect(detail).toMatchObject({
      call: { id, qa_score: 0.7, escalation_status: 'pending' },
      interactions_count: 8,
      interventions: [{ action: 'pause', state: 'sent', by }],
      notes: [{ note: 'Look here.' }],
      qa_score: { overall_score: 0.7 },
      escalation: { status: 'pending' },
    })
    await rules.happen(lineSaid(id, '8'))
    await rules.barrier(client, id)
    const [first] = eventsIn(client.frames, `call:${id}`).filter((frame) => frame.seq !== undefined)
    // The escalation may move on by itself first.
    expect(['interaction.added', 'escalation.updated']).toContain(first?.event)
    expect(first?.prev).toBe(part?.seq)
  })

  test('P4: the stream of a call resumes with the entries of this call alone', async () => {
    const { id, log, since, client } = await away(5)
    const other = fresh()
    await rules.happen(callStarted(other), lineSaid(id, 'mine'))
    const answer = await subscribe(client, { type: 'call', call_id: id, since, log })
    expect(answer).toMatchObject({ mode: 'resumed', seq: since, stream: `call:${id}` })
    await rules.barrier(client, id)
    const got = eventsIn(client.frames, `call:${id}`).filter(({ seq }) => seq !== undefined)
    expect(got.map(({ event }) => event).slice(0, 6)).toEqual([
      ...Array.from({ length: 5 }, () => 'note.added'),
      'interaction.added',
    ])
    expect(JSON.stringify(got)).not.toContain(`"${other}"`)
  })
})
