import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { callsNotes } from '#contract/note-endpoints.ts'
import { endpoints } from '#contract/endpoints.ts'
import { registerDocs } from '#server/http/docs.ts'
import { registerEndpoint } from '#server/http/register-endpoint.ts'
import { type ConsoleSettings, registerStatic } from '#server/http/static.ts'
import { type HttpFixture, bearer, makeHttp } from '#tests/server/http/http-fixture.ts'

const html = `<!doctype html><html><head><meta property="csp-nonce" nonce="__CSP_NONCE__">
<meta name="callboard-config" content="{}">
<script type="module" nonce="__CSP_NONCE__" src="/assets/main-abc.js"></script></head><body></body></html>`
const settings: ConsoleSettings = {
  api: '',
  socket: '',
  transport: 'socketio',
  auth: 'local',
  demo: [{ email: 'o@example.com', name: "Pat O'Hara </script>", role: 'owner', company: 'A & B' }],
}
const script = 'console.log("console")'
const browser = { accept: 'text/html,application/xhtml+xml' }

let fixture: HttpFixture
let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callboard-dist-'))
  await mkdir(join(root, 'assets'))
  await writeFile(join(root, 'index.html'), html)
  await writeFile(join(root, 'favicon.svg'), '<svg/>')
  await writeFile(join(root, 'assets/main-abc.js'), script)
  await writeFile(join(root, 'assets/main-abc.js.br'), brotliCompressSync(script))
})
afterEach(async () => {
  await fixture.app.close()
  await rm(root, { recursive: true })
})

function start(overrides: Parameters<typeof makeHttp>[0] = {}): HttpFixture {
  fixture = makeHttp(overrides)
  registerEndpoint(fixture.app, callsNotes, () => ({ status: 200, body: { notes: [] } }))
  registerStatic(fixture.app, { root, settings, sources: { socketOrigin: 'https://live.example.com' } })
  registerDocs(fixture.app, endpoints, '1.2.3')
  return fixture
}

test('the page carries one nonce, new each time, in the policy and in its tags', async () => {
  const { app } = start()
  const nonceOf = (policy: unknown) => /'nonce-([^']+)'/.exec(String(policy))?.[1] ?? ''
  const first = await app.inject({ url: '/live?status=ringing', headers: browser })
  const nonce = nonceOf(first.headers['content-security-policy'])
  expect(first.statusCode).toBe(200)
  expect(first.headers['content-type']).toContain('text/html')
  expect(first.headers['cache-control']).toBe('no-store')
  expect(nonce.length).toBeGreaterThan(20)
  expect(first.body.split(`nonce="${nonce}"`)).toHaveLength(3)
  expect(first.body).toContain(`<meta name="csp-nonce" content="${nonce}">`)
  expect(first.body).not.toContain('__CSP_NONCE__')
  expect(first.headers['content-security-policy-report-only']).toContain('require-trusted-types-for')
  const second = await app.inject({ url: '/live', headers: browser })
  expect(nonceOf(second.headers['content-security-policy'])).not.toBe(nonce)
})

test('the console finds its settings in the page, whatever signs names contain', async () => {
  const { app } = start()
  const { body } = await app.inject({ url: '/', headers: browser })
  const found = [...body.matchAll(/<meta name="callboard-config" content='([^']*)'>/g)]
  expect(found).toHaveLength(1)
  const text = found[0]![1]!
  expect(text).not.toMatch(/[<>]/)
  const decoded = text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
  expect(JSON.parse(decoded)).toEqual(settings)
})

test('hashed files are kept for ever and come compressed, others are asked for again', async () => {
  const { app } = start()
  const asset = await app.inject({ url: '/assets/main-abc.js', headers: { 'accept-encoding': 'br' } })
  expect(asset.statusCode).toBe(200)
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(asset.headers['content-encoding']).toBe('br')
  const plain = await app.inject({ url: '/assets/main-abc.js' })
  expect(plain.body).toBe(script)
  expect(plain.headers['content-type']).toContain('javascript')
  const icon = await app.inject({ url: '/favicon.svg' })
  expect(icon.headers['cache-control']).toContain('must-revalidate')
  const missing = await app.inject({ url: '/assets/gone.js' })
  expect([missing.statusCode, missing.json().error.code]).toEqual([404, 'NOT_FOUND'])
  const outside = await app.inject({ url: '/assets/..%2f..%2f..%2fetc/passwd' })
  expect(outside.statusCode).toBe(404)
})

