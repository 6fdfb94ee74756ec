import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CallDetail } from '#contract/call-endpoints.ts'
import type { EscalationItem } from '#contract/escalation-endpoints.ts'
import type { FollowUp } from '#contract/follow-up.ts'
import type { TelephonyEvent } from '#contract/telephony.ts'
import type { Pagination } from '#contract/primitives.ts'
import type { Escalation } from '#contract/transcript.ts'
import { openDatabase } from '#server/db/database.ts'
import { type Clock, systemClock } from '#server/domain/clock.ts'
import { type Refused, ask } from '#tests/support/ask.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { connect } from '#tests/support/protocol-client.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

interface Changed {
  escalation: Escalation
  message: string
}

let server: TestServer
let manager: string
let dispatcher: string
let csr: string
let ahead = 0
const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead }
let calls = 0

beforeAll(async () => {
  server = await startServer({ clock, deliverTimeoutMs: 100 })
  manager = await server.token('manager')
  dispatcher = await server.token('dispatcher')
  csr = await server.token('csr')
})
afterAll(() => server.close())
beforeEach(async () => {
  server.commands.length = 0
  server.answer = () => ({ state: 'delivered' })
})
// A test's calls end with it, and so everybody is free for the next one.
afterEach(async () => {
  await server.app.acts.idle()
  const live = await server.database.db.selectFrom('calls').select('id').where('live', '=', true).execute()
  await server.submit(live.map(({ id }) => callEnded(id)))
})

async function liveCall(over: Parameters<typeof callStarted>[1] = {}): Promise<string> {
  const id = `warm-${++calls}`
  await server.submit([callStarted(id, { business_id: 'roofing', contact_name: 'Marisol Trevino', ...over })])
  return id
}
const detail = async (id: string, on = server, token = manager) =>
  (await ask<CallDetail>(on.url, `GET /api/v1/calls/${id}`, { token })).body
const escalationOf = async (id: string, on = server, token = manager) =>
  (await detail(id, on, token)).escalation as Escalation
async function escalate(id: string, body: unknown = {}): Promise<Escalation> {
  const { body: answer } = await ask<Changed>(server.url, `POST /api/v1/calls/${id}/escalate`, {
    token: manager,
    body,
  })
  await reaches(id, 'ringing')
  return answer.escalation
}
const change = <B = Changed>(id: number, body: unknown, token = manager) =>
  ask<B>(server.url, `PATCH /api/v1/escalations/${id}`, { token, body })
const reaches = (id: string, state: string, on = server, token = manager) =>
  eventually(async () => {
    const escalation = await escalationOf(id, on, token)
    expect(escalation.transfer?.state).toBe(state)
    return escalation
  })
const transfers = () => server.commands.flatMap((command) => (command.action === 'transfer' ? [command] : []))
const reported = (
  call_id: string,
  escalation: Extract<TelephonyEvent, { event: 'escalation.updated' }>['data']['escalation'],
) => server.submit([{ event: 'escalation.updated', data: { call_id, escalation } }])

test('asking for a person drafts the briefing from the call, tells the platform, and rings', async () => {
  const id = await liveCall()
  await server.submit([
    lineSaid(id, '1', { text: 'My roof is leaking into the kitchen.' }),
    lineSaid(id, '2', { speaker: 'ai', text: "I'll send a crew tomorrow at nine." }),
  ])
  const { transfer, briefing } = await escalate(id, { agent_id: 'agent-marcus', reason: 'Water damage' })
  expect(transfer).toMatchObject({
    state: 'briefing',
    by: { id: 'demo-manager', name: 'Dana Whitfield' },
    agent: { id: 'agent-marcus', name: 'Marcus Bell' },
    fallback: 'next_agent',
  })
  expect(briefing).toMatchObject({
    who: 'Marisol Trevino · Alamo Roofing',
    wants: { text: 'My roof is leaking into the kitchen.' },
    promised: [{ text: "I'll send a crew tomorrow at nine." }],
  })
  const said = await ask<{ interactions: { id: number; text: string }[] }>(
    server.url,
    `GET /api/v1/calls/${id}/interactions`,
    { token: manager },
  )
  const line = said.body.interactions.find(({ id: lineId }) => lineId === briefing?.wants.line_id)
  expect(line?.text).toContain('leaking')
  expect(transfers()[0]?.briefing).toContain('leaking into the kitchen')
})

