import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import type { CallDetail } from '#contract/call-endpoints.ts'
import type { InterventionState } from '#contract/transcript.ts'
import { type Refused, ask } from '#tests/support/ask.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callEnded, callStarted } from '#tests/support/facts.ts'
import { handTimers } from '#tests/support/hand-timers.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

interface Ended {
  success: boolean
  message: string
  call: Call
  command_id: string
  state: InterventionState
}

/** How long an answer waits for the call to end, as the server has it. */
const endWaitMs = 4000

let server: TestServer
let token: string
const timers = handTimers()
let calls = 0

beforeAll(async () => {
  server = await startServer({ clock: timers.clock })
  token = await server.token('manager')
})
afterAll(() => server.close())
beforeEach(() => {
  server.commands.length = 0
  server.answer = obedient
})

/** A platform that hangs up at once and says so afterwards. */
const obedient: TestServer['answer'] = (command) => {
  setImmediate(() => void server.submit([callEnded(command.callId)]))
  return { state: 'delivered' }
}

async function liveCall(): Promise<string> {
  const id = `e${++calls}`
  await server.submit([callStarted(id)])
  return id
}
const end = <B = Ended>(callId: string, body: unknown = {}, by = token) =>
  ask<B>(server.url, `POST /api/v1/calls/${callId}/end`, { token: by, body })
const detail = async (callId: string) =>
  (await ask<CallDetail>(server.url, `GET /api/v1/calls/${callId}`, { token })).body
const notesOf = async (callId: string) => ((await detail(callId)).manager_notes ?? []).map(({ note }) => note)

test('the answer waits for the call to end and shows it as it ended', async () => {
  const id = await liveCall()
  const { status, body } = await end(id, { reason: 'Wrong number' })
  expect(status).toBe(200)
  expect(body).toMatchObject({ success: true, message: 'Call ended.', state: 'applied' })
  expect(body.call).toMatchObject({ id, status: 'completed', duration_seconds: expect.any(Number) })
  expect(server.commands).toMatchObject([{ action: 'end', callId: id, reason: 'Wrong number' }])
})

test('ending an ended call succeeds, tells the platform nothing and changes nothing', async () => {
  const id = await liveCall()
  const first = await end(id)
  const second = await end(id)
  expect(second.status).toBe(200)
  expect(second.body).toMatchObject({ success: true, state: 'applied' })
  expect(second.body.call).toEqual(first.body.call)
  expect(server.commands).toHaveLength(1)
})

test('two supervisors end the call in the same moment: both succeed', async () => {
  const id = await liveCall()
  const answers = await Promise.all([end(id), end(id, {}, await server.token('owner'))])
  expect(answers.map(({ status, body }) => [status, body.success, body.call.status])).toEqual([
    [200, true, 'completed'],
    [200, true, 'completed'],
  ])
})

test('who is too late because somebody is ending the call already has it ended, and the note kept', async () => {
  const id = await liveCall()
  server.answer = () => ({ state: 'delivered' })
  const first = end(id)
  await eventually(async () => {
    expect((await detail(id)).interventions?.at(-1)?.state).toBe('delivered')
  })
  const second = end(id, { notes: 'Both of us.' }, await server.token('owner'))
  await server.submit([callEnded(id)])
  const answers = [await first, await second]
  expect(answers.map(({ status, body }) => [status, body.success, body.call.status])).toEqual([
    [200, true, 'completed'],
    [200, true, 'completed'],
  ])
  expect(server.commands).toHaveLength(1)
  expect(await notesOf(id)).toEqual(['Both of us.'])
})

test('who wants to end a call that somebody else has and does not end is told who has it', async () => {
  const id = await liveCall()
  server.answer = () => ({ state: 'delivered' })
  await ask(server.url, `POST /api/v1/calls/${id}/intervene`, { token, body: { action: 'pause' } })
  const { status, body } = await end<Refused>(id, {}, await server.token('owner'))
  expect([status, body.error.code]).toEqual([409, 'CALL_CLAIMED'])
})

