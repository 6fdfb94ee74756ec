import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallDetail } from '#contract/call-endpoints.ts'
import type { CallInteraction } from '#contract/transcript.ts'
import { type Delivery, type Refused, ask, deliver } from '#tests/support/ask.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
let token: string
let deliveries = 0

beforeAll(async () => {
  server = await startServer()
  token = await server.token('manager')
})
afterAll(() => server.close())

const nextId = () => `delivery-${++deliveries}`
const send = (events: unknown, over: Partial<Delivery> = {}) =>
  deliver(server.url, { id: nextId(), events, ...over })
const refused = (events: unknown, over: Partial<Delivery> = {}) =>
  deliver<Refused>(server.url, { id: nextId(), events, ...over })
const detail = (callId: string, by = token) =>
  ask<CallDetail>(server.url, `GET /api/v1/calls/${callId}`, { token: by })
const lines = async (callId: string) =>
  (
    await ask<{ interactions: CallInteraction[] }>(server.url, `GET /api/v1/calls/${callId}/interactions`, {
      token,
    })
  ).body.interactions

test('signed facts are taken, counted and can be read at once', async () => {
  const { status, body } = await send([
    callStarted('t1'),
    lineSaid('t1', 'a'),
    lineSaid('t1', 'b'),
    callEnded('t1'),
  ])
  expect([status, body]).toEqual([200, { accepted: 4, duplicate: false }])
  expect((await detail('t1')).body.call.status).toBe('completed')
  expect((await lines('t1')).map(({ text }) => text)).toEqual(['Line a', 'Line b'])
})

test.each(['/api/v1/webhooks/telephony', '/api/webhooks/telephony', '/webhooks/telephony'])(
  'facts are taken at %s',
  async (path) => {
    const id = `at${path.replaceAll('/', '-')}`
    expect((await send([callStarted(id)], { path })).body).toEqual({ accepted: 1, duplicate: false })
    expect((await detail(id)).status).toBe(200)
  },
)

test('a delivery that another secret signed, an old one and an unsigned one are refused', async () => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const facts = [callStarted('forged')]
  for (const over of [{ secret }, { at: Date.now() - 3_600_000 }, { at: Date.now() + 3_600_000 }]) {
    const { status, body } = await refused(facts, over)
    expect([status, body.error.code]).toEqual([401, 'SIGNATURE_INVALID'])
  }
  const unsigned = await ask(server.url, 'POST /api/v1/webhooks/telephony?company=demo', {
    body: { events: facts },
  })
  expect([unsigned.status, unsigned.body.error.code]).toEqual([401, 'SIGNATURE_INVALID'])
  expect((await detail('forged')).status).toBe(404)
})

test('a company nobody knows is refused like a wrong signature', async () => {
  for (const company of ['nobody', '%00']) {
    const { status, body } = await refused([callStarted('x')], { company })
    expect([status, body.error.code]).toEqual([401, 'SIGNATURE_INVALID'])
  }
})

test('while there are two companies the sender has to say which', async () => {
  const { status, body } = await refused([callStarted('whose')], { company: '' })
  expect([status, body.error.code]).toEqual([400, 'VALIDATION_ERROR'])
  expect(body.error.details?.[0]?.field).toBe('query.company')
})

test('a company’s secret signs for that company alone', async () => {
  const acme = await server.database.db
    .selectFrom('companies')
    .select('webhook_secret')
    .where('id', '=', 'acme')
    .executeTakeFirstOrThrow()
  const own = { company: 'acme', secret: acme.webhook_secret }
  expect((await refused([callStarted('mine')], { ...own, company: 'demo' })).status).toBe(401)
  expect((await refused([callStarted('mine')], { company: 'acme' })).status).toBe(401)
  expect((await send([callStarted('mine')], own)).status).toBe(200)
  expect((await detail('mine')).status).toBe(404)
  expect((await detail('mine', await server.token('acme'))).status).toBe(200)
})

