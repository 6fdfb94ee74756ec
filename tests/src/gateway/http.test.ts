// Requests on a bad day: expired tokens, silence, faults, limits, and bodies that are no JSON.
import { expect, test } from 'vitest'
import { createApi } from '#src/gateway/http.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { createFakeTokens } from '#tests/support/fake-transport.ts'

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | 'unreachable' | 'silent'

interface Sent {
  url: string
  method: string
  token: string | null
  body: unknown
  credentials: string | undefined
}

function setUp(answers: Answer[], baseUrl = '') {
  const clock = createFakeClock()
  const tokens = createFakeTokens()
  const sent: Sent[] = []
  let signedOut = 0
  const fakeFetch: typeof fetch = async function (this: unknown, url, init) {
    // As browsers do.
    if (this !== undefined && this !== globalThis) throw new TypeError('Illegal invocation')
    const headers = new Headers(init?.headers)
    sent.push({
      url: String(url),
      method: init?.method ?? 'GET',
      token: headers.get('authorization'),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      credentials: init?.credentials,
    })
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (answer === undefined || answer === 'unreachable') throw new TypeError('Failed to fetch')
    if (answer === 'silent')
      return new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      })
    const { status = 200, body = {}, headers: extra = {} } = answer
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: extra })
  }
  const api = createApi({ baseUrl, tokens, clock, fetch: fakeFetch, onSignedOut: () => (signedOut += 1) })
  return { api, clock, tokens, sent, signedOut: () => signedOut }
}

const agents = { agents: [] }

test('a request carries its parameters, query, body and token', async () => {
  const { api, sent } = setUp([{ body: { success: true } }], 'https://calls.test')
  await api.request('POST /api/v1/calls/:call_id/intervene', {
    params: { call_id: 'c/1 ü' },
    body: { action: 'send_message', message: 'Hello', command_id: 'command-1' },
  })
  await api.request('GET /api/v1/calls/:call_id/interactions', {
    params: { call_id: 'c1' },
    query: { limit: 200 },
  })
  expect(sent[0]).toEqual({
    url: 'https://calls.test/api/v1/calls/c%2F1%20%C3%BC/intervene',
    method: 'POST',
    token: 'Bearer t1',
    body: { action: 'send_message', message: 'Hello', command_id: 'command-1' },
    credentials: 'include',
  })
  expect(sent[1]?.url).toBe('https://calls.test/api/v1/calls/c1/interactions?limit=200')
})

test('cookies stay with the own origin', async () => {
  const { api, sent } = setUp([{ body: agents }])
  await api.request('GET /api/v1/agents')
  expect(sent[0]?.credentials).toBe('same-origin')
})

test('R-06 a refused token is renewed once and the request repeated once', async () => {
  const { api, sent, signedOut } = setUp([{ status: 401 }, { body: agents }])
  expect(await api.request('GET /api/v1/agents')).toEqual({ ok: true, value: agents })
  expect(sent.map(({ token }) => token)).toEqual(['Bearer t1', 'Bearer t2'])
  expect(signedOut()).toBe(0)
})

test('R-06 a second refusal ends the session', async () => {
  const { api, sent, signedOut } = setUp([{ status: 401 }])
  const answer = await api.request('GET /api/v1/agents')
  expect(answer).toMatchObject({ ok: false, problem: { status: 401, code: 'UNAUTHORIZED' } })
  expect(sent).toHaveLength(2)
  expect(signedOut()).toBe(1)
})

test('R-06 a person without an organization is not asked again', async () => {
  const { api, sent } = setUp([
    { status: 401, body: { error: { code: 'MISSING_TENANT_ID', message: 'Join one.' } } },
  ])
  await api.request('GET /api/v1/agents')
  expect(sent).toHaveLength(1)
})

test.each(['unreachable', { status: 503 }] as const)(
  'R-25 a read is repeated after 1, 2 and 4 s, then given up: %j',
  async (answer) => {
    const { api, clock, sent } = setUp([answer])
    const start = clock.now()
    let endedAt = 0
    const read = api.request('GET /api/v1/agents').finally(() => (endedAt = clock.now()))
    await clock.advance(20_000)
    expect((await read).ok).toBe(false)
    expect(sent).toHaveLength(4)
    expect(endedAt - start).toBe(7000)
  },
)

