// P3, P12: what a subscriber asks for is what it gets: lines, the newest line per call, attention; again, or no more.
import { describe, expect, test } from 'vitest'
import { callStarted, lineSaid } from '#tests/support/facts.ts'
import { doors } from '#tests/support/protocol-client.ts'
import {
  eventsIn,
  fresh,
  isEvent,
  named,
  noteWritten,
  settled,
  snapshotOf,
  subscribe,
  useRules,
} from '#tests/server/realtime/rule-rig.ts'

const rules = useRules({ realtime: { lastLinePerCallMs: 300, attentionSweepMs: 20 } })

const linesOf = (frames: Parameters<typeof eventsIn>[0], callId: string, stream = 'calls') =>
  named(eventsIn(frames, stream), 'interaction.added').filter(({ data }) => data.call_id === callId)

describe.each(doors)('through %s', (door) => {
  test('P3: without a wish the floor comes live only, and without lines', async () => {
    const id = fresh()
    await rules.happen(callStarted(id), lineSaid(id, '1'))
    const client = await rules.open(door)
    const answer = await subscribe(client, { sub: 'mine' })
    expect(answer).toEqual({
      stream: 'calls',
      seq: expect.any(Number),
      log: expect.any(String),
      sub: 'mine',
      mode: 'live',
    })
    await rules.happen(lineSaid(id, '2'))
    await rules.barrier(client, id)
    expect(client.frames.filter(({ event }) => event === 'snapshot')).toEqual([])
    expect(linesOf(client.frames, id)).toEqual([])
    expect(eventsIn(client.frames).filter(({ seq = 0 }) => seq !== 0 && seq <= answer.seq)).toEqual([])
  })

  test('P3: lines "all" brings every line whole', async () => {
    const id = fresh()
    const client = await rules.open(door)
    await subscribe(client, { lines: 'all' })
    await rules.happen(callStarted(id), lineSaid(id, '1', { text: 'x'.repeat(900) }), lineSaid(id, '2'))
    await rules.barrier(client, id)
    expect(linesOf(client.frames, id).map(({ data }) => data.interaction.text.length)).toEqual([900, 6])
  })

  test('P3: lines "last" brings the first at once, holds the newest of the rest, and says so in safe', async () => {
    const id = fresh()
    const client = await rules.open(door)
    await subscribe(client, { lines: 'last' })
    const said = Array.from({ length: 10 }, (_, at) => lineSaid(id, String(at), { speaker: 'system' }))
    const entries = await rules.happen(callStarted(id), ...said, noteWritten(id))
    const lineSeqs = entries.filter(({ event }) => event === 'interaction.added').map(({ seq }) => seq)
    const note = entries.at(-1)?.seq ?? 0
    await settled(client, note)
    const got = eventsIn(client.frames).filter(({ seq }) => seq !== undefined)
    expect(linesOf(got, id).map(({ seq }) => seq)).toEqual([lineSeqs[0], lineSeqs[9]])
    expect(linesOf(got, id).at(-1)?.data.interaction.text).toBe('Line 9')
    expect(got.map(({ seq }) => seq).indexOf(note)).toBeLessThan(
      got.map(({ seq }) => seq).indexOf(lineSeqs[9]),
    )
    expect(got.find(({ seq }) => seq === note)?.safe).toBe((lineSeqs[9] ?? 0) - 1)
    expect(got.find(({ seq }) => seq === lineSeqs[9])).toMatchObject({ prev: note, safe: note })
  })

  test('P3: a call that ends lets its held line go first; a line that comes late comes flagged', async () => {
    const id = fresh()
    const client = await rules.open(door)
    await subscribe(client, { lines: 'last' })
    await rules.happen(
      callStarted(id),
      lineSaid(id, '1'),
      lineSaid(id, '2'),
      { event: 'call.ended', data: { call_id: id } },
      lineSaid(id, '3'),
    )
    await settled(client, await rules.barrier(client, id))
    const told = eventsIn(client.frames).filter(
      (frame) => frame.event === 'interaction.added' || frame.event === 'call.ended',
    )
    expect(
      told.map((frame) => (frame.event === 'interaction.added' ? frame.data.interaction.text : frame.event)),
    ).toEqual(['Line 1', 'Line 2', 'call.ended', 'Line 3'])
    expect(linesOf(told, id).at(-1)?.data.interaction.metadata).toMatchObject({ late: true })
  })

  test('P3: a last line is cut to 240 characters, never within one, and marked', async () => {
    const id = fresh()
    const client = await rules.open(door)
    await subscribe(client, { lines: 'last' })
    await rules.happen(callStarted(id), lineSaid(id, '1', { text: `${'x'.repeat(238)}${'😀'.repeat(40)}` }))
    await rules.barrier(client, id)
    const [line] = linesOf(client.frames, id)
    expect(line?.data.interaction.text.length).toBeLessThanOrEqual(240)
    expect(line?.data.interaction.text).toMatch(/^x{238}…$/u)
    expect(line?.data.interaction.metadata).toEqual({ clipped: true })
  })

  test('P3: asking again replaces: one chain, nothing twice', async () => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const client = await rules.open(door)
    await subscribe(client)
    await subscribe(client, { lines: 'all' })
    const second = await subscribe(client, { lines: 'all' })
    await rules.happen(lineSaid(id, '1'))
    await rules.barrier(client, id)
    const after = eventsIn(client.frames).filter(({ seq = 0 }) => seq > second.seq)
    expect(linesOf(after, id)).toHaveLength(1)
    expect(new Set(after.map(({ seq }) => seq)).size).toBe(after.length)
  })

  test('P3: after unsubscribing nothing of the stream comes any more', async () => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const client = await rules.open(door)
    await subscribe(client)
    await subscribe(client, { type: 'call', call_id: id })
    client.send('unsubscribe', { type: 'all_calls' })
    client.send('subscribe', { type: 'call', call_id: id, sub: 'again' })
    await client.until((frames) =>
      frames.some((frame) => frame.event === 'subscribed' && frame.data.sub === 'again'),
    )
    const from = client.frames.length
    const seq = await rules.barrier(client, id)
    await settled(client, seq, `call:${id}`)
    const later = client.frames.slice(from)
    expect(new Set(eventsIn(later).map(({ stream }) => stream))).toEqual(new Set([`call:${id}`]))
    expect(later.filter(isEvent).filter(({ event }) => event !== 'presence.changed')).toHaveLength(1)
  })

  test('P5: calls that need a person come first in a snapshot, whenever they began', async () => {
    const [calm, needy] = [fresh('calm'), fresh('needy')]
    await rules.happen(callStarted(calm), callStarted(needy))
    await rules.happen({ event: 'escalation.triggered', data: { call_id: needy, escalation: {} } })
    const client = await rules.open(door)
    const inOrder = async () => (await snapshotOf(client)).flatMap((part) => part.calls ?? [])
    await expect
      .poll(async () => (await inOrder()).find(({ id }) => id === needy)?.attention?.level)
      .not.toBe('calm')
    const ids = (await inOrder()).map(({ id }) => id)
    expect(ids.indexOf(needy)).toBeGreaterThanOrEqual(0)
    expect(ids.indexOf(needy)).toBeLessThan(ids.indexOf(calm))
  })

  test('P12: a call carries its last line and its mood, and attention is told when its level changes', async () => {
    const id = fresh()
    const client = await rules.open(door)
    await subscribe(client)
    await rules.happen(callStarted(id), lineSaid(id, '1', { text: 'This is terrible, I hate it.' }))
    await rules.happen({ event: 'escalation.triggered', data: { call_id: id, escalation: {} } })
    const mine = () => named(client.frames, 'attention.changed').filter(({ data }) => data.call_id === id)
    await client.until(() => mine().some(({ data }) => data.attention.level !== 'calm'))
    expect(mine().map(({ seq, prev }) => [seq, prev])).toEqual(mine().map(() => [undefined, undefined]))
    expect(
      mine()
        .at(-1)
        ?.data.attention.reasons.map(({ code }) => code),
    ).toContain('escalation_waiting')
    const calls = (await snapshotOf(client)).flatMap((part) => part.calls ?? [])
    const row = calls.find((call) => call.id === id)
    expect(row?.last_line).toMatchObject({ speaker: 'customer', text: 'This is terrible, I hate it.' })
    expect(row?.mood).toHaveLength(24)
    expect(row?.mood?.at(-1)).toBe(row?.sentiment_score)
    expect(row?.attention?.level).not.toBe('calm')
  })
})
