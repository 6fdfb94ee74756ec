// P1, P2, P6, P15, P16: what a frame looks like, in which order frames come, and how a lost tail shows.
import { describe, expect, test } from 'vitest'
import { events } from '#contract/events.ts'
import { protocolDefaults } from '#contract/protocol.ts'
import { systemClock } from '#server/domain/clock.ts'
import { realtimeDefaults } from '#server/realtime/settings.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { doors } from '#tests/support/protocol-client.ts'
import {
  eventsIn,
  fresh,
  isHeartbeat,
  named,
  noteWritten,
  snapshotOf,
  subscribe,
  useRules,
  writeElsewhere,
} from '#tests/server/realtime/rule-rig.ts'

/** The server's clock is an hour ahead of the machine's, so that it shows whose time a frame tells. */
const ahead = 3600_000
const rules = useRules({
  clock: { ...systemClock, now: () => Date.now() + ahead },
  realtime: { attentionSweepMs: 20, pollMs: 50 },
})

test('P1–P14: the numbers are those of the specification unless a test sets others', () => {
  expect(realtimeDefaults).toMatchObject(protocolDefaults)
  expect(protocolDefaults).toEqual({
    heartbeatMs: 5000,
    staleAfterMs: 12_000,
    batchMs: 50,
    batchFrames: 500,
    batchBytes: 262_144,
    snapshotPartCalls: 500,
    snapshotLines: 200,
    endedLingerMs: 30_000,
    resumeEntries: 20_000,
    logEntries: 5_000_000,
    logAgeMs: 86_400_000,
    lastLinePerCallMs: 250,
    lastLineChars: 240,
    connectionsPerUser: 10,
    tokenGraceMs: 30_000,
    attentionSweepMs: 1000,
  })
})

describe.each(doors)('through %s', (door) => {
  test('P1: a logged frame has event, data, stream, seq, prev, safe and at; an unlogged one no place in the log', async () => {
    const client = await rules.open(door)
    const { seq } = await subscribe(client)
    const id = fresh()
    const [started] = await rules.happen(callStarted(id))
    await rules.happen({ event: 'escalation.triggered', data: { call_id: id, escalation: {} } })
    await client.until((frames) => named(frames, 'attention.changed').some(({ data }) => data.call_id === id))
    const first = eventsIn(client.frames).find((frame) => frame.seq === started?.seq)
    expect(first).toEqual({
      event: 'call.started',
      data: JSON.parse(started?.data ?? ''),
      stream: 'calls',
      seq: started?.seq,
      prev: seq,
      safe: started?.seq,
      at: expect.any(String),
    })
    const [attention] = named(client.frames, 'attention.changed').filter(({ data }) => data.call_id === id)
    expect(Object.keys(attention ?? {}).sort()).toEqual(['at', 'data', 'event', 'safe', 'stream'])
    const beat = await client.next(isHeartbeat)
    expect(Object.keys(beat).sort()).toEqual(['at', 'event', 'streams'])
  })

  test('P2: what twenty feeds report at once arrives without gaps, in the order of the log', async () => {
    const client = await rules.open(door)
    const { seq: from } = await subscribe(client, { lines: 'all' })
    const ids = Array.from({ length: 20 }, () => fresh())
    const done = await Promise.all(
      ids.map((id) => rules.happen(callStarted(id), lineSaid(id, '1'), lineSaid(id, '2'), noteWritten(id))),
    )
    const head = Math.max(...done.flat().map(({ seq }) => seq))
    await client.until((frames) => eventsIn(frames).some(({ seq }) => seq === head))
    const got = eventsIn(client.frames).filter((frame) => frame.seq !== undefined)
    expect(got.map(({ seq }) => seq)).toEqual(Array.from({ length: head - from }, (_, at) => from + at + 1))
    const logged = await rules
      .server()
      .database.db.selectFrom('log')
      .select(['seq', 'event', 'data'])
      .where('company_id', '=', 'demo')
      .where('seq', '>', from)
      .where('seq', '<=', head)
      .orderBy('seq')
      .execute()
    expect(got.map(({ event, data }) => [event, data])).toEqual(
      logged.map(({ event, data }) => [event, JSON.parse(data)]),
    )
  })

  test('P2: what another node commits arrives although no bell rings here', async () => {
    const client = await rules.open(door)
    const id = fresh()
    await rules.happen(callStarted(id))
    await subscribe(client)
    const data = { call_id: id, sentiment: { score: 0.2, label: 'negative' } }
    const [seq] = await writeElsewhere(rules.server(), [
      { call_id: id, event: 'sentiment.changed', data, owners: [], owners_before: null },
    ])
    await client.until((frames) => eventsIn(frames).some((frame) => frame.seq === seq))
    const parts = await snapshotOf(client)
    expect(parts.flatMap(({ calls = [] }) => calls).find((call) => call.id === id)).toMatchObject({
      sentiment_score: 0.2,
    })
  })

  test('P6: heartbeats keep coming and tell for every stream how far it was sent', async () => {
    const client = await rules.open(door)
    const id = fresh()
    await rules.happen(callStarted(id))
    await client.next(isHeartbeat)
    expect(client.frames.find(isHeartbeat)?.streams).toEqual({})
    await subscribe(client)
    await subscribe(client, { type: 'call', call_id: id })
    const seq = await rules.barrier(client, id)
    const from = client.frames.length
    await client.until((frames) => frames.slice(from).filter(isHeartbeat).length >= 3)
    const beats = client.frames.slice(from).filter(isHeartbeat)
    expect(beats.at(-1)?.streams).toEqual({
      calls: { seq, safe: seq },
      [`call:${id}`]: { seq, safe: seq },
    })
  })

  test('P15: events go by their canonical names, none by an older one', async () => {
    const client = await rules.open(door)
    await subscribe(client, { lines: 'all' })
    const id = fresh()
    await rules.happen(
      callStarted(id),
      lineSaid(id, '1'),
      { event: 'sentiment.changed', data: { call_id: id, sentiment: { score: 0.1, label: 'negative' } } },
      { event: 'qa.score.updated', data: { call_id: id, qa_score: { overall_score: 0.5 } } },
      { event: 'escalation.triggered', data: { call_id: id, escalation: {} } },
      { event: 'escalation.updated', data: { call_id: id, escalation: { status: 'in_progress' } } },
      { event: 'escalation.completed', data: { call_id: id } },
      callEnded(id),
    )
    await rules.barrier(client, id)
    const known = new Set<string>(events.map(({ name }) => name))
    const got = new Set(eventsIn(client.frames).map(({ event }) => event))
    expect([...got].filter((name) => !known.has(name))).toEqual([])
    expect([...got]).toEqual(
      expect.arrayContaining([
        'call.started',
        'call.updated',
        'call.ended',
        'interaction.added',
        'sentiment.changed',
        'qa.score.updated',
        'escalation.triggered',
        'escalation.updated',
        'escalation.completed',
        'note.added',
      ]),
    )
  })

  test('P16: every frame tells the time of the server, not of the machine or of the fact', async () => {
    const client = await rules.open(door)
    await subscribe(client)
    const id = fresh()
    await rules.happen(callStarted(id, { started_at: '2020-01-01T00:00:00.000Z' }))
    await rules.barrier(client, id)
    await client.next(isHeartbeat)
    const earliest = Date.now() + ahead / 2
    const told = client.frames.flatMap((frame) => ('at' in frame ? [Date.parse(frame.at)] : []))
    expect(told.length).toBeGreaterThan(3)
    expect(told.filter((at) => !(at > earliest))).toEqual([])
  })
})
