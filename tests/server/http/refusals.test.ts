import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { callsList } from '#contract/call-endpoints.ts'
import { callsEnd, callsIntervene } from '#contract/command-endpoints.ts'
import { callsAddNote } from '#contract/note-endpoints.ts'
import { endpoint } from '#contract/endpoint.ts'
import { ErrorBody } from '#contract/errors.ts'
import { ApiError } from '#server/domain/api-error.ts'
import { registerEndpoint } from '#server/http/register-endpoint.ts'
import { type HttpFixture, bearer, makeHttp } from '#tests/server/http/http-fixture.ts'

let fixture: HttpFixture
afterEach(() => fixture.app.close())

function withIntervene(): HttpFixture {
  fixture = makeHttp()
  registerEndpoint(fixture.app, callsIntervene, async ({ body }) => ({
    status: 200,
    body: { success: true, message: body.action, command_id: 'c1', state: 'sent' },
  }))
  return fixture
}

/** An endpoint whose handler throws what the test says. */
function withFailure(thrown: unknown): HttpFixture {
  fixture = makeHttp()
  registerEndpoint(fixture.app, callsList, () => Promise.reject(thrown))
  return fixture
}

const intervene = '/api/v1/calls/c-1/intervene'
const json = { ...bearer('manager'), 'content-type': 'application/json' }

test('a refusal has the contract’s body, and its request id stands in the header too', async () => {
  const { app } = withIntervene()
  const answer = await app.inject({ method: 'POST', url: intervene, headers: json, payload: '{}' })
  const body = ErrorBody.parse(answer.json())
  expect(answer.statusCode).toBe(400)
  expect(body.error.code).toBe('VALIDATION_ERROR')
  expect(body.request_id).toBe(answer.headers['x-request-id'])
})

test('every faulty field is named, with what to do about it', async () => {
  const { app } = withIntervene()
  const answer = await app.inject({
    method: 'POST',
    url: intervene,
    headers: json,
    payload: { action: 'send_message', message: '  ', command_id: 'short' },
  })
  const fields = (answer.json().error.details as { field: string; message: string }[]).map((f) => f.field)
  expect(fields).toContain('body.command_id')
  const empty = await app.inject({
    method: 'POST',
    url: intervene,
    headers: json,
    payload: { action: 'send_message', message: '  ' },
  })
  expect(empty.json().error.details).toEqual([
    { field: 'body.message', message: 'Write the message that the AI is to say.' },
  ])
  const missing = await app.inject({ method: 'POST', url: intervene, headers: json, payload: {} })
  expect(missing.json().error.details).toEqual([{ field: 'body.action', message: 'This is required.' }])
})

test('faults inside a list say which entry', async () => {
  fixture = makeHttp()
  registerEndpoint(fixture.app, callsAddNote, async () => ({
    status: 201,
    body: { success: true, note_id: 1, message: 'ok' },
  }))
  const answer = await fixture.app.inject({
    method: 'POST',
    url: '/api/v1/calls/c-1/notes',
    headers: json,
    payload: { note: 'x', tags: ['fine', 7] },
  })
  expect(answer.json().error.details[0].field).toBe('body.tags[1]')
})

test('a faulty query is refused by field', async () => {
  const { app } = withFailure(new Error('not reached'))
  const answer = await app.inject({
    url: '/api/v1/calls?limit=1000&from_date=yesterday',
    headers: bearer('viewer'),
  })
  expect(answer.statusCode).toBe(400)
  const fields = (answer.json().error.details as { field: string }[]).map((f) => f.field)
  expect(fields).toEqual(['query.limit', 'query.from_date'])
})

test.each([
  ['broken JSON', 'application/json', '{"action":', 400, 'VALIDATION_ERROR', 'valid JSON'],
  ['another media type', 'text/xml', '<a/>', 415, 'UNSUPPORTED_MEDIA_TYPE', 'application/json'],
  [
    'a form where JSON is due',
    'application/x-www-form-urlencoded',
    'a=1',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'application/json',
  ],
  ['a body over 1 MB', 'application/json', `"${'x'.repeat(1024 * 1024)}"`, 413, 'PAYLOAD_TOO_LARGE', '1 MB'],
])('%s is refused as such', async (_what, type, payload, status, code, advice) => {
  const { app } = withIntervene()
  const answer = await app.inject({
    method: 'POST',
    url: intervene,
    headers: { ...bearer('manager'), 'content-type': type },
    payload,
  })
  expect(answer.statusCode).toBe(status)
  expect(ErrorBody.parse(answer.json()).error.code).toBe(code)
  expect(answer.json().error.message).toContain(advice)
})

