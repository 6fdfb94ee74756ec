// Who may change a transfer while somebody has the call in hand: whoever is asked or on the phone always, others as every act.
import { beforeAll, describe, expect, test } from 'vitest'
import type { EscalationChange } from '#contract/escalation-endpoints.ts'
import { type Changed, createTransferDesk } from '#tests/server/modules/transfer-desk.ts'
import { type Refused, ask } from '#tests/support/ask.ts'

const desk = createTransferDesk()
const { change, detail, escalate, escalationOf, liveCall, reported } = desk
let owner: string
beforeAll(async () => {
  owner = await desk.server.token('owner')
})

/** The manager asks Priya, who signs in as the csr, and keeps the call in hand. */
async function asked() {
  const id = await liveCall()
  const { id: escalation } = await escalate(id, { agent_id: 'agent-priya' })
  expect((await detail(id)).call.claimed_by?.id).toBe('demo-manager')
  return { id, escalation }
}
async function bridged() {
  const call = await asked()
  await reported(call.id, { transfer: { state: 'bridged' } })
  return call
}

test.each<[string, typeof asked, EscalationChange, string]>([
  ['accept', asked, { status: 'in_progress' }, 'in_progress'],
  ['say no', asked, { status: 'rejected' }, 'pending'],
  ['withdraw', asked, { status: 'cancelled' }, 'cancelled'],
  ['hand back', bridged, { status: 'completed' }, 'in_progress'],
])('whoever is asked may %s, whoever has the call in hand', async (_, make, body, status) => {
  const { id, escalation } = await make()
  const answer = await change(escalation, body, desk.tokens.csr)
  expect([answer.status, answer.body.escalation?.status]).toEqual([200, status])
  expect((await detail(id)).call.claimed_by?.id).toBe('demo-manager')
})

describe.each<[string, typeof asked, EscalationChange]>([
  ['accept for themself', asked, { status: 'in_progress' }],
  ['say no for them', asked, { status: 'rejected' }],
  ['ask somebody else', asked, { status: 'pending', agent_id: 'agent-marcus' }],
  ['withdraw the request', asked, { status: 'cancelled' }],
  ['choose what follows', asked, { fallback: 'callback' }],
  ['hand the call back', bridged, { status: 'completed' }],
])('a colleague who would %s', (_, make, body) => {
  test('is told who has the call in hand, and nothing of it happens', async () => {
    const { id, escalation } = await make()
    const before = await escalationOf(id)
    desk.server.commands.length = 0
    const answer = await change<Refused>(escalation, { ...body, briefing: { mood: 'Angry' } }, owner)
    expect([answer.status, answer.body.error.code]).toEqual([409, 'CALL_CLAIMED'])
    expect(answer.body.error.details).toMatchObject({ holder: { id: 'demo-manager' } })
    expect(await escalationOf(id)).toEqual(before)
    expect(desk.server.commands).toEqual([])
  })

  test('may insist, and takes the call over', async () => {
    const { id, escalation } = await make()
    const answer = await change<Changed>(escalation, { ...body, force: true }, owner)
    expect(answer.status).toBe(200)
    expect((await detail(id)).call.claimed_by).toMatchObject({
      id: 'demo-owner',
      from: { id: 'demo-manager' },
    })
  })
})

test('the briefing may be corrected by both sides, whoever has the call in hand', async () => {
  const { escalation } = await asked()
  for (const token of [owner, desk.tokens.csr])
    expect((await change(escalation, { briefing: { mood: `Calm ${token.length}` } }, token)).status).toBe(200)
})

test('a call that nobody has in hand is in the hand of whoever changes its transfer', async () => {
  const { id, escalation } = await asked()
  await ask(desk.server.url, `DELETE /api/v1/calls/${id}/claim`, { token: desk.tokens.manager })
  await change(escalation, { fallback: 'callback' }, owner)
  expect((await detail(id)).call.claimed_by?.id).toBe('demo-owner')
})

test('a request that somebody has taken meanwhile is not withdrawn by who only wanted it while it waits', async () => {
  const { id, escalation } = await bridged()
  const answer = await change<Refused>(escalation, { status: 'cancelled', if_status: 'pending' })
  expect([answer.status, answer.body.error.message]).toEqual([409, 'Priya Raman has the call.'])
  expect((await escalationOf(id)).status).toBe('in_progress')
})

test('a request that still waits is', async () => {
  const { escalation } = await asked()
  const done = await change(escalation, { status: 'cancelled', if_status: 'pending' })
  expect([done.status, done.body.escalation.status]).toEqual([200, 'cancelled'])
})