test('only pages fall back to the console: data and sockets answer in JSON', async () => {
  const { app, lines } = start()
  await app.inject({ url: '/live/call/secret', headers: browser })
  expect(lines.at(-1)).toMatchObject({ route: 'console', status: 200 })
  for (const url of ['/api/v1/unknown', '/api/unknown', '/socket.io/x', '/ws/unknown'])
    expect((await app.inject({ url, headers: browser })).json().error.code).toBe('NOT_FOUND')
  expect((await app.inject({ url: '/live', headers: { accept: 'application/json' } })).statusCode).toBe(404)
  expect((await app.inject({ method: 'POST', url: '/live', headers: browser })).statusCode).toBe(404)
  expect((await app.inject({ url: '/index.html' })).body).not.toContain('__CSP_NONCE__')
})

test('every answer forbids what browsers should not do; HSTS only where https is', async () => {
  const { app } = start({ trustProxy: true })
  for (const url of ['/api/v1/calls/c/notes', '/nothing', '/assets/main-abc.js']) {
    const { headers } = await app.inject({ url })
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    })
    expect(headers['strict-transport-security']).toBeUndefined()
  }
  const data = await app.inject({ url: '/api/v1/calls/c/notes', headers: bearer('viewer') })
  expect(data.headers['cache-control']).toBe('no-store')
  const secure = await app.inject({ url: '/nothing', headers: { 'x-forwarded-proto': 'https' } })
  expect(secure.headers['strict-transport-security']).toContain('max-age=')
})

test('origins on the list may read answers with cookies, refusals too; others get no header', async () => {
  const { app } = start({ corsOrigins: ['https://console.example.com'] })
  const ask = (origin: string, method: 'GET' | 'OPTIONS' = 'GET') =>
    app.inject({
      method,
      url: '/api/v1/calls/c/notes',
      headers: { origin, ...(method === 'OPTIONS' ? { 'access-control-request-method': 'POST' } : {}) },
    })
  const refusal = await ask('https://console.example.com')
  expect(refusal.statusCode).toBe(401)
  expect(refusal.headers).toMatchObject({
    'access-control-allow-origin': 'https://console.example.com',
    'access-control-allow-credentials': 'true',
    vary: 'Origin',
  })
  expect(refusal.headers['access-control-expose-headers']).toContain('X-Request-Id')
  const preflight = await ask('https://console.example.com', 'OPTIONS')
  expect(preflight.statusCode).toBe(204)
  expect(preflight.headers['access-control-allow-headers']).toContain('Authorization')
  for (const method of ['GET', 'OPTIONS'] as const) {
    const { headers } = await ask('https://evil.example.com', method)
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  }
})

test('the description lists every endpoint, its refusals and its shapes', async () => {
  const { app } = start()
  const description = (await app.inject({ url: '/api/v1/openapi.json' })).json()
  expect(description.openapi).toBe('3.1.0')
  for (const { method, path, id } of endpoints) {
    const operation = description.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    expect(operation?.operationId).toBe(id)
  }
  const get = description.paths['/api/v1/calls/{call_id}'].get
  expect(Object.keys(get.responses)).toEqual(expect.arrayContaining(['200', '401', '403', '404', '429']))
  const text = JSON.stringify(description)
  const targets = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]!))
  expect(targets.size).toBeGreaterThan(5)
  for (const name of targets) expect(description.components.schemas).toHaveProperty([name])
  expect(text).not.toContain('$defs')
})

test('people read the description without scripts', async () => {
  const { app } = start()
  for (const url of ['/docs', '/redoc']) {
    const page = await app.inject({ url })
    expect(page.body).toContain('/api/v1/calls/{call_id}/intervene')
    expect(page.body).not.toContain('<script')
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  }
})
