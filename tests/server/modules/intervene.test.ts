import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CallDetail } from '#contract/call-endpoints.ts'
import type { Intervention, InterventionState } from '#contract/transcript.ts'
import type { ControlAnswer } from '#server/domain/voice-platform.ts'
import { type Refused, ask } from '#tests/support/ask.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { handTimers } from '#tests/support/hand-timers.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'
import { eventually } from '#tests/support/eventually.ts'

interface Receipt {
  success: boolean
  message: string
  command_id: string
  state: InterventionState
}

let server: TestServer
let token: string
let other: string
const timers = handTimers()
let calls = 0

beforeAll(async () => {
  server = await startServer({ clock: timers.clock })
  token = await server.token('manager')
  other = await server.token('dispatcher')
})
afterAll(() => server.close())
beforeEach(() => {
  server.commands.length = 0
  server.answer = () => ({ state: 'delivered' })
})

async function liveCall(): Promise<string> {
  const id = `c${++calls}`
  await server.submit([callStarted(id)])
  return id
}
const intervene = <B = Receipt>(callId: string, body: unknown, by = token) =>
  ask<B>(server.url, `POST /api/v1/calls/${callId}/intervene`, { token: by, body })
const detail = async (callId: string) =>
  (await ask<CallDetail>(server.url, `GET /api/v1/calls/${callId}`, { token })).body
const acts = async (callId: string): Promise<Intervention[]> => (await detail(callId)).interventions ?? []
/** The receipt once it reached a state. */
const settled = (callId: string, state: InterventionState) =>
  eventually(async () => {
    const act = (await acts(callId)).at(-1)
    expect(act?.state).toBe(state)
    return act as Intervention
  })

test('a message reaches the platform with its words and its author, and the receipt says delivered', async () => {
  const id = await liveCall()
  const answer = await intervene(id, { action: 'send_message', message: '  We come at nine.  ' })
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({ success: true, message: 'Message sent to the AI.', state: 'sent' })
  await settled(id, 'delivered')
  expect(server.commands).toEqual([
    {
      id: answer.body.command_id,
      companyId: 'demo',
      callId: id,
      by: { id: 'demo-manager', name: 'Dana Whitfield' },
      action: 'send_message',
      text: 'We come at nine.',
    },
  ])
})

test('the AI says the message: the receipt says applied and names the line', async () => {
  const id = await liveCall()
  const { body } = await intervene(id, { action: 'send_message', message: 'We come at nine.' })
  await settled(id, 'delivered')
  await server.submit([
    lineSaid(id, 'l1', {
      speaker: 'ai',
      text: 'We come at nine.',
      metadata: { command_id: body.command_id },
    }),
  ])
  expect((await settled(id, 'applied')).interaction_id).toEqual(expect.any(Number))
})

test('the AI is paused and resumed once the platform says that it was, not before', async () => {
  const id = await liveCall()
  const pause = await intervene(id, { action: 'pause' })
  await settled(id, 'delivered')
  expect((await detail(id)).call.ai_paused).toBeUndefined()
  const applied = (command_id: string) =>
    server.submit([{ event: 'intervention.updated', data: { call_id: id, command_id, state: 'applied' } }])
  await applied(pause.body.command_id)
  expect((await detail(id)).call.ai_paused).toBe(true)
  const resume = await intervene(id, { action: 'resume' })
  await settled(id, 'delivered')
  await applied(resume.body.command_id)
  expect((await detail(id)).call.ai_paused).toBe(false)
  expect(server.commands.map(({ action }) => action)).toEqual(['pause', 'resume'])
})

test('new instructions hold for the call once they are applied, with who gave them', async () => {
  const id = await liveCall()
  const { body } = await intervene(id, { action: 'override_instructions', instructions: 'Offer a refund.' })
  await settled(id, 'delivered')
  const data = { call_id: id, command_id: body.command_id, state: 'applied' as const }
  await server.submit([{ event: 'intervention.updated', data }])
  expect((await detail(id)).call.override).toMatchObject({
    instructions: 'Offer a refund.',
    by: 'Dana Whitfield',
  })
})

test.each([
  [{ action: 'send_message' }, 'body.message'],
  [{ action: 'send_message', message: '  ' }, 'body.message'],
  [{ action: 'send_message', message: 'x'.repeat(2001) }, 'body.message'],
  [{ action: 'override_instructions' }, 'body.instructions'],
  [{ action: 'override_instructions', message: 'wrong member' }, 'body.instructions'],
  [{ action: 'whisper' }, 'body.action'],
  [{}, 'body.action'],
  [{ action: 'pause', command_id: 'short' }, 'body.command_id'],
])('an act that lacks something is refused by its field and nothing is sent: %j', async (body, field) => {
  const id = await liveCall()
  const answer = await intervene<Refused>(id, body)
  expect([answer.status, answer.body.error.code]).toEqual([400, 'VALIDATION_ERROR'])
  expect(answer.body.error.details?.map((fault) => fault.field)).toContain(field)
  expect(server.commands).toEqual([])
  expect(await acts(id)).toEqual([])
})

test('an ended call takes no act, and an unknown one does not exist', async () => {
  const id = await liveCall()
  await server.submit([callEnded(id)])
  const late = await intervene<Refused>(id, { action: 'pause' })
  expect([late.status, late.body.error.code]).toEqual([400, 'CALL_NOT_ACTIVE'])
  const unknown = await intervene<Refused>('nowhere', { action: 'pause' })
  expect([unknown.status, unknown.body.error.code]).toEqual([404, 'CALL_NOT_FOUND'])
  expect(server.commands).toEqual([])
})

