// P9, P10, P11: batches within their bounds, readers who share everything, newcomers in the middle of it, one call's order.
import { describe, expect, test } from 'vitest'
import type { BatchFrame, ServerFrame } from '#contract/protocol.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { doors } from '#tests/support/protocol-client.ts'
import {
  eventsIn,
  fresh,
  named,
  noteWritten,
  settled,
  snapshotOf,
  subscribe,
  useRules,
} from '#tests/server/realtime/rule-rig.ts'

const bounds = { batchFrames: 40, batchBytes: 30_000 }
const rules = useRules({ realtime: { ...bounds, lastLinePerCallMs: 100 } })

const isBatch = (frame: ServerFrame): frame is BatchFrame => frame.event === 'batch'

function expectWithinBounds(frames: readonly ServerFrame[]) {
  const batches = frames.filter(isBatch)
  expect(batches.filter((batch) => batch.frames.length > bounds.batchFrames)).toEqual([])
  const sizes = batches.map((batch) => Buffer.byteLength(JSON.stringify(batch)))
  expect(sizes.filter((size) => size > bounds.batchBytes)).toEqual([])
}

describe.each(doors)('through %s', (door) => {
  test('P9: a batch holds at most its count of frames and its bytes, live and in a resume', async () => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const client = await rules.open(door)
    const { seq: since, log } = await subscribe(client, { lines: 'all', batch: true })
    // Letters of two bytes: what counts is the wire, not the characters.
    const text = 'ש'.repeat(3000)
    const many = Array.from({ length: 130 }, () => noteWritten(id))
    const long = Array.from({ length: 20 }, () => lineSaid(id, fresh('line'), { speaker: 'system', text }))
    await rules.happen(...many, ...long)
    await settled(client, await rules.barrier(client, id))
    expectWithinBounds(client.frames)
    expect(client.frames.filter(isBatch).length).toBeGreaterThanOrEqual(4)
    const later = await rules.open(door)
    await subscribe(later, { lines: 'all', batch: true, since, log })
    await settled(later, await rules.barrier(later, id))
    expect(named(later.frames, 'interaction.added')).toHaveLength(20)
    expectWithinBounds(later.frames)
  })

  test('P9: held lines that come due at the same moment are cut into batches too', async () => {
    const ids = Array.from({ length: 90 }, () => fresh())
    const client = await rules.open(door)
    await subscribe(client, { lines: 'last', batch: true })
    await rules.happen(...ids.flatMap((id) => [callStarted(id), lineSaid(id, '1'), lineSaid(id, '2')]))
    await settled(client, await rules.barrier(client, ids[0] ?? ''))
    const newest = named(client.frames, 'interaction.added').filter(
      ({ data }) => data.interaction.text === 'Line 2',
    )
    expect(new Set(newest.map(({ data }) => data.call_id)).size).toBe(90)
    expectWithinBounds(client.frames)
  })

  test('P9: without the wish for batches every frame comes alone', async () => {
    const id = fresh()
    const client = await rules.open(door)
    await subscribe(client)
    await rules.happen(callStarted(id))
    await rules.barrier(client, id)
    expect(client.frames.filter(isBatch)).toEqual([])
  })

  test('P10: two readers of one group get the same frames, to the letter', async () => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const wish = { lines: 'last', batch: true } as const
    const [one, two] = [await rules.open(door), await rules.open(door)]
    await subscribe(one, wish)
    await subscribe(two, wish)
    const from = await rules.barrier(two, id)
    for (let round = 0; round < 5; round++)
      await rules.happen(lineSaid(id, fresh('line')), lineSaid(id, fresh('line')), noteWritten(id))
    const head = await rules.barrier(one, id)
    await settled(one, head)
    await settled(two, head)
    const texts = (frames: readonly ServerFrame[]) =>
      eventsIn(frames)
        .filter(({ seq = 0 }) => seq > from)
        .map((frame) => JSON.stringify(frame))
    expect(texts(one.frames).length).toBeGreaterThan(6)
    expect(texts(two.frames)).toEqual(texts(one.frames))
  })

  test('P10: newcomers of every kind join a busy group without a gap or a break of the chain', async () => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const first = await rules.open(door)
    const { seq: since, log } = await subscribe(first, { lines: 'all' })
    let talking = true
    const talk = (async () => {
      while (talking) await rules.happen(lineSaid(id, fresh('line'), { speaker: 'system' }), noteWritten(id))
    })()
    const joined = await Promise.all(
      [{}, { since: 0 }, { since, log }, {}, { since: 0 }, { since, log }].map(async (place, at) => {
        const client = await rules.open(door)
        const { seq } = await subscribe(client, { ...place, lines: 'all', batch: at > 2 })
        return { client, seq }
      }),
    )
    await first.until((frames) => eventsIn(frames).length > 200, 10_000)
    talking = false
    await talk
    for (const { client, seq: from } of joined) {
      const head = await rules.barrier(client, id)
      const seqs = eventsIn(client.frames)
        .flatMap(({ seq }) => seq ?? [])
        .filter((seq) => seq <= head)
      expect(seqs).toEqual(Array.from({ length: head - from }, (_, at) => from + at + 1))
    }
  })

  test('P10: asking again and again in a busy time never mixes two chains', async () => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const client = await rules.open(door)
    const target = { type: 'call', call_id: id } as const
    const noise = Promise.all(
      Array.from({ length: 40 }, () => rules.happen(lineSaid(id, fresh('line'), { speaker: 'system' }))),
    )
    const place = await subscribe(client)
    for (let turn = 0; turn < 15; turn++) {
      const from = [{ since: 0 }, { since: place.seq, log: place.log }, {}][turn % 3]
      client.send('subscribe', { ...target, ...from, sub: `hasty-${turn}` })
      client.send('subscribe', { type: 'all_calls', lines: 'all', ...from, sub: `hasty-${turn}` })
    }
    await noise
    const [part] = await snapshotOf(client, { ...target, batch: true })
    await rules.barrier(client, id)
    expect(part?.detail?.interactions_count).toBe(40)
    // An answer to an earlier request never comes behind the answer to a later one.
    for (const stream of ['calls', `call:${id}`]) {
      const turns = client.frames.flatMap((frame) =>
        frame.event === 'subscribed' && frame.data.stream === stream && frame.data.sub?.startsWith('hasty')
          ? [Number(frame.data.sub.split('-')[1])]
          : [],
      )
      expect(turns).toEqual([...turns].sort((a, b) => a - b))
    }
  })

  test('P11: each call begins with its start, and after its end comes only what may', async () => {
    const client = await rules.open(door)
    await subscribe(client, { lines: 'last', batch: true })
    const ids = Array.from({ length: 12 }, () => fresh())
    await Promise.all(
      ids.map(async (id) => {
        await rules.happen(callStarted(id), lineSaid(id, '1'))
        await rules.happen(lineSaid(id, '2'), lineSaid(id, '3', { text: 'I want to talk to a person.' }))
        await rules.happen(lineSaid(id, '4'), callEnded(id))
        await rules.happen(
          lineSaid(id, '5'),
          noteWritten(id),
          { event: 'qa.score.updated', data: { call_id: id, qa_score: { overall_score: 0.4 } } },
          { event: 'call.updated', data: { call: { id, status: 'in_progress', tags: ['late'] } } },
        )
      }),
    )
    await settled(client, await rules.barrier(client, ids[0] ?? ''))
    for (const id of ids) {
      const told = eventsIn(client.frames).filter((frame) =>
        frame.event === 'call.started' || frame.event === 'call.updated'
          ? frame.data.call.id === id
          : frame.data.call_id === id,
      )
      expect(told[0]?.event).toBe('call.started')
      const end = told.findIndex(({ event }) => event === 'call.ended')
      expect(end).toBeGreaterThan(0)
      for (const frame of told.slice(end + 1)) {
        if (frame.event === 'interaction.added')
          expect(frame.data.interaction.metadata).toMatchObject({ late: true })
        else if (frame.event === 'call.updated') expect(frame.data.call.status).toBe('completed')
        else expect(['note.added', 'qa.score.updated']).toContain(frame.event)
      }
      expect(told.slice(end + 1).map(({ event }) => event)).toContain('interaction.added')
    }
  })
})