test('who says no is not asked again: the next free agent by skill is rung, then takes it and speaks', async () => {
  const id = await liveCall()
  await escalate(id, { agent_id: 'agent-marcus' })
  await reported(id, { transfer: { state: 'rejected', reason: 'Marcus Bell is on a roof.' } })
  expect(await escalationOf(id)).toMatchObject({ status: 'pending', transfer: { state: 'rejected' } })
  ahead += 4000
  await eventually(() => expect(transfers()).toHaveLength(2))
  const second = transfers()[1]
  expect(second?.agent.id).not.toBe('agent-marcus')
  await reaches(id, 'ringing')
  await server.submit([
    { event: 'intervention.updated', data: { call_id: id, command_id: second?.id ?? '', state: 'applied' } },
  ])
  const { call, escalation } = await detail(id)
  expect(call).toMatchObject({ status: 'escalated', escalation_status: 'in_progress', answered_by: 'human' })
  expect(escalation).toMatchObject({
    status: 'in_progress',
    assigned_agent_id: second?.agent.id,
    transfer: {
      state: 'bridged',
      attempts: [
        { agent: { id: 'agent-marcus' }, state: 'rejected', reason: 'Marcus Bell is on a roof.' },
        { agent: { id: second?.agent.id }, state: 'bridged' },
      ],
    },
  })
})