test('the call ends by itself just before the act is stored: that is a success too', async () => {
  const id = await liveCall()
  await server.submit([callEnded(id)])
  await server.submit([
    {
      event: 'desk.intervention',
      data: {
        call_id: id,
        command_id: 'end-late-1',
        action: 'end',
        by: { id: 'demo-manager', name: 'Dana' },
      },
    },
  ])
  const { body } = await end(id, { command_id: 'end-late-1' })
  expect(body).toMatchObject({ success: true, command_id: 'end-late-1', state: 'applied' })
  expect((await detail(id)).interventions?.map(({ state }) => state)).toEqual(['applied'])
})

test('the same command_id again is one command and one note', async () => {
  const id = await liveCall()
  const body = { command_id: 'end-again-1', notes: 'Caller was rude.' }
  const answers = await Promise.all([end(id, body), end(id, body)])
  answers.push(await end(id, body))
  expect(answers.map((answer) => [answer.status, answer.body.command_id])).toEqual(
    Array.from({ length: 3 }, () => [200, 'end-again-1']),
  )
  expect(server.commands).toHaveLength(1)
  expect(await notesOf(id)).toEqual(['Caller was rude.'])
})

test('notes are kept with the call, also when it had ended before they came, and once', async () => {
  const id = await liveCall()
  await end(id, { notes: '  Sent an invoice.  ' })
  expect(await notesOf(id)).toEqual(['Sent an invoice.'])
  expect((await detail(id)).manager_notes?.[0]).toMatchObject({ category: 'end', author_id: 'demo-manager' })
  await end(id, { notes: 'And a map.' })
  await end(id, { notes: 'And a map.' })
  expect(await notesOf(id)).toEqual(['Sent an invoice.', 'And a map.'])
})

test('a platform that has the command but is slow: the answer says delivered and the call is still live', async () => {
  const id = await liveCall()
  server.answer = () => ({ state: 'delivered' })
  const answer = end(id)
  await eventually(async () => {
    expect((await detail(id)).interventions?.at(-1)?.state).toBe('delivered')
  })
  timers.fire(endWaitMs)
  const { body } = await answer
  expect(body).toMatchObject({
    success: true,
    message: 'Asked the voice platform to end the call.',
    state: 'delivered',
    call: { status: 'in_progress' },
  })
  await server.submit([callEnded(id)])
  expect((await detail(id)).interventions?.at(-1)?.state).toBe('applied')
})

test('a platform that refuses to hang up: no success, its reason, and a live call', async () => {
  const id = await liveCall()
  server.answer = () => ({ state: 'refused', detail: 'The line is held by the police.' })
  const answer = end(id)
  await eventually(async () => {
    expect((await detail(id)).interventions?.at(-1)?.state).toBe('refused')
  })
  timers.fire(endWaitMs)
  expect((await answer).body).toMatchObject({
    success: false,
    message: 'The line is held by the police.',
    state: 'refused',
    call: { status: 'in_progress' },
  })
})

test('an escalation that waits is cancelled with the call, one under way is completed', async () => {
  const [waiting, talking] = [await liveCall(), await liveCall()]
  await server.submit([
    { event: 'escalation.triggered', data: { call_id: waiting, escalation: {} } },
    { event: 'escalation.triggered', data: { call_id: talking, escalation: { status: 'in_progress' } } },
  ])
  await Promise.all([end(waiting), end(talking)])
  expect((await detail(waiting)).escalation?.status).toBe('cancelled')
  expect((await detail(talking)).escalation?.status).toBe('completed')
})

test('words that are too long are refused by their field, an unknown call does not exist', async () => {
  const id = await liveCall()
  const long = await end<Refused>(id, { reason: 'x'.repeat(501), notes: 'y'.repeat(4001) })
  expect(long.status).toBe(400)
  expect(long.body.error.details?.map((fault) => fault.field)).toEqual(['body.reason', 'body.notes'])
  expect((await end<Refused>('nowhere')).body.error.code).toBe('CALL_NOT_FOUND')
})

test('a csr may not end a call, not even their own', async () => {
  const id = await liveCall()
  await server.submit([{ event: 'call.updated', data: { call: { id, assigned_agent_id: 'agent-priya' } } }])
  const answer = await end<Refused>(id, {}, await server.token('csr'))
  expect([answer.status, answer.body.error.code]).toEqual([403, 'FORBIDDEN'])
})
