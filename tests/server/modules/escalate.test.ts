import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { HumanAgent } from '#contract/agent.ts'
import type { CallDetail } from '#contract/call-endpoints.ts'
import type { Escalation, InterventionState } from '#contract/transcript.ts'
import { demoAgents } from '#server/demo-floor.ts'
import { type Refused, ask } from '#tests/support/ask.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

interface Asked {
  escalation: Escalation
  message: string
  command_id: string
  state: InterventionState
}

let server: TestServer
let token: string

/** Calls of the test that runs: one about a car, one about a roof. */
let car = ''
let roof = ''
let round = 0

beforeAll(async () => {
  server = await startServer()
  token = await server.token('manager')
})
afterAll(() => server.close())
beforeEach(async () => {
  round += 1
  car = `car-${round}`
  roof = `roof-${round}`
  server.commands.length = 0
  server.answer = () => ({ state: 'delivered' })
  await server.submit([
    callStarted(car, { business_id: 'auto' }),
    callStarted(roof, { business_id: 'roofing' }),
  ])
})
// A test's calls end with it, and so everybody is free for the next one.
afterEach(async () => {
  await server.app.acts.idle()
  const live = await server.database.db.selectFrom('calls').select('id').where('live', '=', true).execute()
  await server.submit(live.map(({ id }) => callEnded(id)))
})

const escalate = <B = Asked>(callId: string, body: unknown = {}, by = token) =>
  ask<B>(server.url, `POST /api/v1/calls/${callId}/escalate`, { token: by, body })
const detail = async (callId: string) =>
  (await ask<CallDetail>(server.url, `GET /api/v1/calls/${callId}`, { token })).body
const freeAgents = async () =>
  (
    await ask<{ agents: HumanAgent[] }>(server.url, 'GET /api/v1/agents?is_available=true', { token })
  ).body.agents
    .map(({ id }) => id)
    .sort()

test('without a name the agent with the skill and the fewest calls is asked', async () => {
  const { status, body } = await escalate(car, { reason: 'Brakes', context_note: 'Speaks Spanish' })
  expect(status).toBe(200)
  expect(body.message).toBe('Asked Jorge Amador to take the call.')
  expect(body.escalation).toMatchObject({
    call_id: car,
    status: 'pending',
    trigger_type: 'manual',
    assigned_agent_id: 'agent-jorge',
    agent_name: 'Jorge Amador',
    context_data: { reason: 'Brakes', context_note: 'Speaks Spanish', requested_by: 'Dana Whitfield' },
  })
  await server.app.acts.idle()
  expect(server.commands).toMatchObject([
    {
      action: 'transfer',
      id: body.command_id,
      agent: { id: 'agent-jorge', name: 'Jorge Amador', phoneNumber: '+12105550153' },
      reason: 'Brakes',
      contextNote: 'Speaks Spanish',
    },
  ])
  expect((await detail(car)).call.escalation_status).toBe('pending')
})

test('an agent who was asked is busy: the next call gets another, and asking for them by name is refused', async () => {
  await escalate(roof, { agent_id: 'agent-wen' })
  expect(await freeAgents()).not.toContain('agent-wen')
  const named = await escalate<Refused>(car, { agent_id: 'agent-wen' })
  expect([named.status, named.body.error.code]).toEqual([400, 'NO_AGENT_AVAILABLE'])
  expect(named.body.error.message).toContain('Wen Zhao')
  expect((await detail(car)).escalation).toBeUndefined()
  expect((await escalate(car)).body.escalation.assigned_agent_id).toBe('agent-jorge')
})

test('when everybody is busy nobody is asked and the answer says so', async () => {
  const ids = demoAgents.map(({ id }) => id)
  await server.submit(ids.map((id) => callStarted(`busy-${round}-${id}`)))
  for (const id of ids) expect((await escalate(`busy-${round}-${id}`, { agent_id: id })).status).toBe(200)
  const answer = await escalate<Refused>(car)
  expect([answer.status, answer.body.error.code]).toEqual([400, 'NO_AGENT_AVAILABLE'])
  await server.submit([callEnded(`busy-${round}-agent-leila`)])
  expect((await escalate(car)).body.escalation.assigned_agent_id).toBe('agent-leila')
})

test('an agent nobody knows is refused by the field', async () => {
  const answer = await escalate<Refused>(car, { agent_id: 'agent-nobody' })
  expect(answer.status).toBe(400)
  expect(answer.body.error.details?.[0]?.field).toBe('body.agent_id')
})

test('asking again returns the request that is open, whoever asks and for whomever', async () => {
  const first = await escalate(car)
  await server.app.acts.idle()
  const second = await escalate(car, { agent_id: 'agent-owen' }, await server.token('owner'))
  expect(second.body).toMatchObject({ message: 'Jorge Amador was asked already.', state: 'delivered' })
  expect(second.body.escalation.id).toBe(first.body.escalation.id)
  const data = { call_id: car, escalation: { status: 'in_progress' as const } }
  await server.submit([{ event: 'escalation.updated', data }])
  const third = await escalate(car)
  expect(third.body).toMatchObject({ message: 'Jorge Amador has the call.', state: 'applied' })
  expect(server.commands).toHaveLength(1)
})