test('R-16 an action is never repeated blindly', async () => {
  for (const answer of [
    'unreachable',
    { status: 500 },
    { status: 429, headers: { 'retry-after': '1' } },
  ] as const) {
    const { api, clock, sent } = setUp([answer])
    const act = api.request('POST /api/v1/calls/:call_id/end', { params: { call_id: 'c1' }, body: {} })
    await clock.advance(60_000)
    expect((await act).ok).toBe(false)
    expect(sent).toHaveLength(1)
  }
})

test.each([
  ['GET', 10_000],
  ['POST', 5000],
] as const)('R-29 a %s without answer is given up after %i ms', async (method, ms) => {
  const { api, clock } = setUp(['silent'])
  let problem: unknown
  const asked =
    method === 'GET'
      ? api.request('GET /api/v1/agents', { repeat: false })
      : api.request('POST /api/v1/calls/:call_id/end', { params: { call_id: 'c1' }, body: {} })
  void asked.then((answer) => {
    if (!answer.ok) problem = answer.problem
  })
  await clock.advance(ms - 1)
  expect(problem).toBeUndefined()
  await clock.advance(1)
  expect(problem).toMatchObject({ status: 0, code: 'TIMEOUT' })
})

test('R-26 a limited read waits as long as it is told', async () => {
  const { api, clock, sent } = setUp([{ status: 429, headers: { 'retry-after': '7' } }, { body: agents }])
  const read = api.request('GET /api/v1/agents')
  await clock.advance(6999)
  expect(sent).toHaveLength(1)
  await clock.advance(1)
  expect((await read).ok).toBe(true)
})

test('R-26 without Retry-After the reset of the limit counts', async () => {
  const clockStart = createFakeClock().now()
  const reset = String(clockStart / 1000 + 12)
  const { api } = setUp([{ status: 429, headers: { 'x-ratelimit-reset': reset } }])
  const answer = await api.request('POST /api/v1/calls/:call_id/end', { params: { call_id: 'c1' }, body: {} })
  expect(answer).toMatchObject({ problem: { code: 'RATE_LIMITED', retryAfter: 12 } })
})

test('R-56 the same read twice at once is sent once', async () => {
  const { api, sent } = setUp([{ body: agents }])
  const [first, second] = await Promise.all([
    api.request('GET /api/v1/agents'),
    api.request('GET /api/v1/agents'),
  ])
  expect(first).toBe(second)
  expect(sent).toHaveLength(1)
  await api.request('GET /api/v1/agents')
  expect(sent).toHaveLength(2)
})

test('a cancelled request says so, and no other reader is hurt', async () => {
  const { api, clock } = setUp(['silent', { body: agents }])
  const abort = new AbortController()
  const cancelled = api.request('GET /api/v1/agents', { signal: abort.signal })
  await clock.advance(0)
  const other = api.request('GET /api/v1/agents')
  abort.abort()
  expect(await cancelled).toMatchObject({ problem: { code: 'CANCELLED' } })
  expect((await other).ok).toBe(true)
})

test.each([
  [
    'supervisor',
    { error: { code: 'CALL_NOT_ACTIVE', message: 'It ended.', details: [1] }, request_id: 'r1' },
  ],
  ['csr', { error_code: 'CALL_NOT_ACTIVE', message: 'It ended.', details: [1], request_id: 'r1' }],
  [
    'rep',
    { detail: { error_code: 'CALL_NOT_ACTIVE', message: 'It ended.', details: [1], request_id: 'r1' } },
  ],
])('R-50 the %s error format is understood', async (_, body) => {
  const { api } = setUp([{ status: 400, body }])
  const { problem } = (await api.request('GET /api/v1/agents')) as { problem: unknown }
  expect(problem).toEqual({
    status: 400,
    code: 'CALL_NOT_ACTIVE',
    message: 'It ended.',
    details: [1],
    requestId: 'r1',
    retryAfter: undefined,
  })
})

test.each([
  [
    'a proxy page',
    { status: 400, body: '<html>Bad</html>', headers: { 'x-request-id': 'r9' } },
    'VALIDATION_ERROR',
  ],
  ['a page instead of an answer', { body: '<html>', headers: { 'x-request-id': 'r9' } }, 'BAD_ANSWER'],
  ['nothing at all', { status: 404, body: '', headers: { 'x-request-id': 'r9' } }, 'NOT_FOUND'],
])('R-52 %s is survived, and the request id kept', async (_, answer, code) => {
  const { api } = setUp([answer])
  expect(await api.request('GET /api/v1/agents')).toMatchObject({
    ok: false,
    problem: { code, requestId: 'r9' },
  })
})
