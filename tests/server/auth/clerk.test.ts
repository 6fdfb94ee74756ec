import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import {
  type AuthFixture,
  login,
  me,
  refresh,
  seedPeople,
  sign,
  start,
  startAuth,
} from '#tests/server/auth/auth-fixture.ts'
import { useDatabase } from '#tests/support/database.ts'

const database = useDatabase()
const issuer = 'https://clerk.example.com'
const page = 'https://console.example.com'
let keys: Awaited<ReturnType<typeof generateKeyPair>>
let stranger: Awaited<ReturnType<typeof generateKeyPair>>
let keyServer: Server
let jwksUrl: string
let fixture: AuthFixture

beforeAll(async () => {
  keys = await generateKeyPair('RS256', { extractable: true })
  stranger = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
  keyServer = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }))
  })
  await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve))
  jwksUrl = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/.well-known/jwks.json`
})
afterAll(() => new Promise((resolve) => keyServer.close(resolve)))
beforeEach(async () => {
  await seedPeople(database().db)
  fixture = startAuth(database().db, { mode: 'clerk', issuer, jwksUrl, authorizedParties: [page] })
})
afterEach(() => fixture.stop())

const seconds = start / 1000
const good = {
  iss: issuer,
  sub: 'user_1',
  sid: 'sess_1',
  azp: page,
  org_id: 'org_demo',
  org_role: 'org:admin',
  iat: seconds,
  exp: seconds + 60,
  name: 'Mia Castro',
  email: 'mia@example.com',
}

const clerkToken = (claims: Record<string, unknown> = {}, key = keys.privateKey) =>
  new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key)

const ask = async (claims: Record<string, unknown> = {}) => me(fixture.app, await clerkToken(claims))

const people = () =>
  database().db.selectFrom('users').selectAll().where('external_id', 'is not', null).execute()

test('a Clerk token speaks for its person in the company of its organization', async () => {
  expect((await ask()).json()).toMatchObject({
    user_id: 'user_1',
    tenant_id: 'demo',
    role: 'manager',
    name: 'Mia Castro',
    email: 'mia@example.com',
  })
  await ask()
  expect(await people()).toHaveLength(1)
})

test('the organization may also stand in one member, as newer tokens have it', async () => {
  const answer = await ask({ org_id: undefined, org_role: undefined, o: { id: 'org_acme', rol: 'viewer' } })
  expect(answer.json()).toMatchObject({ tenant_id: 'acme', role: 'viewer' })
})

test('an address that somebody has already is not taken from them', async () => {
  expect((await ask({ email: 'dana@example.com' })).json()).toMatchObject({
    user_id: 'user_1',
    email: 'user_1.demo@users.invalid',
  })
})

test('one person in two organizations is two people here', async () => {
  expect((await ask()).json().tenant_id).toBe('demo')
  expect((await ask({ org_id: 'org_acme', org_role: 'org:viewer' })).json()).toMatchObject({
    tenant_id: 'acme',
    role: 'viewer',
  })
  expect((await people()).map((row) => row.company_id).sort()).toEqual(['acme', 'demo'])
})

test('a new role in a newer token holds at once and closes the old role’s sockets; an older token does not undo it', async () => {
  await ask()
  expect((await ask({ org_role: 'org:viewer', iat: seconds + 1 })).json().role).toBe('viewer')
  expect(fixture.revoked).toEqual([{ companyId: 'demo', userId: 'user_1' }])
  expect((await ask()).json().role).toBe('viewer')
  expect((await ask({ iat: seconds + 2 })).json().role).toBe('manager')
})

test('who is deactivated here is out, whatever Clerk says', async () => {
  expect((await ask()).statusCode).toBe(200)
  await database().db.updateTable('users').set({ is_active: false }).where('id', '=', 'user_1').execute()
  fixture.clock.sweep()
  await vi.waitFor(() => expect(fixture.revoked).toHaveLength(1))
  expect((await ask()).json().error.details.reason).toBe('SESSION_ENDED')
})

test.each<[string, Record<string, unknown>, number, string | undefined]>([
  ['another issuer', { iss: 'https://evil.example.com' }, 401, 'INVALID_TOKEN'],
  ['an end that has passed', { exp: seconds - 6 }, 401, 'TOKEN_EXPIRED'],
  ['no organization', { org_id: undefined }, 401, 'MISSING_TENANT_ID'],
  ['a page that is not ours', { azp: 'https://evil.example.com' }, 401, 'INVALID_TOKEN'],
  ['a session that is not finished', { sts: 'pending' }, 401, 'INVALID_TOKEN'],
  ['an organization that is not set up here', { org_id: 'org_unknown' }, 403, undefined],
  ['a role that is unknown', { org_role: 'org:emperor' }, 403, undefined],
])('%s does not get in', async (_what, claims, status, reason) => {
  const answer = await ask(claims)
  expect(answer.statusCode).toBe(status)
  expect(answer.json().error.details?.reason).toBe(reason)
  expect(await people()).toEqual([])
})

test('another key, and a token signed with our own secret, do not get in', async () => {
  expect((await me(fixture.app, await clerkToken({}, stranger.privateKey))).statusCode).toBe(401)
  expect((await me(fixture.app, await sign(good))).statusCode).toBe(401)
})

test('a key server that does not answer is a 503, not a sign-out', async () => {
  const dead = startAuth(database().db, {
    mode: 'clerk',
    issuer,
    jwksUrl: 'http://127.0.0.1:9/jwks.json',
    authorizedParties: [],
  })
  const answer = await me(dead.app, await clerkToken())
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2'])
  await dead.stop()
})

test('local sign-in does not exist beside Clerk', async () => {
  expect((await login(fixture.app)).statusCode).toBe(404)
  expect((await refresh(fixture.app, 'x')).statusCode).toBe(404)
  expect((await fixture.app.inject({ method: 'POST', url: '/api/auth/logout' })).statusCode).toBe(404)
})