test('the same command_id again gives the same receipt and reaches the platform once, after the end too', async () => {
  const id = await liveCall()
  const body = { action: 'pause', command_id: 'cmd-again-1' }
  const first = await intervene(id, body)
  await settled(id, 'delivered')
  const second = await intervene(id, body)
  expect(second.body).toMatchObject({ command_id: first.body.command_id, state: 'delivered' })
  await server.submit([callEnded(id)])
  const third = await intervene(id, body)
  expect([third.status, third.body.state]).toEqual([200, 'refused'])
  expect(server.commands).toHaveLength(1)
})

test('the same command_id many times at once is one command', async () => {
  const id = await liveCall()
  const body = { action: 'send_message', message: 'Hello', command_id: 'cmd-at-once' }
  const answers = await Promise.all(Array.from({ length: 8 }, () => intervene(id, body)))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
  await settled(id, 'delivered')
  expect(server.commands).toHaveLength(1)
  expect(await acts(id)).toHaveLength(1)
})

test('a command_id is not taken for another call or for another act', async () => {
  const [id, second] = [await liveCall(), await liveCall()]
  const command_id = 'cmd-taken-1'
  await intervene(id, { action: 'pause', command_id })
  for (const [callId, action] of [
    [second, 'pause'],
    [id, 'resume'],
  ] as const) {
    const answer = await intervene<Refused>(callId, { action, command_id })
    expect([answer.status, answer.body.error.code]).toEqual([409, 'CONFLICT'])
  }
  expect(server.commands).toHaveLength(1)
})

test('two supervisors at once: one acts, the other is told who; by force both acts go out, each with its own author', async () => {
  const id = await liveCall()
  const [mine, theirs] = await Promise.all([
    intervene(id, { action: 'send_message', message: 'Mine' }),
    intervene(id, { action: 'pause' }, other),
  ])
  expect([mine.status, theirs.status].toSorted((a, b) => a - b)).toEqual([200, 409])
  const late = mine.status === 409 ? mine : theirs
  expect(late.body).toMatchObject({ error: { code: 'CALL_CLAIMED' } })
  if (late === mine)
    mine.body = (await intervene(id, { action: 'send_message', message: 'Mine', force: true })).body
  else theirs.body = (await intervene(id, { action: 'pause', force: true }, other)).body
  await eventually(async () => {
    expect((await acts(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered'])
  })
  const authors = new Map((await acts(id)).map((act) => [act.command_id, act.by.id]))
  expect(authors.get(mine.body.command_id)).toBe('demo-manager')
  expect(authors.get(theirs.body.command_id)).toBe('demo-dispatcher')
})

test('the call ends while the command is on its way: the receipt is refused and says why', async () => {
  const id = await liveCall()
  let reply: (answer: ControlAnswer) => void = () => undefined
  server.answer = () => new Promise((resolve) => (reply = resolve))
  await intervene(id, { action: 'send_message', message: 'Wait' })
  await server.submit([callEnded(id)])
  const refused = { state: 'refused', detail: 'The call ended before this could be carried out.' }
  expect((await acts(id)).at(-1)).toMatchObject(refused)
  // What the platform says afterwards does not turn the receipt back.
  reply({ state: 'delivered' })
  await server.app.acts.idle()
  expect((await acts(id)).at(-1)).toMatchObject(refused)
})

test('a platform that is silent leaves the receipt unknown, until it says a word after all', async () => {
  const id = await liveCall()
  server.answer = () => new Promise(() => undefined)
  const { body } = await intervene(id, { action: 'pause' })
  await eventually(() => expect(server.commands).toHaveLength(1))
  timers.fire(5000)
  await settled(id, 'unknown')
  expect((await acts(id)).at(-1)?.detail).toBe('No answer from the voice platform.')
  const data = { call_id: id, command_id: body.command_id, state: 'applied' as const }
  await server.submit([{ event: 'intervention.updated', data }])
  expect((await detail(id)).call.ai_paused).toBe(true)
  expect((await acts(id)).at(-1)?.state).toBe('applied')
})

test('of an act without an answer nobody knows more when the call ends', async () => {
  const id = await liveCall()
  server.answer = () => Promise.reject(new Error('connection reset'))
  await intervene(id, { action: 'send_message', message: 'Anybody?' })
  await settled(id, 'unknown')
  await server.submit([callEnded(id)])
  expect((await acts(id)).at(-1)?.state).toBe('unknown')
})

test('a platform that refuses is told to the supervisor in its own words', async () => {
  const id = await liveCall()
  server.answer = () => ({ state: 'refused', detail: 'The caller is on hold.' })
  await intervene(id, { action: 'pause' })
  expect((await settled(id, 'refused')).detail).toBe('The caller is on hold.')
  expect((await detail(id)).call.ai_paused).toBeUndefined()
})

test.each(['viewer', 'csr', 'tech', 'rep'])('a %s may not intervene', async (person) => {
  const id = await liveCall()
  const answer = await intervene<Refused>(id, { action: 'pause' }, await server.token(person))
  expect([answer.status, answer.body.error.code]).toEqual([403, 'FORBIDDEN'])
  expect(server.commands).toEqual([])
})
