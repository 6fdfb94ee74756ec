import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { callsGet, callsList } from '#contract/call-endpoints.ts'
import { callsIntervene } from '#contract/command-endpoints.ts'
import { endpoint, type EndpointSpec } from '#contract/endpoint.ts'
import { endpoints } from '#contract/endpoints.ts'
import { can, roles } from '#contract/permissions.ts'
import { webhookTelephony } from '#contract/telephony.ts'
import { ApiError } from '#server/domain/api-error.ts'
import { registerProbes } from '#server/http/probes.ts'
import { pathsOf, registerEndpoint } from '#server/http/register-endpoint.ts'
import { createMetrics } from '#server/telemetry/metrics.ts'
import { type HttpFixture, bearer, makeHttp } from '#tests/server/http/http-fixture.ts'

let fixture: HttpFixture
afterEach(() => fixture.app.close())

const notFound = () => {
  throw new ApiError('CALL_NOT_FOUND', 'reached')
}

/** Every endpoint, each with a handler that only says it was reached. */
function startAll(): HttpFixture {
  fixture = makeHttp({ limits: { ...unlimited } })
  for (const record of endpoints) registerEndpoint(fixture.app, record as EndpointSpec, notFound)
  return fixture
}
const unlimited = {
  standardPerMinute: 1e6,
  analyticsPerMinute: 1e6,
  loginPerMinute: 1e6,
  loginPerAddressPerMinute: 1e6,
  exportsPerDay: 1e6,
  bodyBytes: 1e6,
  webhookBodyBytes: 8e6,
}

/** Something for every required member, so that validation is passed where it is reached. */
const filled = (path: string) => path.replace(/:\w+/g, 'c-1')

test.each(endpoints.map((record) => [record.id, record] as const))(
  '%s lets in exactly the roles of the table, at every spelling',
  async (_id, record) => {
    const { app } = startAll()
    const ask = (url: string, headers: Record<string, string>) =>
      app.inject({ method: record.method, url: filled(url), headers })
    const isOpen = record.capability === 'public' || record.capability === 'signature'
    for (const url of pathsOf(record)) {
      const anonymous = await ask(url, {})
      expect(anonymous.statusCode === 401, `${url} without a token`).toBe(!isOpen)
      const stranger = await ask(url, bearer('emperor'))
      expect(stranger.statusCode === 401, `${url} with a bad token`).toBe(!isOpen)
      if (isOpen) continue
      for (const role of roles) {
        const { statusCode } = await ask(url, bearer(role))
        const allowed = record.capability === 'signed-in' || can(role, record.capability)
        expect(allowed ? [400, 404] : [403], `${role} at ${url}`).toContain(statusCode)
      }
    }
  },
)

test('one record answers at its path, without the version, and at its aliases', async () => {
  expect(pathsOf(callsGet)).toEqual([
    '/api/v1/calls/:call_id',
    '/api/calls/:call_id',
    '/api/v1/calls/call/:call_id',
    '/api/calls/call/:call_id',
  ])
  expect(pathsOf(webhookTelephony)).toContain('/webhooks/telephony')
  const { app } = startAll()
  const seen: string[] = []
  for (const url of pathsOf(callsGet)) {
    const answer = await app.inject({ url: filled(url), headers: bearer('viewer') })
    seen.push(answer.json().error.message)
  }
  expect(new Set(seen)).toEqual(new Set(['reached']))
})

test('a fixed word beats a parameter, and a long id from outside is taken', async () => {
  fixture = makeHttp()
  const named = endpoint({
    id: 'calls-stats',
    summary: 'x',
    method: 'GET',
    path: '/api/v1/calls/stats',
    capability: 'calls.read',
    responses: { 200: z.object({ id: z.string() }) },
  })
  registerEndpoint(fixture.app, callsGet, ({ params }) => {
    throw new ApiError('CALL_NOT_FOUND', params.call_id)
  })
  registerEndpoint(fixture.app, named, () => ({ status: 200, body: { id: 'stats' } }))
  const headers = bearer('viewer')
  expect((await fixture.app.inject({ url: '/api/calls/stats', headers })).json().id).toBe('stats')
  const id = 'a:b'.padEnd(200, 'é')
  const answer = await fixture.app.inject({ url: `/api/calls/${encodeURIComponent(id)}`, headers })
  expect(answer.json().error.message).toBe(id)
})

test('the handler gets parsed values with defaults; unknown members are left out', async () => {
  fixture = makeHttp()
  let got: unknown
  registerEndpoint(fixture.app, callsList, ({ query, principal }) => {
    got = { query, user: principal.userId }
    return {
      status: 200,
      body: {
        calls: [],
        pagination: { page: 1, limit: 50, total: 0, total_pages: 0, has_next: false, has_prev: false },
      },
    }
  })
  await fixture.app.inject({
    url: '/api/v1/calls?status=ringing,in_progress&zzz=1',
    headers: bearer('owner'),
  })
  expect(got).toEqual({
    query: {
      page: 1,
      limit: 50,
      status: ['ringing', 'in_progress'],
      sort_by: 'started_at',
      sort_order: 'desc',
    },
    user: 'u-owner',
  })
})

