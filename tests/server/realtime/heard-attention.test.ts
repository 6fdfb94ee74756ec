// P4, P5: attention that a client has heard from the one who answers is not told again, unless it changed.
import { describe, expect, test } from 'vitest'
import type { CallChange, HeartbeatFrame, SnapshotFrame, SubscribeData } from '#contract/protocol.ts'
import { systemClock } from '#server/domain/clock.ts'
import type { Fact } from '#server/domain/fact.ts'
import { callStarted } from '#tests/support/facts.ts'
import { type Door, type ProtocolClient, doors } from '#tests/support/protocol-client.ts'
import {
  fresh,
  named,
  noteWritten,
  snapshotOf,
  subscribe,
  useRules,
} from '#tests/server/realtime/rule-rig.ts'

// Whatever was missed is a snapshot.
const rules = useRules({
  clock: { ...systemClock, now: () => Date.now() + ahead },
  realtime: { resumeEntries: 0, attentionSweepMs: 20 },
})
/** The server's clock is ahead by so much, ms. */
let ahead = 0

const asConsole = { lines: 'last', batch: true } as const
const mood = (id: string, value: number): Fact => ({
  event: 'sentiment.changed',
  data: { call_id: id, sentiment: { score: value, label: 'negative' } },
})
const hears = (client: ProtocolClient, id: string) =>
  client.until((frames) => named(frames, 'attention.changed').some(({ data }) => data.call_id === id))

/** Two calls, of which one is upset, and a client that has heard so and went away. */
async function upsetAndCalm(door: Door) {
  const [upset, calm] = [fresh(), fresh()]
  await rules.happen(callStarted(upset), callStarted(calm))
  const client = await rules.open(door)
  const { log, scorer } = await subscribe(client, { since: 0, ...asConsole })
  await rules.happen(mood(upset, 0.05))
  await hears(client, upset)
  // Behind this note everything of before was heard.
  const since = await rules.barrier(client, calm)
  client.close()
  return { upset, calm, ask: { ...asConsole, since, log, holds: true, scorer } }
}

/** Something is missed, so that there is a snapshot and no replay. */
const miss = (id: string) => rules.happen(noteWritten(id))

const changesIn = (parts: readonly SnapshotFrame['data'][]): Map<string, CallChange> =>
  new Map(parts.flatMap(({ changes = [] }) => changes).map((change) => [change.id, change]))

/** Calls whose attention a client is told until a heartbeat says that it was told all. */
async function toldAfter(client: ProtocolClient, ask: Partial<SubscribeData>) {
  const { mode } = await subscribe(client, ask)
  const beat = await client.next(
    (frame): frame is HeartbeatFrame =>
      frame.event === 'heartbeat' && frame.streams.calls?.scorer !== undefined,
  )
  const told = named(client.frames, 'attention.changed').map(({ data }) => data.call_id)
  return { mode, told, scorer: beat.streams.calls?.scorer }
}

describe.each(doors)('through %s', (door) => {
  test('P5: attention that was heard is left out, and the parts say so', async () => {
    const { upset, calm, ask } = await upsetAndCalm(door)
    await miss(calm)
    const parts = await snapshotOf(await rules.open(door), ask)
    expect(parts.map(({ attention }) => attention)).toEqual(parts.map(() => 'changed'))
    expect(changesIn(parts).get(upset)).toEqual({ id: upset })
    expect(changesIn(parts).get(calm)).toEqual({ id: calm })
  })

  test('P5: attention that changed since is told, and that of the others is not', async () => {
    const { upset, calm, ask } = await upsetAndCalm(door)
    await miss(calm)
    const witness = await rules.open(door)
    await subscribe(witness, asConsole)
    // It gets worse with every minute that it lasts.
    ahead += 100_000
    await hears(witness, upset)
    const changes = changesIn(await snapshotOf(await rules.open(door), { ...ask, first: [upset] }))
    expect(changes.get(upset)?.attention?.reasons).toMatchObject([{ code: 'mood_negative' }])
    expect(changes.get(calm)).toEqual({ id: calm })
  })

  test('P4: a replay ends with the attention that changed since, for who has heard the rest', async () => {
    const { upset, ask } = await upsetAndCalm(door)
    const heard = await toldAfter(await rules.open(door), ask)
    expect(heard).toMatchObject({ mode: 'resumed', scorer: ask.scorer })
    expect(heard.told).not.toContain(upset)
    const other = await toldAfter(await rules.open(door), { ...ask, scorer: 'another' })
    expect(other).toMatchObject({ mode: 'resumed', scorer: ask.scorer })
    expect(other.told).toContain(upset)
  })

  test('P6: no heartbeat names a scorer to who was told no attention, or listens to a call', async () => {
    const { upset } = await upsetAndCalm(door)
    const client = await rules.open(door)
    await subscribe(client, asConsole)
    await subscribe(client, { type: 'call', call_id: upset, since: 0 })
    const { streams } = await client.next(
      (frame): frame is HeartbeatFrame =>
        frame.event === 'heartbeat' && Object.keys(frame.streams).length === 2,
    )
    expect(Object.values(streams).flatMap((standing) => Object.keys(standing))).not.toContain('scorer')
  })

  test.each([
    ['somebody else', 'another'],
    ['nobody in particular', undefined],
  ])('P5: who has heard it from %s is told all attention', async (_, scorer) => {
    const { upset, calm, ask } = await upsetAndCalm(door)
    await miss(calm)
    const parts = await snapshotOf(await rules.open(door), { ...ask, scorer })
    expect(parts.filter((part) => 'attention' in part)).toEqual([])
    expect(changesIn(parts).get(upset)?.attention?.reasons).toMatchObject([{ code: 'mood_negative' }])
  })

  test('P3: who scored is text, and anything else is a bad frame that says so', async () => {
    const client = await rules.open(door)
    client.send('subscribe', { type: 'all_calls', since: 1, holds: true, scorer: 7 })
    await client.until((frames) => frames.some(({ event }) => event === 'error'))
    expect(client.frames.find(({ event }) => event === 'error')).toMatchObject({
      data: { code: 'bad_frame', message: 'data.scorer: the name from an answer is text.' },
    })
  })
})