test('who may not act is told so before the body is looked at', async () => {
  const { app } = withIntervene()
  const anonymous = await app.inject({
    method: 'POST',
    url: intervene,
    headers: { 'content-type': 'application/json' },
    payload: '{',
  })
  expect(anonymous.statusCode).toBe(401)
  expect(anonymous.headers['www-authenticate']).toBe('Bearer')
  const viewer = await app.inject({
    method: 'POST',
    url: intervene,
    headers: { ...json, ...bearer('viewer') },
    payload: '{',
  })
  expect(viewer.statusCode).toBe(403)
  expect(viewer.json().error.message).toBe("You don't have permission to perform this action")
})

test('an endpoint whose members are all optional takes an empty body', async () => {
  fixture = makeHttp({ checkResponses: 'off' })
  registerEndpoint(fixture.app, callsEnd, async ({ body }) => {
    expect(body).toEqual({})
    throw new ApiError('CALL_NOT_FOUND', 'This call does not exist.')
  })
  const answer = await fixture.app.inject({
    method: 'POST',
    url: '/api/v1/calls/c-1/end',
    headers: bearer('owner'),
  })
  expect(answer.statusCode).toBe(404)
  expect(answer.json().error.code).toBe('CALL_NOT_FOUND')
})

test('an unknown fault shows an id and nothing of the inside; the log has both', async () => {
  const { app, lines } = withFailure(
    new Error('relation "calls" of +12105550142 for anna@example.com is broken'),
  )
  const answer = await app.inject({ url: '/api/v1/calls', headers: bearer('viewer') })
  expect(answer.statusCode).toBe(500)
  expect(answer.body).not.toContain('relation')
  const line = lines.find((entry) => entry.msg === 'request failed')
  expect(line?.id).toBe(answer.json().request_id)
  expect(JSON.stringify(line)).toContain('relation')
  expect(JSON.stringify(line)).not.toMatch(/12105550142|anna@example/)
})

test.each(['IngestUnavailable', 'DatabaseUnavailable'])(
  '%s is a 503 that says when to come back',
  async (name) => {
    const { app } = withFailure(Object.assign(new Error('disk full'), { name }))
    const answer = await app.inject({ url: '/api/v1/calls', headers: bearer('viewer') })
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('2')
    expect(answer.json().error.code).toBe('UNAVAILABLE')
  },
)

test('an unknown address is a JSON 404, a wrong method names the right ones, a broken address is a 400', async () => {
  const { app } = withIntervene()
  const unknown = await app.inject({ url: '/api/v1/nothing', headers: { accept: 'text/html' } })
  expect([unknown.statusCode, unknown.json().error.code]).toEqual([404, 'NOT_FOUND'])
  const method = await app.inject({ method: 'DELETE', url: intervene })
  expect([method.statusCode, method.headers.allow]).toEqual([405, 'POST, OPTIONS'])
  const broken = await app.inject({ url: '/api/v1/calls/%zz' })
  expect([broken.statusCode, ErrorBody.parse(broken.json()).error.code]).toEqual([400, 'VALIDATION_ERROR'])
  expect(broken.headers['x-content-type-options']).toBe('nosniff')
})

test('a caller’s request id is kept when it is harmless and replaced when it is not', async () => {
  const { app } = withIntervene()
  const kept = await app.inject({ url: '/x', headers: { 'x-request-id': 'abc-123' } })
  expect(kept.headers['x-request-id']).toBe('abc-123')
  expect(kept.json().request_id).toBe('abc-123')
  const replaced = await app.inject({ url: '/x', headers: { 'x-request-id': 'a"} {"b' } })
  expect(replaced.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
})

test('an answer that its record does not promise is caught before it leaves', async () => {
  fixture = makeHttp()
  const record = endpoint({
    id: 'thing',
    summary: 'A thing',
    method: 'GET',
    path: '/api/v1/thing',
    capability: 'public',
    responses: { 200: z.object({ count: z.number() }) },
  })
  registerEndpoint(fixture.app, record, () => ({
    status: 200,
    body: { count: 'many' as unknown as number },
  }))
  const answer = await fixture.app.inject({ url: '/api/v1/thing' })
  expect(answer.statusCode).toBe(500)
  expect(JSON.stringify(fixture.lines)).toContain('count: invalid_type')
})