test('two supervisors ask in the same moment: one request, one agent, one transfer', async () => {
  const owner = await server.token('owner')
  const [mine, theirs] = await Promise.all([
    escalate(car, { agent_id: 'agent-wen' }),
    escalate(car, { agent_id: 'agent-leila' }, owner),
  ])
  await server.app.acts.idle()
  expect(mine.body.escalation.id).toBe(theirs.body.escalation.id)
  expect(mine.body.escalation.assigned_agent_id).toBe(theirs.body.escalation.assigned_agent_id)
  expect(server.commands).toHaveLength(1)
})

test('two calls in the same moment are never given to the same agent', async () => {
  const [one, two] = await Promise.all([escalate(car), escalate(roof)])
  expect(one.body.escalation.assigned_agent_id).not.toBe(two.body.escalation.assigned_agent_id)
})

test('the same command_id again is the same request', async () => {
  const body = { command_id: `escalate-${round}` }
  const [first, second] = await Promise.all([escalate(car, body), escalate(car, body)])
  expect(second.body.escalation.id).toBe(first.body.escalation.id)
  expect([first.body.command_id, second.body.command_id]).toEqual([`escalate-${round}`, `escalate-${round}`])
  await server.app.acts.idle()
  expect(server.commands).toHaveLength(1)
})

test('a request that a trigger opened is given an agent, and keeps why it was opened', async () => {
  await server.submit([lineSaid(car, 'l1', { text: 'I will call my lawyer about this.' })])
  const opened = (await detail(car)).escalation
  expect(opened).toMatchObject({ status: 'pending', trigger_type: 'keyword' })
  expect(opened?.assigned_agent_id).toBeUndefined()
  const { body } = await escalate(car, { reason: 'Angry' })
  expect(body.escalation).toMatchObject({
    id: opened?.id,
    trigger_type: 'keyword',
    assigned_agent_id: 'agent-jorge',
    context_data: { reason: 'Angry', requested_by: 'Dana Whitfield' },
  })
})

test('the agent accepts: the call is theirs and the receipt says applied', async () => {
  const { body } = await escalate(car)
  await server.app.acts.idle()
  const data = { call_id: car, escalation: { status: 'in_progress' as const } }
  await server.submit([{ event: 'escalation.updated', data }])
  const after = await detail(car)
  expect(after.call).toMatchObject({
    status: 'escalated',
    escalation_status: 'in_progress',
    assigned_agent: { id: 'agent-jorge', name: 'Jorge Amador' },
    answered_by: 'human',
  })
  expect(after.interventions).toMatchObject([{ command_id: body.command_id, state: 'applied' }])
})

test('a platform that will not transfer: the request is cancelled, the agent is free and may be asked again', async () => {
  server.answer = () => ({ state: 'refused', detail: 'The agent’s line is down.' })
  await escalate(car, { agent_id: 'agent-wen' })
  await eventually(async () => {
    const { call, escalation, interventions } = await detail(car)
    expect(interventions?.at(-1)).toMatchObject({ state: 'refused', detail: 'The agent’s line is down.' })
    expect([escalation?.status, call.escalation_status]).toEqual(['cancelled', undefined])
  })
  expect(await freeAgents()).toContain('agent-wen')
  server.answer = () => ({ state: 'delivered' })
  expect((await escalate(car, { agent_id: 'agent-leila' })).body.escalation.agent_name).toBe('Leila Farouk')
})

test('what a trigger asked for still waits after a transfer was refused, for somebody else', async () => {
  await server.submit([lineSaid(car, 'l1', { text: 'I will call my lawyer about this.' })])
  server.answer = () => ({ state: 'refused', detail: 'The agent’s line is down.' })
  const { body } = await escalate(car)
  await eventually(async () => {
    const { escalation } = await detail(car)
    expect([escalation?.status, escalation?.assigned_agent_id]).toEqual(['pending', undefined])
  })
  server.answer = () => ({ state: 'delivered' })
  const again = await escalate(car, { agent_id: 'agent-wen' })
  expect(again.body.escalation).toMatchObject({ id: body.escalation.id, assigned_agent_id: 'agent-wen' })
})

test('an ended call is not escalated, not even when it ended while the wish was on its way', async () => {
  await server.submit([callEnded(car)])
  const answer = await escalate<Refused>(car)
  expect([answer.status, answer.body.error.code]).toEqual([400, 'CALL_NOT_ACTIVE'])
  await server.submit([
    {
      event: 'desk.escalation',
      data: {
        call_id: car,
        agent: { id: 'agent-wen', name: 'Wen Zhao' },
        by: { id: 'demo-manager', name: 'Dana' },
      },
    },
  ])
  expect((await detail(car)).escalation).toBeUndefined()
  expect(await freeAgents()).toContain('agent-wen')
})

test('a csr escalates their own call and knows of no other', async () => {
  const csr = await server.token('csr')
  const own = `own-${round}`
  await server.submit([callStarted(own, { assigned_agent_id: 'agent-priya', business_id: 'auto' })])
  expect((await escalate(own, {}, csr)).body.escalation.assigned_agent_id).toBe('agent-jorge')
  const other = await escalate<Refused>(car, {}, csr)
  expect([other.status, other.body.error.code]).toEqual([404, 'CALL_NOT_FOUND'])
  const tech = await escalate<Refused>(own, {}, await server.token('tech'))
  expect(tech.status).toBe(403)
})
