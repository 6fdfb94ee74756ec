// P5: who holds the floor as of a position is told what changed since, and ends with what a whole snapshot tells.
import { describe, expect, test } from 'vitest'
import { withChange } from '#contract/apply-event.ts'
import type { Call } from '#contract/call.ts'
import type { SnapshotFrame, SubscribeData } from '#contract/protocol.ts'
import type { Fact } from '#server/domain/fact.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { type ProtocolClient, doors } from '#tests/support/protocol-client.ts'
import { fresh, noteWritten, snapshotOf, subscribe, useRules } from '#tests/server/realtime/rule-rig.ts'

// Whatever was missed is a snapshot.
const rules = useRules({ realtime: { resumeEntries: 0, snapshotPartCalls: 4 } })

const asConsole = { lines: 'last', batch: true } as const
type Part = SnapshotFrame['data']
const callsIn = (parts: readonly Part[]) => parts.flatMap(({ calls = [] }) => calls)
const changesIn = (parts: readonly Part[]) => parts.flatMap(({ changes = [] }) => changes)
const byId = (calls: readonly Call[]) => new Map(calls.map((call) => [call.id, call]))

/** The floor after a snapshot, made of the one that was held. */
function floorAfter(parts: readonly Part[], held: ReadonlyMap<string, Call>): Map<string, Call> {
  const floor = byId(callsIn(parts))
  for (const change of changesIn(parts)) {
    const known = held.get(change.id)
    if (!known) throw new Error(`A change of ${change.id}, which is not held.`)
    floor.set(change.id, withChange(known, change))
  }
  return floor
}

/** What a client holds that goes away now. */
async function holdFloor(client: ProtocolClient) {
  const { seq, log } = await subscribe(client, { since: 0, ...asConsole })
  const parts = () =>
    client.frames
      .filter((frame): frame is SnapshotFrame => frame.event === 'snapshot')
      .map(({ data }) => data)
  await client.until(() => parts().some(({ part, parts: all }) => part === all))
  client.close()
  return { calls: byId(callsIn(parts())), ask: { ...asConsole, since: seq, log, holds: true } }
}

const score = (id: string, value: number): Fact => ({
  event: 'qa.score.updated',
  data: { call_id: id, qa_score: { overall_score: value } },
})
const mood = (id: string, value: number): Fact => ({
  event: 'sentiment.changed',
  data: { call_id: id, sentiment: { score: value, label: 'neutral' } },
})

describe.each(doors)('through %s', (door) => {
  test('P5: changes of the floor that is held make the floor that a whole snapshot tells', async () => {
    const [calm, said, felt, rated, tagged, asked, noted, ended, over] = Array.from({ length: 9 }, () =>
      fresh(),
    ) as [string, string, string, string, string, string, string, string, string]
    const before = [calm, said, felt, rated, tagged, asked, noted, ended, over]
    await rules.happen(
      ...before.flatMap((id) => [callStarted(id), lineSaid(id, '1'), mood(id, 0.6), score(id, 0.5)]),
      callEnded(over),
    )
    const held = await holdFloor(await rules.open(door))
    const begun = fresh()
    await rules.happen(
      lineSaid(said, '2', { speaker: 'system' }),
      mood(felt, 0.3),
      score(rated, 0.9),
      { event: 'call.updated', data: { call: { id: tagged, tags: ['vip'] } } },
      { event: 'escalation.triggered', data: { call_id: asked, escalation: {} } },
      noteWritten(noted),
      callEnded(ended),
      callStarted(begun),
    )
    const parts = await snapshotOf(await rules.open(door), held.ask)
    const whole = byId(callsIn(await snapshotOf(await rules.open(door))))
    expect(floorAfter(parts, held.calls)).toEqual(whole)

    const told = new Map(
      changesIn(parts).map((change) => {
        // Both are told in any case, where there is one.
        const { attention: _, presence: _p, ...rest } = change
        return [change.id, rest]
      }),
    )
    expect(told.get(calm)).toEqual({ id: calm })
    expect(told.get(noted)).toEqual({ id: noted })
    expect(Object.keys(told.get(said) ?? {})).toEqual(['id', 'last_line'])
    expect(Object.keys(told.get(felt) ?? {})).toEqual([
      'id',
      'mood',
      'mood_at',
      'sentiment',
      'sentiment_score',
    ])
    expect(told.get(rated)).toEqual({ id: rated, qa_score: 0.9 })
    expect(told.get(over)).toEqual({ id: over, status: 'completed' })
    expect(callsIn(parts).map(({ id }) => id)).toEqual(expect.arrayContaining([tagged, asked, ended, begun]))
    expect(callsIn(parts).map(({ id }) => id)).not.toContain(said)
  })

  test('P5: calls that are asked for first are told as changes, too', async () => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const held = await holdFloor(await rules.open(door))
    await rules.happen(lineSaid(id, '1', { speaker: 'system' }))
    const client = await rules.open(door)
    await snapshotOf(client, { ...held.ask, first: [id] })
    const first = client.frames.find((frame) => frame.event === 'snapshot' && frame.data.part === 0)
    expect(first).toMatchObject({ data: { calls: [], changes: [{ id, last_line: { speaker: 'system' } }] } })
  })

  test('P5: a call that comes into the scope meanwhile is told whole, and one that leaves it not at all', async () => {
    const [comes, leaves] = [fresh(), fresh()]
    const assign = (id: string, agent: string): Fact => ({
      event: 'call.updated',
      data: { call: { id, assigned_agent_id: agent } },
    })
    await rules.happen(callStarted(comes), callStarted(leaves), assign(leaves, 'agent-priya'))
    const held = await holdFloor(await rules.open(door, 'csr'))
    expect([held.calls.has(comes), held.calls.has(leaves)]).toEqual([false, true])
    await rules.happen(assign(comes, 'agent-priya'), assign(leaves, 'agent-marcus'))
    const parts = await snapshotOf(await rules.open(door, 'csr'), held.ask)
    const whole = byId(callsIn(await snapshotOf(await rules.open(door, 'csr'))))
    expect(floorAfter(parts, held.calls)).toEqual(whole)
    expect(callsIn(parts).map(({ id }) => id)).toContain(comes)
  })

  test.each<[string, (ask: SubscribeData) => Partial<SubscribeData>]>([
    ['does not say so', (ask) => ({ ...ask, holds: undefined })],
    ['says that it does not', (ask) => ({ ...ask, holds: false })],
    ['holds that of another log', (ask) => ({ ...ask, log: 'another' })],
    ['holds a floor that is yet to come', (ask) => ({ ...ask, since: (ask.since ?? 0) + 1000 })],
    ['holds none yet', (ask) => ({ ...ask, since: 0 })],
    ['was told no lines', (ask) => ({ ...ask, lines: 'none' })],
  ])('P5: a client that %s is told the whole floor', async (_, change) => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const held = await holdFloor(await rules.open(door))
    await rules.happen(lineSaid(id, '1'))
    const parts = await snapshotOf(await rules.open(door), change({ type: 'all_calls', ...held.ask }))
    expect(parts.filter((part) => part.changes)).toEqual([])
    expect(callsIn(parts).map((call) => call.id)).toContain(id)
  })

  test('P5: what is held is true or false, and anything else is a bad frame that says so', async () => {
    const client = await rules.open(door)
    client.send('subscribe', { type: 'all_calls', since: 1, holds: 'yes' })
    await client.until((frames) => frames.some(({ event }) => event === 'error'))
    expect(client.frames.find(({ event }) => event === 'error')).toMatchObject({
      data: { code: 'bad_frame', message: 'data.holds: true or false is needed.' },
    })
  })
})
