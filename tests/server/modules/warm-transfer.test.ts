import { expect, test } from 'vitest'
import type { FollowUp } from '#contract/follow-up.ts'
import { type Changed, createTransferDesk } from '#tests/server/modules/transfer-desk.ts'
import { type Refused, ask } from '#tests/support/ask.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { connect } from '#tests/support/protocol-client.ts'
import { startServer } from '#tests/support/server.ts'

const desk = createTransferDesk()
const { change, detail, escalate, escalationOf, liveCall, reaches, reported, transfers } = desk

test('asking for a person drafts the briefing from the call, tells the platform, and rings', async () => {
  const id = await liveCall()
  await desk.server.submit([
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
    desk.server.url,
    `GET /api/v1/calls/${id}/interactions`,
    { token: desk.tokens.manager },
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
  desk.pass(4000)
  await eventually(() => expect(transfers()).toHaveLength(2))
  const second = transfers()[1]
  expect(second?.agent.id).not.toBe('agent-marcus')
  await reaches(id, 'ringing')
  await desk.server.submit([
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
    desk.pass(41_000)
    await reaches(id, 'timed_out')
    desk.pass(4000)
  }
  const told = await eventually(() => {
    const command = desk.server.commands.find(({ action }) => action === 'cancel_transfer')
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
  // Nobody has the call in hand any more, so the transfer alone decides.
  await ask(desk.server.url, `DELETE /api/v1/calls/${id}/claim`, { token: desk.tokens.manager })
  const answers = await Promise.all([
    change<Changed & Refused>(escalation, { status: 'in_progress' }, desk.tokens.manager),
    change<Changed & Refused>(escalation, { status: 'in_progress' }, desk.tokens.dispatcher),
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
  const own = await change(escalation, { confirm_briefing: true }, desk.tokens.csr)
  expect(own.status).toBe(200)
  expect(own.body.escalation.briefing?.confirmed_by).toMatchObject({ id: 'demo-csr' })
  const again = await change(escalation, { briefing: { wants: 'A new boiler' } }, desk.tokens.csr)
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
  await desk.server.submit([callEnded(id)])
  expect(await escalationOf(id)).toMatchObject({ status: 'cancelled', transfer: { state: 'cancelled' } })
  const { body } = await ask<{ followups: FollowUp[] }>(
    desk.server.url,
    `GET /api/v1/followups?call_id=${id}`,
    {
      token: desk.tokens.manager,
    },
  )
  expect(body.followups).toMatchObject([
    { call_id: id, status: 'open', reason: expect.stringContaining('Marcus Bell was being asked') },
  ])
})

test('with a call back as the fallback the caller hears so, and it is on the list', async () => {
  const id = await liveCall()
  const { id: escalation } = await escalate(id)
  await change(escalation, { fallback: 'callback' })
  await change(escalation, { status: 'rejected', reason: 'Nobody may drive out today.' })
  desk.pass(4000)
  await eventually(() =>
    expect(desk.server.commands.find(({ action }) => action === 'cancel_transfer')).toMatchObject({
      text: expect.stringContaining('call you back'),
    }),
  )
  expect((await escalationOf(id)).transfer).toMatchObject({ outcome: 'callback' })
  const { body } = await ask<{ followups: FollowUp[] }>(
    desk.server.url,
    `GET /api/v1/followups?call_id=${id}`,
    {
      token: desk.tokens.manager,
    },
  )
  expect(body.followups).toHaveLength(1)
})

test('every state comes over the calls stream as it happens', async () => {
  const client = await connect(desk.server.url, 'websocket', desk.tokens.manager)
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
  const database = await openTestDatabase({ demo: true })
  const before = await startServer({ clock: desk.clock, database })
  const token = await before.token('manager')
  await before.submit([callStarted('kept', { business_id: 'roofing' })])
  await ask(before.url, 'POST /api/v1/calls/kept/escalate', { token, body: { agent_id: 'agent-marcus' } })
  await reaches('kept', 'ringing', before, token)
  await before.close()
  desk.pass(41_000)
  const after = await startServer({ clock: desk.clock, database })
  await reaches('kept', 'timed_out', after, token)
  desk.pass(4000)
  await eventually(() => expect(after.commands.find(({ action }) => action === 'transfer')).toBeDefined())
  await after.close()
  await database.close()
})
