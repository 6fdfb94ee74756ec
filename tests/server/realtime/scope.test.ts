// P13: everybody hears of the calls they may see, from the moment they may, and of no other; not even that they exist.
import { describe, expect, test } from 'vitest'
import type { ErrorFrame, SnapshotFrame } from '#contract/protocol.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { type ProtocolClient, doors } from '#tests/support/protocol-client.ts'
import {
  eventsIn,
  fresh,
  named,
  settled,
  snapshotOf,
  subscribe,
  useRules,
  writeElsewhere,
} from '#tests/server/realtime/rule-rig.ts'

const rules = useRules({ realtime: { pollMs: 40 } })

const idsIn = (client: ProtocolClient) =>
  new Set(
    eventsIn(client.frames).map((frame) =>
      frame.event === 'call.started' || frame.event === 'call.updated'
        ? frame.data.call.id
        : frame.data.call_id,
    ),
  )

/** How a call becomes a person's own. */
const ownings = [
  ['csr', { assigned_agent_id: 'agent-priya' }],
  ['tech', { assigned_tech_id: 'demo-tech' }],
  ['rep', { metadata: { owner: 'demo-rep' } }],
] as const

describe.each(doors)('through %s', (door) => {
  test.each(ownings)('P13: a %s hears of own calls only, live and in the snapshot', async (person, owned) => {
    const [own, other] = [fresh(), fresh()]
    const client = await rules.open(door, person)
    await subscribe(client, { lines: 'all' })
    await rules.happen(
      callStarted(other),
      callStarted(own, owned),
      lineSaid(other, '1'),
      lineSaid(own, '1'),
      callEnded(other),
    )
    await rules.barrier(client, own)
    expect([...idsIn(client)]).toEqual([own])
    const inside = (await snapshotOf(client)).flatMap(({ calls = [] }) => calls.map(({ id }) => id))
    expect(inside).toContain(own)
    expect(inside).not.toContain(other)
  })

  test('P13: what is asked for first is told to those only who may see it', async () => {
    const [own, other] = [fresh(), fresh()]
    await rules.happen(callStarted(other), callStarted(own, { assigned_agent_id: 'agent-priya' }))
    const client = await rules.open(door, 'csr')
    const { seq } = await subscribe(client, { since: 0, first: [other, own] })
    const parts = () =>
      client.frames
        .filter((frame): frame is SnapshotFrame => frame.event === 'snapshot')
        .map(({ data }) => data)
    await client.until(() => parts().some(({ part, parts: all }) => part === all))
    expect(parts()[0]).toMatchObject({ part: 0, seq })
    expect(parts()[0]?.calls?.map(({ id }) => id)).toEqual([own])
    expect(JSON.stringify(parts())).not.toContain(other)
  })

  test('P13: a call that comes into sight comes whole, with what happened before', async () => {
    const id = fresh()
    const csr = await rules.open(door, 'csr')
    const manager = await rules.open(door)
    await subscribe(csr)
    await subscribe(manager)
    await rules.happen(callStarted(id), lineSaid(id, '1', { text: 'Hello there.' }))
    await rules.happen({ event: 'call.updated', data: { call: { id, assigned_agent_id: 'agent-priya' } } })
    await rules.barrier(csr, id)
    const mine = eventsIn(csr.frames).filter(({ seq }) => seq !== undefined)
    expect(mine[0]).toMatchObject({
      event: 'call.started',
      data: { call: { id, assigned_agent: { id: 'agent-priya' }, last_line: { text: 'Hello there.' } } },
    })
    await rules.barrier(manager, id)
    const updates = named(manager.frames, 'call.updated').filter(({ data }) => data.call.id === id)
    expect(updates.at(-1)?.data.call.assigned_agent?.id).toBe('agent-priya')
    expect(named(manager.frames, 'call.started').filter(({ data }) => data.call.id === id)).toHaveLength(1)
  })

  test('P13: every csr sees a missed call, once it was missed', async () => {
    const id = fresh()
    const csr = await rules.open(door, 'csr')
    await subscribe(csr)
    await rules.happen(callStarted(id))
    await rules.happen(callEnded(id, { missed: true }))
    await csr.until((frames) => frames.some(({ event }) => event === 'call.ended'))
    expect([...idsIn(csr)]).toEqual([id])
    expect(named(csr.frames, 'call.started')[0]?.data.call).toMatchObject({ id, missed: true })
  })

  test('P13: a call that goes out of sight says so once, and then nothing', async () => {
    const id = fresh()
    const own = { assigned_agent_id: 'agent-priya' }
    await rules.happen(callStarted(id, own))
    const csr = await rules.open(door, 'csr')
    await subscribe(csr, { lines: 'last' })
    await subscribe(csr, { type: 'call', call_id: id })
    // Calls are never taken from anybody by this server's own rules: another writer of the log does it.
    const entry = (owners_before: string[] | null) => ({
      call_id: id,
      event: 'sentiment.changed',
      data: { call_id: id, sentiment: { score: 0.1, label: 'negative' } },
      owners: [],
      owners_before,
    })
    await writeElsewhere(rules.server(), [entry(['demo-csr']), entry(null)])
    const next = fresh()
    await csr.until((frames) => named(frames, 'call.left').length === 2)
    await rules.happen(callStarted(next, own))
    await settled(csr, await rules.barrier(csr, next))
    const told = eventsIn(csr.frames).filter(({ event }) => !event.startsWith('call.started'))
    expect(
      told
        .filter(({ event }) => event !== 'note.added')
        .map(({ event, stream, data }) => [event, stream, data]),
    ).toEqual(
      expect.arrayContaining([
        ['call.left', 'calls', { call_id: id }],
        ['call.left', `call:${id}`, { call_id: id }],
      ]),
    )
    expect(named(csr.frames, 'sentiment.changed')).toEqual([])
  })

  test('P13: another company hears nothing', async () => {
    const id = fresh()
    const acme = await rules.open(door, 'acme')
    await subscribe(acme, { lines: 'all' })
    const manager = await rules.open(door)
    await subscribe(manager)
    await rules.happen(callStarted(id), lineSaid(id, '1'))
    await rules.barrier(manager, id)
    await rules.server().submit([callStarted(fresh())], 'acme')
    await acme.until((frames) => named(frames, 'call.started').length > 0)
    expect([...idsIn(acme)]).not.toContain(id)
    expect(idsIn(acme).size).toBe(1)
  })

  test('P13: a call that is unknown, of another company or out of scope does not exist', async () => {
    const [id, foreign] = [fresh(), fresh()]
    await rules.happen(callStarted(id))
    await rules.server().submit([callStarted(foreign)], 'acme')
    const refusal = async (person: string, callId: string, sub?: string) => {
      const client = await rules.open(door, person)
      client.send('subscribe', { type: 'call', call_id: callId, since: 0, sub })
      return (await client.next((frame): frame is ErrorFrame => frame.event === 'error')).data
    }
    const words = { code: 'not_found', message: 'This call does not exist.' }
    expect(await refusal('manager', 'nowhere', 'mine')).toEqual({ ...words, ref: 'mine' })
    expect(await refusal('manager', foreign)).toEqual({ ...words, ref: `call:${foreign}` })
    expect(await refusal('csr', id)).toEqual({ ...words, ref: `call:${id}` })
  })

  test('P13: a viewer listens to the whole floor', async () => {
    const id = fresh()
    const viewer = await rules.open(door, 'viewer')
    await subscribe(viewer)
    await rules.happen(callStarted(id))
    await rules.barrier(viewer, id)
    expect([...idsIn(viewer)]).toContain(id)
  })
})