test('one bad event refuses all, by place and field, and the corrected body with the same id is taken', async () => {
  const id = nextId()
  const bad = [
    callStarted('mended'),
    { event: 'call.ended', data: {} },
    {
      event: 'interaction.added',
      data: { call_id: 'mended', interaction: { id: 'a', speaker: 'cat', text: 'x' } },
    },
    { event: 'call.vanished', data: {} },
  ]
  const { status, body } = await refused(bad, { id })
  expect([status, body.error.code]).toEqual([400, 'VALIDATION_ERROR'])
  expect(body.error.details?.map(({ field }) => field)).toEqual([
    'body.events[1].data.call_id',
    'body.events[2].data.interaction.speaker',
    'body.events[3].event',
  ])
  expect((await detail('mended')).status).toBe(404)
  const mended = await send([callStarted('mended'), lineSaid('mended', 'a')], { id })
  expect(mended.body).toEqual({ accepted: 2, duplicate: false })
})

test('the same delivery again is acknowledged and does nothing, also when both come at once', async () => {
  const id = nextId()
  const events = [callStarted('twice'), lineSaid('twice', 'a')]
  const both = await Promise.all([send(events, { id }), send(events, { id })])
  const third = await send([lineSaid('twice', 'b')], { id })
  expect([...both, third].map(({ status }) => status)).toEqual([200, 200, 200])
  expect(both.filter(({ body }) => body.duplicate)).toHaveLength(1)
  expect(third.body).toEqual({ accepted: 0, duplicate: true })
  expect(await lines('twice')).toHaveLength(1)
})

test('two companies may use the same delivery id', async () => {
  const id = nextId()
  await server.app.ingest.submit({ companyId: 'acme', facts: [callStarted('same-id')], deliveryId: id })
  expect((await send([callStarted('same-id')], { id })).body.duplicate).toBe(false)
})

test('a thousand events are one delivery, one more is too many, none is too few', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => lineSaid('many', `l${index}`))
  for (const count of [0, 1001]) {
    const { status, body } = await refused(many(count))
    expect([status, body.error.details?.[0]?.field]).toEqual([400, 'body.events'])
  }
  expect((await send(many(1000))).body).toEqual({ accepted: 1000, duplicate: false })
  expect((await detail('many')).body.interactions_count).toBe(1000)
})

test('more than 8 MB is refused with advice, whatever is in it', async () => {
  const { status, body } = await refused(null, { text: `{"events":"${'x'.repeat(8 * 1024 * 1024)}"}` })
  expect([status, body.error.code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  expect(body.error.message).toContain('8 MB')
  expect(body.error.message).toContain('several requests')
})

test.each([
  ['not JSON', '{"events": [', 'body'],
  ['no list', '{"events": {}}', 'body.events'],
  ['no object', '[]', 'body'],
])('a signed body that is %s is refused by its place', async (_, text, field) => {
  const { status, body } = await refused(null, { text })
  expect([status, body.error.details?.[0]?.field]).toEqual([400, field])
})

test('a fact about a call nobody announced opens it, marked as inferred, until its start comes after all', async () => {
  await send([lineSaid('sudden', 'a')])
  expect((await detail('sudden')).body.call).toMatchObject({ inferred: true, status: 'in_progress' })
  await send([callStarted('sudden', { from_number: '+12105550123' })])
  expect((await detail('sudden')).body.call.from_number).toBe('+12105550123')
})

test('a line that comes after the end is kept, marked as late, and opens nothing', async () => {
  await send([callStarted('over'), lineSaid('over', 'a'), callEnded('over')])
  await send([lineSaid('over', 'b', { text: 'I want a human! My lawyer will call.' })])
  expect((await lines('over')).map(({ metadata }) => metadata)).toEqual([{}, { late: true }])
  const { body } = await detail('over')
  expect(body.call.status).toBe('completed')
  expect(body.escalation).toBeUndefined()
})

test('a refusal repeats nothing of what was said', async () => {
  const secret = 'my card is 4111-1111'
  const { body } = await refused([
    {
      event: 'interaction.added',
      data: { call_id: 'c', interaction: { id: 'a', speaker: secret, text: secret } },
    },
    { event: secret, data: {} },
  ])
  expect(JSON.stringify(body)).not.toContain('4111')
})

test.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2026-11-20T14:00:00.123456789+14:00'])(
  'an instant at the edge of what can be written is stored or refused, never a failure: %s',
  async (started_at) => {
    const { status } = await send([callStarted(`edge-${started_at}`, { started_at })])
    expect([200, 400]).toContain(status)
  },
)
