// Giving a call back to the AI: the person stays on it until the platform has carried that out.
import { expect, test } from 'vitest'
import { createTransferDesk } from '#tests/server/modules/transfer-desk.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callEnded, lineSaid } from '#tests/support/facts.ts'

const desk = createTransferDesk()
const { change, detail, escalate, escalationOf, liveCall, reported } = desk

/** Marcus speaks with the caller. */
async function bridged() {
  const id = await liveCall()
  const { id: escalation } = await escalate(id, { agent_id: 'agent-marcus' })
  await reported(id, { transfer: { state: 'bridged' } })
  return { id, escalation }
}
const sent = () => desk.server.commands.filter(({ action }) => action === 'hand_back')
const receipt = (call_id: string, command_id: string, state: 'applied' | 'refused') =>
  desk.server.submit([{ event: 'intervention.updated', data: { call_id, command_id, state } }])
const stands = (id: string, state: string) =>
  eventually(async () => {
    const { status, transfer } = await escalationOf(id)
    expect([status, transfer?.state, transfer?.hand_back?.state]).toEqual(['in_progress', 'bridged', state])
    return transfer?.hand_back
  })

test('handed back, the AI is told what was promised, and when it has said so the escalation is completed', async () => {
  const { id, escalation } = await bridged()
  const promised = ['A crew on Thursday at nine', 'No charge for the tarp']
  const { status, body } = await change(escalation, { status: 'completed', promised })
  expect([status, body.message]).toEqual([200, 'Asked for the call to go back to Ava.'])
  expect(body.escalation).toMatchObject({
    status: 'in_progress',
    transfer: { state: 'bridged', hand_back: { by: { name: 'Dana Whitfield' }, promised } },
  })
  const wish = await stands(id, 'delivered')
  expect((await detail(id)).call).toMatchObject({ status: 'escalated', answered_by: 'human' })
  expect(sent()).toMatchObject([
    {
      id: wish?.command_id,
      text: 'Marcus Bell promised: A crew on Thursday at nine; No charge for the tarp.',
    },
  ])
  await desk.server.submit([
    lineSaid(id, 'back', {
      speaker: 'ai',
      text: "I'm back with you.",
      metadata: { command_id: wish?.command_id },
    }),
  ])
  const done = await detail(id)
  expect(done.escalation).toMatchObject({ status: 'completed', transfer: { state: 'completed', promised } })
  expect(done.escalation?.transfer?.hand_back).toBeUndefined()
  expect(done.call).toMatchObject({ status: 'in_progress', escalation_status: 'completed' })
  expect((await change(escalation, { status: 'completed' })).body.message).toBe('Already done.')
})

test('asked again while it is on its way, the platform is asked once', async () => {
  const { id, escalation } = await bridged()
  await Promise.all([
    change(escalation, { status: 'completed' }),
    change(escalation, { status: 'completed' }, desk.tokens.manager),
  ])
  await stands(id, 'delivered')
  const again = await change(escalation, { status: 'completed' })
  expect([again.status, again.body.message]).toEqual([200, 'The call is on its way back to Ava.'])
  expect(sent()).toHaveLength(1)
})

test('refused, the person stays on the call with the reason, and may ask again', async () => {
  const { id, escalation } = await bridged()
  desk.server.answer = ({ action }) =>
    action === 'hand_back' ? { state: 'refused', detail: 'Ava restarts.' } : { state: 'delivered' }
  await change(escalation, { status: 'completed', promised: ['A visit'] })
  expect(await stands(id, 'refused')).toMatchObject({ detail: 'Ava restarts.' })
  expect((await detail(id)).call).toMatchObject({ status: 'escalated', escalation_status: 'in_progress' })
  desk.server.answer = () => ({ state: 'delivered' })
  await change(escalation, { status: 'completed', promised: ['A visit'] })
  const wish = await stands(id, 'delivered')
  expect(new Set(sent().map(({ id: command }) => command)).size).toBe(2)
  await receipt(id, wish?.command_id ?? '', 'applied')
  expect(await escalationOf(id)).toMatchObject({
    status: 'completed',
    transfer: { promised: ['A visit'] },
  })
})

test('without an answer nobody claims that it was done; the platform’s late word settles it', async () => {
  const { id, escalation } = await bridged()
  desk.server.answer = () => new Promise(() => {})
  await change(escalation, { status: 'completed' })
  const wish = await stands(id, 'unknown')
  const again = await change(escalation, { status: 'completed' })
  expect(again.body.message).toBe('The voice platform has not answered yet; check what became of it.')
  await receipt(id, wish?.command_id ?? '', 'applied')
  expect(await escalationOf(id)).toMatchObject({ status: 'completed', transfer: { state: 'completed' } })
})

test('a late refusal after the platform took it leaves the person on the call', async () => {
  const { id, escalation } = await bridged()
  await change(escalation, { status: 'completed' })
  const wish = await stands(id, 'delivered')
  await receipt(id, wish?.command_id ?? '', 'refused')
  expect(await stands(id, 'refused')).toMatchObject({ command_id: wish?.command_id })
})

test('a request that is withdrawn while a person has the call is withdrawn when the AI has it again', async () => {
  const { id, escalation } = await bridged()
  await change(escalation, { status: 'cancelled', reason: 'Marcus is needed elsewhere.' })
  const wish = await stands(id, 'delivered')
  expect(wish?.ends_as).toBe('cancelled')
  await receipt(id, wish?.command_id ?? '', 'applied')
  expect(await escalationOf(id)).toMatchObject({
    status: 'cancelled',
    transfer: { state: 'cancelled', reason: 'Marcus is needed elsewhere.' },
  })
})

test('a caller who hangs up on the way back was promised what was promised', async () => {
  const { id, escalation } = await bridged()
  await change(escalation, { status: 'completed', promised: ['A visit'] })
  await stands(id, 'delivered')
  await desk.server.submit([callEnded(id)])
  const { escalation: settled, interventions } = await detail(id)
  expect(settled).toMatchObject({ status: 'completed', transfer: { promised: ['A visit'] } })
  expect(interventions?.find(({ action }) => action === 'hand_back')).toMatchObject({ state: 'refused' })
})

test('a platform that says itself that the person is done completes it, with what was promised', async () => {
  const { id, escalation } = await bridged()
  await change(escalation, { status: 'completed', promised: ['A visit'] })
  await stands(id, 'delivered')
  await desk.server.submit([{ event: 'escalation.completed', data: { call_id: id } }])
  expect(await escalationOf(id)).toMatchObject({
    status: 'completed',
    transfer: { state: 'completed', promised: ['A visit'] },
  })
})
