// Presence and claims on the wire: who looks, who has the call; told to those who see the call, gone with the connection.
import { describe, expect, test } from 'vitest'
import type { Presence } from '#contract/presence.ts'
import { ask } from '#tests/support/ask.ts'
import { callStarted } from '#tests/support/facts.ts'
import { type ProtocolClient, doors } from '#tests/support/protocol-client.ts'
import { fresh, named, snapshotOf, subscribe, useRules } from '#tests/server/realtime/rule-rig.ts'

const rules = useRules()

/** Newest presence of the call on the stream. */
const presenceOf = (client: ProtocolClient, callId: string, stream = 'calls'): Presence | undefined =>
  named(client.frames, 'presence.changed')
    .filter((frame) => frame.stream === stream && frame.data.call_id === callId)
    .at(-1)?.data.presence
const namesIn = (presence: Presence | undefined) => presence?.watchers.map(({ name }) => name)

describe.each(doors)('through %s', (door) => {
  test('P1: who opens a call is told to everybody who sees it, without a place in the log, and gone when they leave', async () => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const board = await rules.open(door, 'owner')
    await subscribe(board, { since: 0 })
    const dana = await rules.open(door, 'manager')
    await subscribe(dana, { type: 'call', call_id: id, since: 0 })
    await board.until(() => namesIn(presenceOf(board, id))?.[0] === 'Dana Whitfield')
    const frame = named(board.frames, 'presence.changed').find(({ data }) => data.call_id === id)
    expect([frame?.seq, frame?.prev]).toEqual([undefined, undefined])
    expect(frame?.data.presence.watchers[0]).toMatchObject({
      id: 'demo-manager',
      initials: 'DW',
      role: 'manager',
    })
    const marcus = await rules.open(door, 'dispatcher')
    await subscribe(marcus, { type: 'call', call_id: id, since: 0 })
    await board.until(() => presenceOf(board, id)?.watchers.length === 2)
    await dana.until(() => presenceOf(dana, id, `call:${id}`)?.watchers.length === 2)
    dana.close()
    await board.until(() => namesIn(presenceOf(board, id))?.join() === 'Marcus Oyelaran')
    marcus.send('unsubscribe', { type: 'call', call_id: id })
    await board.until(() => presenceOf(board, id)?.watchers.length === 0)
  })

  test('two tabs of one person are one onlooker', async () => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const board = await rules.open(door, 'owner')
    await subscribe(board)
    const [first, second] = [await rules.open(door), await rules.open(door)]
    await subscribe(first, { type: 'call', call_id: id, since: 0 })
    await subscribe(second, { type: 'call', call_id: id, since: 0 })
    const viewer = await rules.open(door, 'viewer')
    await subscribe(viewer, { type: 'call', call_id: id, since: 0 })
    await board.until(() => namesIn(presenceOf(board, id))?.join() === 'Dana Whitfield,Ingrid Solberg')
    first.close()
    viewer.close()
    await board.until(() => namesIn(presenceOf(board, id))?.join() === 'Dana Whitfield')
    expect(presenceOf(board, id)).toMatchObject({ more: 0 })
  })

  test('P5: a newcomer’s snapshot says who looks at which call', async () => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const dana = await rules.open(door)
    await subscribe(dana)
    await subscribe(dana, { type: 'call', call_id: id, since: 0 })
    await dana.until(() => presenceOf(dana, id) !== undefined)
    const late = await rules.open(door, 'owner')
    const call = (await snapshotOf(late)).flatMap(({ calls = [] }) => calls).find((one) => one.id === id)
    expect(namesIn(call?.presence)).toEqual(['Dana Whitfield'])
  })

  test('P13: who does not see a call does not learn who looks at it', async () => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const priya = await rules.open(door, 'csr')
    await subscribe(priya)
    const board = await rules.open(door, 'owner')
    await subscribe(board)
    const dana = await rules.open(door)
    await subscribe(dana, { type: 'call', call_id: id, since: 0 })
    await board.until(() => presenceOf(board, id) !== undefined)
    const own = fresh()
    await rules.happen(callStarted(own, { assigned_agent_id: 'agent-priya' }))
    await priya.until((frames) => named(frames, 'call.started').some(({ data }) => data.call.id === own))
    expect(presenceOf(priya, id)).toBeUndefined()
  })

  test('P2: a claim is in the log, comes to every console, and stands in the next snapshot', async () => {
    const id = fresh()
    await rules.happen(callStarted(id))
    const board = await rules.open(door, 'owner')
    await subscribe(board)
    const server = rules.server()
    const token = await server.token('manager')
    await ask(server.url, `POST /api/v1/calls/${id}/claim`, { token })
    const isClaim = () => named(board.frames, 'claim.changed').some(({ data }) => data.call_id === id)
    await board.until(isClaim)
    const news = named(board.frames, 'claim.changed').find(({ data }) => data.call_id === id)
    expect(news?.seq).toEqual(expect.any(Number))
    expect(news?.data).toMatchObject({
      change: 'taken',
      by: { name: 'Dana Whitfield' },
      claim: { id: 'demo-manager' },
    })
    const late = await rules.open(door, 'dispatcher')
    expect(
      (await snapshotOf(late)).flatMap(({ calls = [] }) => calls).find((call) => call.id === id)?.claimed_by,
    ).toMatchObject({
      id: 'demo-manager',
    })
  })
})
