import { afterEach, expect, test } from 'vitest'
import { authLogin } from '#contract/auth.ts'
import { agentsList } from '#contract/agent.ts'
import { callsNotes } from '#contract/note-endpoints.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { HttpOptions } from '#server/http/create-http.ts'
import { defaultLimits } from '#server/http/limits.ts'
import { createRateLimiter } from '#server/http/rate-limiter.ts'
import { registerEndpoint } from '#server/http/register-endpoint.ts'
import { type HttpFixture, bearer, makeHttp } from '#tests/server/http/http-fixture.ts'

let fixture: HttpFixture
afterEach(() => fixture?.app.close())

function start(limits: Partial<HttpOptions['limits']>): HttpFixture {
  fixture = makeHttp({ limits: { ...defaultLimits, ...limits } })
  registerEndpoint(fixture.app, callsNotes, () => ({ status: 200, body: { notes: [] } }))
  registerEndpoint(fixture.app, agentsList, () => ({ status: 200, body: { agents: [] } }))
  registerEndpoint(fixture.app, authLogin, () => {
    throw new ApiError('UNAUTHORIZED', 'no')
  })
  return fixture
}

const notes = (token: string) => fixture.app.inject({ url: '/api/v1/calls/c/notes', headers: bearer(token) })
const login = (email: string, remoteAddress = '10.0.0.1') =>
  fixture.app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    remoteAddress,
    payload: { email, password: 'x' },
  })

test('the numbers are those of the specification', () => {
  expect(defaultLimits).toMatchObject({ standardPerMinute: 100, loginPerMinute: 10, bodyBytes: 1_048_576 })
  expect(defaultLimits.webhookBodyBytes).toBe(8 * 1_048_576)
})

test('each answer says how much is left and when the count begins anew', async () => {
  const { clock } = start({ standardPerMinute: 3 })
  clock.at = Date.parse('2026-11-20T14:00:00.500Z')
  const answer = await notes('viewer')
  expect(answer.headers).toMatchObject({
    'x-ratelimit-limit': '3',
    'x-ratelimit-remaining': '2',
    'x-ratelimit-reset': String(Date.parse('2026-11-20T14:01:01Z') / 1000),
  })
})

test('past the limit comes a 429 with the time to wait, and the next minute is free again', async () => {
  const { clock } = start({ standardPerMinute: 2 })
  await notes('viewer')
  await notes('viewer')
  clock.at += 20_000
  const refused = await notes('viewer')
  expect(refused.statusCode).toBe(429)
  expect(refused.json().error).toMatchObject({ code: 'RATE_LIMITED' })
  expect(refused.headers).toMatchObject({ 'retry-after': '40', 'x-ratelimit-remaining': '0' })
  clock.at += 40_000
  expect((await notes('viewer')).statusCode).toBe(200)
})

test('the limit is per user over all endpoints and spellings, and of one company', async () => {
  start({ standardPerMinute: 2 })
  await notes('viewer')
  await fixture.app.inject({ url: '/api/agents', headers: bearer('viewer') })
  expect((await notes('viewer')).statusCode).toBe(429)
  expect((await notes('manager')).statusCode).toBe(200)
  expect((await notes('viewer@acme')).statusCode).toBe(200)
})

test('sign-in is slowed per address and e-mail, however it is spelled', async () => {
  start({ loginPerMinute: 2 })
  expect((await login('dana@example.com')).statusCode).toBe(401)
  expect((await login('DANA@example.com ')).headers['x-ratelimit-remaining']).toBe('0')
  expect((await login('dana@example.com')).statusCode).toBe(429)
  expect((await login('someone.else@example.com')).statusCode).toBe(401)
  expect((await login('dana@example.com', '10.0.0.2')).statusCode).toBe(401)
})

test('one address cannot try many e-mails', async () => {
  start({ loginPerAddressPerMinute: 3 })
  for (const name of ['a', 'b', 'c']) expect((await login(`${name}@example.com`)).statusCode).toBe(401)
  expect((await login('d@example.com')).statusCode).toBe(429)
})

test('the limiter forgets the oldest rather than grow', () => {
  const clock = { at: 0, now: () => clock.at }
  const limiter = createRateLimiter({ clock, maxKeys: 3, windowMs: 1000 })
  for (const key of ['a', 'b', 'c']) expect(limiter.take(key, 1).allowed).toBe(true)
  expect(limiter.take('d', 1).allowed).toBe(true)
  expect(limiter.take('c', 1).allowed).toBe(false)
  expect(limiter.take('a', 1).allowed).toBe(true)
})