test('who lets it ring too long is given up; after three the AI goes on and says sorry', async () => {
  const id = await liveCall()
  await escalate(id)
  for (let round = 1; round <= 3; round++) {
    await eventually(() => expect(transfers()).toHaveLength(round))
    await reaches(id, 'ringing')
    ahead += 41_000
    await reaches(id, 'timed_out')
    ahead += 4000
  }
  const told = await eventually(() => {
    const command = server.commands.find(({ action }) => action === 'cancel_transfer')
    expect(command).toBeDefined()
    return command
  })
  expect(told).toMatchObject({ text: expect.stringMatching(/^I'm sorry/), by: { name: 'Callboard' } })
  const { call, escalation } = await detail(id)
  expect(escalation).toMatchObject({
    status: 'cancelled',
    transfer: { state: 'timed_out', outcome: 'back_to_ai' },
  })
  expect(escalation?.transfer?.attempts).toHaveLength(3)
  expect(call).toMatchObject({ status: 'in_progress' })
  expect(call.escalation_status).toBeUndefined()
})

test('two who take it at once: one has it, the other is told who', async () => {
  const id = await liveCall()
  const { id: escalation } = await escalate(id)
  const answers = await Promise.all([
    change<Changed & Refused>(escalation, { status: 'in_progress' }, manager),
    change<Changed & Refused>(escalation, { status: 'in_progress' }, dispatcher),
  ])
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409])
  const lost = answers.find(({ status }) => status === 409)?.body
  const held = await escalationOf(id)
  const holder = held.transfer?.agent
  expect(['demo-manager', 'demo-dispatcher']).toContain(holder?.id)
  expect(lost?.error).toMatchObject({
    code: 'CONFLICT',
    message: `${holder?.name} has the call.`,
    details: { holder },
  })
  await eventually(() => expect(transfers().filter(({ answered }) => answered)).toHaveLength(1))
  expect(transfers().at(-1)?.agent.id).toBe(holder?.id)
})

test('handed back, the AI is told what was promised, and the escalation is completed', async () => {
  const id = await liveCall()
  const { id: escalation } = await escalate(id, { agent_id: 'agent-marcus' })
  await reported(id, { transfer: { state: 'bridged' } })
  const { status, body } = await change(escalation, {
    status: 'completed',
    promised: ['A crew on Thursday at nine', 'No charge for the tarp'],
  })
  expect([status, body.message]).toEqual([200, 'The call goes back to Ava.'])
  expect(body.escalation).toMatchObject({
    status: 'completed',
    transfer: { state: 'completed', promised: ['A crew on Thursday at nine', 'No charge for the tarp'] },
  })
  expect((await detail(id)).call).toMatchObject({ status: 'in_progress', escalation_status: 'completed' })
  await eventually(() =>
    expect(server.commands.find(({ action }) => action === 'hand_back')).toMatchObject({
      text: 'Marcus Bell promised: A crew on Thursday at nine; No charge for the tarp.',
    }),
  )
  expect((await change(escalation, { status: 'completed' })).body.message).toBe('Already done.')
})

test('the briefing is corrected by the desk and confirmed by the receiver alone', async () => {
  const id = await liveCall({ business_id: 'plumbing' })
  const { id: escalation } = await escalate(id, { agent_id: 'agent-priya' })
  const edited = await change(escalation, { briefing: { promised: ['Somebody today'] } })
  expect(edited.body.escalation.briefing).toMatchObject({
    promised: [{ text: 'Somebody today' }],
    edited_by: { name: 'Dana Whitfield' },
  })
  const other = await change<Refused>(escalation, { confirm_briefing: true })
  expect([other.status, other.body.error.message]).toEqual([
    409,
    'Only Priya Raman can confirm having read it.',
  ])
  const own = await change(escalation, { confirm_briefing: true }, csr)
  expect(own.status).toBe(200)
  expect(own.body.escalation.briefing?.confirmed_by).toMatchObject({ id: 'demo-csr' })
  const again = await change(escalation, { briefing: { wants: 'A new boiler' } }, csr)
  expect(again.body.escalation.briefing?.confirmed_at).toBeUndefined()
})

test('a person whom the platform knows confirms through it', async () => {
  const id = await liveCall()
  await escalate(id, { agent_id: 'agent-marcus' })
  await reported(id, { transfer: { state: 'bridged' } })
  await reported(id, { transfer: { state: 'bridged', read_briefing: true } })
  expect((await escalationOf(id)).briefing?.confirmed_by).toEqual({ id: 'agent-marcus', name: 'Marcus Bell' })
})

test('a caller who hangs up while a person is wanted is owed a call', async () => {
  const id = await liveCall()
  await escalate(id, { agent_id: 'agent-marcus' })
  await server.submit([callEnded(id)])
  expect(await escalationOf(id)).toMatchObject({ status: 'cancelled', transfer: { state: 'cancelled' } })
  const { body } = await ask<{ followups: FollowUp[] }>(server.url, `GET /api/v1/followups?call_id=${id}`, {
    token: manager,
  })
  expect(body.followups).toMatchObject([
    { call_id: id, status: 'open', reason: expect.stringContaining('Marcus Bell was being asked') },
  ])
})

test('with a call back as the fallback the caller hears so, and it is on the list', async () => {
  const id = await liveCall()
  const { id: escalation } = await escalate(id)
  await change(escalation, { fallback: 'callback' })
  await change(escalation, { status: 'rejected', reason: 'Nobody may drive out today.' })
  ahead += 4000
  await eventually(() =>
    expect(server.commands.find(({ action }) => action === 'cancel_transfer')).toMatchObject({
      text: expect.stringContaining('call you back'),
    }),
  )
  expect((await escalationOf(id)).transfer).toMatchObject({ outcome: 'callback' })
  const { body } = await ask<{ followups: FollowUp[] }>(server.url, `GET /api/v1/followups?call_id=${id}`, {
    token: manager,
  })
  expect(body.followups).toHaveLength(1)
})

test('the queue has who waits longest on top, and "mine" those one is asked for', async () => {
  const first = await liveCall()
  const second = await liveCall({ business_id: 'plumbing' })
  await escalate(first, { agent_id: 'agent-marcus' })
  await escalate(second, { agent_id: 'agent-priya' })
  const list = async (query: string, token: string) =>
    (
      await ask<{ escalations: EscalationItem[]; pagination: Pagination }>(
        server.url,
        `GET /api/v1/escalations?${query}`,
        { token },
      )
    ).body
  const open = await list('status=pending,in_progress', manager)
  expect(open.escalations.map(({ call_id }) => call_id)).toEqual([first, second])
  expect(open.escalations[0]?.call).toMatchObject({
    contact_name: 'Marisol Trevino',
    business_name: 'Alamo Roofing',
  })
  expect(open.pagination).toMatchObject({ page: 1, total: 2, has_next: false })
  const mine = await list('status=pending&mine=true', csr)
  expect(mine.escalations.map(({ call_id }) => call_id)).toEqual([second])
  expect((await list('status=pending', await server.token('acme'))).escalations).toEqual([])
})

test('another company’s escalation does not exist, and a viewer may look and not touch', async () => {
  const { id } = await escalate(await liveCall())
  const foreign = await change<Refused>(id, { status: 'in_progress' }, await server.token('acme'))
  expect([foreign.status, foreign.body.error.code]).toEqual([404, 'NOT_FOUND'])
  const viewer = await change<Refused>(id, { status: 'in_progress' }, await server.token('viewer'))
  expect(viewer.status).toBe(403)
})

test.each([
  [{}, 'body.status'],
  [{ status: 'pending' }, 'body.agent_id'],
  [{ status: 'in_progress', promised: ['x'] }, 'body.promised'],
  [{ status: 'in_progress', agent_id: 'nobody' }, 'body.agent_id'],
])('a change that makes no sense names its field: %j', async (body, field) => {
  const { id } = await escalate(await liveCall())
  const { status, body: refused } = await change<Refused>(id, body)
  expect([status, refused.error.details?.[0]?.field]).toEqual([400, field])
})

test('what cannot be done from where the transfer stands is refused in words', async () => {
  const { id } = await escalate(await liveCall())
  const early = await change<Refused>(id, { status: 'completed' })
  expect([early.status, early.body.error.message]).toEqual([
    409,
    'Nobody has taken it yet; withdraw it instead.',
  ])
  await change(id, { status: 'cancelled' })
  const late = await change<Refused>(id, { status: 'in_progress' })
  expect(late.status).toBe(409)
})

test('every state comes over the calls stream as it happens', async () => {
  const client = await connect(server.url, 'websocket', manager)
  client.send('subscribe', { type: 'all_calls', since: 0 })
  const id = await liveCall()
  const states = () =>
    client.frames.flatMap((frame) =>
      'data' in frame && 'escalation' in frame.data && frame.data.escalation.call_id === id
        ? [frame.data.escalation.transfer?.state]
        : [],
    )
  await client.until((frames) => frames.some(({ event }) => event === 'subscribed'))
  await escalate(id, { agent_id: 'agent-marcus' })
  await eventually(() => expect(states()).toEqual(expect.arrayContaining(['briefing', 'ringing'])))
  await reported(id, { transfer: { state: 'bridged' } })
  await eventually(() => expect(states().at(-1)).toBe('bridged'))
  client.close()
})

test('a restart forgets no deadline', async () => {
  const database = await openDatabase({})
  const before = await startServer({ clock, database })
  const token = await before.token('manager')
  await before.submit([callStarted('kept', { business_id: 'roofing' })])
  await ask(before.url, 'POST /api/v1/calls/kept/escalate', { token, body: { agent_id: 'agent-marcus' } })
  await reaches('kept', 'ringing', before, token)
  await before.close()
  ahead += 41_000
  const after = await startServer({ clock, database })
  await reaches('kept', 'timed_out', after, token)
  ahead += 4000
  await eventually(() => expect(after.commands.find(({ action }) => action === 'transfer')).toBeDefined())
  await after.close()
  await database.close()
})