test('R-11 a company in the request is ignored when it is the token’s, and refused otherwise', async () => {
  fixture = makeHttp()
  registerEndpoint(fixture.app, callsIntervene, ({ body }) => {
    expect(body).not.toHaveProperty('company_id')
    return { status: 200, body: { success: true, message: 'ok', command_id: 'c', state: 'sent' } }
  })
  const send = (query: string, payload: object) =>
    fixture.app.inject({
      method: 'POST',
      url: `/api/v1/calls/c/intervene${query}`,
      headers: bearer('manager'),
      payload: { action: 'pause', ...payload },
    })
  expect((await send('', { company_id: 'demo' })).statusCode).toBe(200)
  expect((await send('?tenant_id=demo', {})).statusCode).toBe(200)
  expect((await send('', { company_id: 'acme' })).statusCode).toBe(403)
  expect((await send('?tenant_id=acme', {})).statusCode).toBe(403)
})

test('a signed delivery reaches its handler as bytes, before anything is parsed', async () => {
  fixture = makeHttp()
  const seen: string[] = []
  registerEndpoint(fixture.app, webhookTelephony, ({ rawBody, parseBody }) => {
    seen.push(rawBody.toString('utf8'))
    const { events } = parseBody()
    return { status: 200, body: { accepted: events.length, duplicate: false } }
  })
  const send = (payload: string) =>
    fixture.app.inject({
      method: 'POST',
      url: '/webhooks/telephony',
      headers: { 'content-type': 'application/json' },
      payload,
    })
  const good = '{ "events": [ { "event": "call.ended", "data": { "call_id": "c1" } } ] }'
  expect((await send(good)).json()).toEqual({ accepted: 1, duplicate: false })
  const bad = await send('{"events":[{"event":"call.ended","data":{}},{"event":"x"}]}')
  expect(seen[0]).toBe(good)
  expect(bad.json().error.details).toEqual([
    { field: 'body.events[0].data.call_id', message: 'This is required.' },
    { field: 'body.events[1].event', message: expect.stringContaining('discriminator') },
  ])
  expect((await send(`{"events":["${'x'.repeat(2e6)}"]}`)).statusCode).toBe(400)
  expect((await send(`"${'x'.repeat(8 * 1024 * 1024)}"`)).json().error.message).toContain('8 MB')
})

test('the log has the route’s pattern, ids and the status, and nothing of the address or the person', async () => {
  const { app, lines } = startAll()
  await app.inject({
    url: '/api/v1/calls/secret-id/interactions?token=eyJhbGciOi.abc.def&search=Anna',
    headers: { ...bearer('viewer'), 'x-request-id': 'r1' },
  })
  expect(lines.find((line) => line.msg === 'request')).toMatchObject({
    id: 'r1',
    method: 'GET',
    route: '/api/v1/calls/:call_id/interactions',
    status: 404,
    userId: 'u-viewer',
    companyId: 'demo',
  })
  expect(JSON.stringify(lines)).not.toMatch(/secret-id|eyJ|Anna|Someone/)
})

test('a 403 is logged for whoever watches security', async () => {
  const { app, lines } = startAll()
  await app.inject({ method: 'POST', url: '/api/v1/calls/c/end', headers: bearer('csr') })
  expect(lines.find((line) => line.msg === 'forbidden')).toMatchObject({
    endpoint: 'calls-end',
    userId: 'u-csr',
  })
})

test('readiness names what fails; liveness does not ask', async () => {
  fixture = makeHttp()
  const metrics = createMetrics({ process: false })
  registerProbes(fixture.app, {
    metrics,
    checkTimeoutMs: 20,
    checks: [
      { name: 'database', check: () => Promise.reject(new Error('down')) },
      { name: 'bell', check: () => new Promise(() => undefined) },
      { name: 'fine', check: () => Promise.resolve() },
    ],
  })
  const ready = await fixture.app.inject({ url: '/readyz' })
  expect([ready.statusCode, ready.json()]).toEqual([
    503,
    { status: 'not ready', failing: ['database', 'bell'] },
  ])
  expect((await fixture.app.inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' })
  expect((await fixture.app.inject({ url: '/api/health' })).json()).toEqual({ status: 'ok' })
})

test('metrics are for this machine or the token, also behind a proxy on this machine', async () => {
  const metrics = createMetrics({ process: false })
  fixture = makeHttp({ metrics })
  registerProbes(fixture.app, { metrics, checks: [], metricsToken: 'a-long-metrics-token' })
  await fixture.app.inject({ url: '/healthz' })
  const ask = (remoteAddress: string, headers: Record<string, string> = {}) =>
    fixture.app.inject({ url: '/metrics', remoteAddress, headers })
  const local = await ask('127.0.0.1')
  expect(local.statusCode).toBe(200)
  expect(local.body).toContain('route="/healthz",status="200"')
  expect((await ask('10.1.1.1')).statusCode).toBe(403)
  expect((await ask('127.0.0.1', { 'x-forwarded-for': '8.8.8.8' })).statusCode).toBe(403)
  expect((await ask('10.1.1.1', bearer('wrong'))).statusCode).toBe(403)
  expect((await ask('10.1.1.1', bearer('a-long-metrics-token'))).statusCode).toBe(200)
})
