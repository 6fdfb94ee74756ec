import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import type { CallDetail } from '#contract/call-endpoints.ts'
import type { InterventionState } from '#contract/transcript.ts'
import { type Refused, ask } from '#tests/support/ask.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callStarted } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

interface Dialled {
  call: Call
  message: string
  command_id: string
  state: InterventionState
}

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startServer()
  token = await server.token('manager')
})
afterAll(() => server.close())
beforeEach(() => {
  server.commands.length = 0
  server.answer = () => ({ state: 'delivered' })
})

const to_number = '+12105550199'
const dial = <B = Dialled>(body: unknown, by = token) =>
  ask<B>(server.url, 'POST /api/v1/calls/initiate', { token: by, body })
const detail = async (callId: string) =>
  (await ask<CallDetail>(server.url, `GET /api/v1/calls/${callId}`, { token })).body
const count = async () =>
  (await ask<{ pagination: { total: number } }>(server.url, 'GET /api/v1/calls', { token })).body.pagination
    .total

test('a call out is on the floor at once, from the line of the business that was named', async () => {
  const body = { to_number, business_id: 'heating', template_id: 'reminder', metadata: { job: 7 } }
  const { status, body: dialled } = await dial(body)
  expect(status).toBe(201)
  expect(dialled).toMatchObject({ message: 'Dialling.', state: 'sent' })
  expect(dialled.call).toMatchObject({
    direction: 'outbound',
    status: 'initiated',
    to_number,
    from_number: '+12105550130',
    business_name: 'Alamo Heating & Air',
    template_id: 'reminder',
    metadata: { job: 7 },
  })
  await server.app.acts.idle()
  expect(server.commands).toMatchObject([
    {
      action: 'dial',
      callId: dialled.call.id,
      toNumber: to_number,
      fromNumber: '+12105550130',
      metadata: { job: 7 },
    },
  ])
})

test('without a business the company’s first line is used, and a number of one’s own is kept', async () => {
  expect((await dial({ to_number })).body.call.business_id).toBe('auto')
  expect((await dial({ to_number, from_number: '+13105550000' })).body.call.from_number).toBe('+13105550000')
})

test.each([
  [{}, 'body.to_number'],
  [{ to_number: '210 555 0199' }, 'body.to_number'],
  [{ to_number: '+0123456' }, 'body.to_number'],
  [{ to_number, from_number: 'anonymous' }, 'body.from_number'],
  [{ to_number, business_id: 'circus' }, 'body.business_id'],
  [{ to_number, business_id: '\u0000' }, 'body.business_id'],
])('what cannot be dialled is refused by its field and no call is made: %j', async (body, field) => {
  const before = await count()
  const { status, body: refused } = await dial<Refused>(body)
  expect([status, refused.error.code]).toEqual([400, 'VALIDATION_ERROR'])
  expect(refused.error.details?.map((fault) => fault.field)).toEqual([field])
  expect(await count()).toBe(before)
  expect(server.commands).toEqual([])
})

test('a dial that the platform refuses ends as failed, with the platform’s reason on receipt and call', async () => {
  server.answer = () => ({ state: 'refused', detail: 'The number is barred.' })
  const { body } = await dial({ to_number })
  await eventually(async () => {
    const { call, interventions } = await detail(body.call.id)
    expect(call).toMatchObject({ status: 'failed', metadata: { end_reason: 'The number is barred.' } })
    expect(interventions).toMatchObject([
      { action: 'dial', state: 'refused', detail: 'The number is barred.' },
    ])
  })
})

test('a call out that was talked on had been dialled, whatever the platform said of the command', async () => {
  const { body } = await dial({ to_number })
  await server.app.acts.idle()
  const { id } = body.call
  await server.submit([
    { event: 'call.updated', data: { call: { id, status: 'in_progress' } } },
    { event: 'call.ended', data: { call_id: id } },
  ])
  expect((await detail(id)).interventions).toMatchObject([{ action: 'dial', state: 'applied' }])
})

test('the same command_id again, also at once, dials once and shows the same call', async () => {
  const before = await count()
  const body = { to_number, command_id: 'dial-once-1' }
  const answers = await Promise.all(Array.from({ length: 5 }, () => dial(body)))
  answers.push(await dial(body))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 201))
  expect(new Set(answers.map((answer) => answer.body.call.id)).size).toBe(1)
  await server.app.acts.idle()
  expect(server.commands).toHaveLength(1)
  expect(await count()).toBe(before + 1)
})

test('a command_id that was used for another act makes no call', async () => {
  await server.submit([callStarted('paused')])
  const command_id = 'dial-taken-1'
  await ask(server.url, 'POST /api/v1/calls/paused/intervene', {
    token,
    body: { action: 'pause', command_id },
  })
  const before = await count()
  const answer = await dial<Refused>({ to_number, command_id })
  expect([answer.status, answer.body.error.code]).toEqual([409, 'CONFLICT'])
  expect(await count()).toBe(before)
})

test('a csr sees the call they dialled, and metadata cannot give it to somebody else', async () => {
  const csr = await server.token('csr')
  const { status, body } = await dial({ to_number, metadata: { owner: 'demo-tech' } }, csr)
  expect(status).toBe(201)
  const path = `GET /api/v1/calls/${body.call.id}`
  expect((await ask(server.url, path, { token: csr })).status).toBe(200)
  expect((await ask(server.url, path, { token: await server.token('tech') })).status).toBe(404)
})
