import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  type AuthFixture,
  login,
  me,
  seedPeople,
  sign,
  start,
  startAuth,
} from '#tests/server/auth/auth-fixture.ts'
import { useDatabase } from '#tests/support/database.ts'

const database = useDatabase()
let fixture: AuthFixture
beforeEach(async () => {
  await seedPeople(database().db)
  fixture = startAuth(database().db)
})
afterEach(() => fixture.stop())

/** A real sign-in: its token and the session's id. */
async function signIn(email?: string): Promise<{ token: string; sid: string }> {
  const { token } = (await login(fixture.app, email)).json()
  const { sid } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
  return { token, sid }
}

const unsigned = (claims: object) =>
  `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`

test('a token says who one is', async () => {
  const { token } = await signIn()
  const answer = await me(fixture.app, token)
  expect(answer.json()).toEqual({
    user_id: 'dana',
    tenant_id: 'demo',
    role: 'manager',
    rep_id: null,
    name: 'Name of dana',
    email: 'dana@example.com',
    tenant_name: 'The demo',
    tenant_zone: 'UTC',
  })
  const rep = await signIn('luke@example.com')
  expect((await me(fixture.app, rep.token)).json()).toMatchObject({ role: 'sales_rep', rep_id: 'luke' })
})

test('no personal data travels in a token', async () => {
  const { token } = await signIn()
  expect(Buffer.from(token.split('.')[1]!, 'base64url').toString()).not.toMatch(/Name of|@example/)
})

test.each<[string, (sid: string) => Promise<string> | string, string]>([
  ['nothing like a token', () => 'nonsense', 'INVALID_TOKEN'],
  ['a token far too long', () => 'x'.repeat(9000), 'INVALID_TOKEN'],
  [
    'an unsigned token',
    (sid) => unsigned({ iss: 'callboard', sub: 'dana', tenant_id: 'demo', sid, exp: 9e9 }),
    'INVALID_TOKEN',
  ],
  ['another secret', (sid) => sign({ sub: 'dana', tenant_id: 'demo', sid }, 'x'.repeat(40)), 'INVALID_TOKEN'],
  [
    'another algorithm',
    (sid) => sign({ sub: 'dana', tenant_id: 'demo', sid }, undefined, 'HS512'),
    'INVALID_TOKEN',
  ],
  ['another issuer', (sid) => sign({ iss: 'else', sub: 'dana', tenant_id: 'demo', sid }), 'INVALID_TOKEN'],
  ['no end', (sid) => sign({ sub: 'dana', tenant_id: 'demo', sid, exp: undefined }), 'INVALID_TOKEN'],
  [
    'an end that has passed',
    (sid) => sign({ sub: 'dana', tenant_id: 'demo', sid, exp: start / 1000 }),
    'TOKEN_EXPIRED',
  ],
  ['no person', (sid) => sign({ tenant_id: 'demo', sid }), 'INVALID_TOKEN'],
  ['no company', (sid) => sign({ sub: 'dana', sid }), 'MISSING_TENANT_ID'],
  ['no session', () => sign({ sub: 'dana', tenant_id: 'demo' }), 'INVALID_TOKEN'],
  ['a session there is not', () => sign({ sub: 'dana', tenant_id: 'demo', sid: 'zzz' }), 'SESSION_ENDED'],
  [
    'another company than the session’s',
    (sid) => sign({ sub: 'dana', tenant_id: 'acme', sid }),
    'SESSION_ENDED',
  ],
  [
    'another person than the session’s',
    (sid) => sign({ sub: 'luke', tenant_id: 'demo', sid }),
    'SESSION_ENDED',
  ],
])('%s is no sign-in', async (_what, make, reason) => {
  const { sid } = await signIn()
  const answer = await me(fixture.app, await make(sid))
  expect(answer.statusCode).toBe(401)
  expect(answer.headers['www-authenticate']).toBe('Bearer')
  expect(answer.json().error).toMatchObject({ code: 'UNAUTHORIZED', details: { reason } })
})

test.each(['org_id', 'organization_id', 'tenant_id', 'company_id'])(
  'R-04 the company may stand in %s',
  async (claim) => {
    const { sid } = await signIn()
    expect((await me(fixture.app, await sign({ user_id: 'dana', [claim]: 'demo', sid }))).statusCode).toBe(
      200,
    )
  },
)

test('the role is the stored one, not the token’s', async () => {
  const { sid } = await signIn('luke@example.com')
  const token = await sign({ sub: 'luke', tenant_id: 'demo', role: 'owner', sid })
  expect((await me(fixture.app, token)).json().role).toBe('sales_rep')
})

test('R-09 an unknown role may do nothing: neither sign in nor ask who it is', async () => {
  expect((await login(fixture.app, 'ghost@example.com')).statusCode).toBe(403)
  const { token } = await signIn('dana@example.com')
  await database().db.updateTable('users').set({ role: 'emperor' }).where('id', '=', 'dana').execute()
  expect((await me(fixture.app, token)).statusCode).toBe(403)
})

test('a token lasts fifteen minutes by the server’s clock', async () => {
  const { token } = await signIn()
  fixture.clock.at = start + 15 * 60_000 - 1000
  expect((await me(fixture.app, token)).statusCode).toBe(200)
  fixture.clock.at = start + 15 * 60_000
  expect((await me(fixture.app, token)).json().error.details.reason).toBe('TOKEN_EXPIRED')
})

test('a deactivated person is out within five seconds, and sockets are told without a request', async () => {
  const { token, sid } = await signIn()
  expect((await me(fixture.app, token)).statusCode).toBe(200)
  await database().db.updateTable('users').set({ is_active: false }).where('id', '=', 'dana').execute()
  fixture.clock.sweep()
  await vi.waitFor(() =>
    expect(fixture.revoked).toEqual([{ companyId: 'demo', userId: 'dana', sessionId: sid }]),
  )
  expect((await me(fixture.app, token)).json().error.details.reason).toBe('SESSION_ENDED')
})

test('without a sweep the next request after five seconds notices it', async () => {
  const { token } = await signIn()
  await me(fixture.app, token)
  await database().db.updateTable('users').set({ is_active: false }).where('id', '=', 'dana').execute()
  fixture.clock.at += 5000
  expect((await me(fixture.app, token)).statusCode).toBe(401)
})

test('a change of role tells the sockets, and the next request has the new role', async () => {
  const { token, sid } = await signIn()
  await me(fixture.app, token)
  await database().db.updateTable('users').set({ role: 'viewer' }).where('id', '=', 'dana').execute()
  await fixture.auth.recheck('demo', 'dana')
  expect(fixture.revoked).toEqual([{ companyId: 'demo', userId: 'dana', sessionId: sid }])
  expect((await me(fixture.app, token)).json().role).toBe('viewer')
})

test('nobody is told of anything while nothing changes', async () => {
  const { token } = await signIn()
  await me(fixture.app, token)
  await fixture.auth.recheck('demo', 'dana')
  await fixture.auth.recheck('acme', 'noor')
  expect(fixture.revoked).toEqual([])
})
