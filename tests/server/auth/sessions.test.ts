import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type AuthFixture,
  cookieOf,
  login,
  me,
  refresh,
  seedPeople,
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

const sessions = () => database().db.selectFrom('sessions').selectAll().execute()

test('signing in gives a token, who one is, and a cookie that scripts cannot read', async () => {
  const answer = await login(fixture.app, 'DANA@example.com')
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({
    expires_at: new Date(start + 15 * 60_000).toISOString(),
    user: { user_id: 'dana', tenant_id: 'demo', role: 'manager' },
  })
  expect(answer.cookies).toEqual([
    {
      name: 'callboard_refresh',
      value: expect.any(String),
      path: '/api',
      httpOnly: true,
      sameSite: 'Strict',
      maxAge: 12 * 3600,
    },
  ])
  expect(answer.headers['cache-control']).toBe('no-store')
})

test('behind https the cookie travels over https only', async () => {
  const secure = startAuth(database().db, undefined, { secureCookies: true })
  expect((await login(secure.app)).cookies[0]).toMatchObject({ secure: true })
  await secure.stop()
})

test('the table holds hashes, never a token', async () => {
  const cookie = cookieOf(await login(fixture.app))
  const [row] = await sessions()
  expect(JSON.stringify(row)).not.toContain(cookie.split(':').at(-1))
})

test('a wrong password, an unknown person, one without a password and one who left get the same answer', async () => {
  await database().db.updateTable('users').set({ is_active: false }).where('id', '=', 'luke').execute()
  const answers = await Promise.all([
    login(fixture.app, 'dana@example.com', 'wrong'),
    login(fixture.app, 'nobody@example.com'),
    login(fixture.app, 'nopass@example.com'),
    login(fixture.app, 'luke@example.com'),
  ])
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([401]))
  const errors = answers.map((answer) => JSON.stringify(answer.json().error))
  expect(new Set(errors).size).toBe(1)
  expect(errors[0]).toContain('WRONG_CREDENTIALS')
  expect(await sessions()).toEqual([])
})

test('renewing gives a fresh token and another cookie, for as long as one keeps renewing', async () => {
  const first = await login(fixture.app)
  fixture.clock.at += 14 * 60_000
  const second = await refresh(fixture.app, cookieOf(first))
  expect(second.statusCode).toBe(200)
  expect(cookieOf(second)).not.toBe(cookieOf(first))
  expect((await me(fixture.app, second.json().token)).statusCode).toBe(200)
  fixture.clock.at += 11 * 3600_000
  const third = await refresh(fixture.app, cookieOf(second))
  expect(third.statusCode).toBe(200)
  fixture.clock.at += 12 * 3600_000
  expect((await refresh(fixture.app, cookieOf(third))).json().error.details.reason).toBe('SESSION_ENDED')
})

test('two tabs that renew at once both get a token and the same cookie', async () => {
  const cookie = cookieOf(await login(fixture.app))
  const answers = await Promise.all([1, 2, 3].map(() => refresh(fixture.app, cookie)))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
  expect(new Set(answers.map(cookieOf)).size).toBe(1)
  expect((await refresh(fixture.app, cookieOf(answers[1]!))).statusCode).toBe(200)
})

test('an answer that got lost can be asked for again within ten seconds', async () => {
  const cookie = cookieOf(await login(fixture.app))
  const lost = await refresh(fixture.app, cookie)
  fixture.clock.at += 10_000
  const again = await refresh(fixture.app, cookie)
  expect(cookieOf(again)).toBe(cookieOf(lost))
})

test('a token used again after that ends the session for thief and owner, and sockets are told', async () => {
  const first = await login(fixture.app)
  const second = await refresh(fixture.app, cookieOf(first))
  const { token } = second.json()
  expect((await me(fixture.app, token)).statusCode).toBe(200)
  fixture.clock.at += 10_001
  expect((await refresh(fixture.app, cookieOf(first))).statusCode).toBe(401)
  expect((await refresh(fixture.app, cookieOf(second))).statusCode).toBe(401)
  expect((await me(fixture.app, token)).json().error.details.reason).toBe('SESSION_ENDED')
  expect(fixture.revoked).toMatchObject([{ companyId: 'demo', userId: 'dana' }])
})

test('a token two turns old ends the session even within the grace', async () => {
  const first = await login(fixture.app)
  const second = await refresh(fixture.app, cookieOf(first))
  const third = await refresh(fixture.app, cookieOf(second))
  expect((await refresh(fixture.app, cookieOf(first))).statusCode).toBe(401)
  expect((await refresh(fixture.app, cookieOf(third))).statusCode).toBe(401)
})

test('a made-up token ends nobody’s session', async () => {
  const cookie = cookieOf(await login(fixture.app))
  const [company, session, turn] = cookie.split(':')
  for (const forged of [`${company}:${session}:${turn}:xxxx`, `${company}:${session}:7:`, 'x', ''])
    expect((await refresh(fixture.app, forged)).statusCode).toBe(401)
  const other = cookie.replace(/^demo:/, 'acme:')
  expect((await refresh(fixture.app, other)).statusCode).toBe(401)
  expect((await refresh(fixture.app, cookie)).statusCode).toBe(200)
})

test('signing out ends the session everywhere at once, and may be repeated', async () => {
  const answer = await login(fixture.app)
  const { token } = answer.json()
  await me(fixture.app, token)
  const logout = () =>
    fixture.app.inject({
      method: 'POST',
      url: '/api/v1/auth/logout',
      cookies: { callboard_refresh: cookieOf(answer) },
    })
  const out = await logout()
  expect([out.statusCode, out.json()]).toEqual([200, { success: true }])
  expect(out.cookies[0]).toMatchObject({ name: 'callboard_refresh', value: '', maxAge: 0 })
  expect((await me(fixture.app, token)).statusCode).toBe(401)
  expect((await refresh(fixture.app, cookieOf(answer))).statusCode).toBe(401)
  expect(fixture.revoked).toHaveLength(1)
  expect((await logout()).statusCode).toBe(200)
})

test('one session’s end leaves the person’s others', async () => {
  const [here, there] = [await login(fixture.app), await login(fixture.app)]
  await fixture.app.inject({
    method: 'POST',
    url: '/api/v1/auth/logout',
    cookies: { callboard_refresh: cookieOf(here) },
  })
  expect((await me(fixture.app, there.json().token)).statusCode).toBe(200)
})

test('who was deactivated cannot renew', async () => {
  const cookie = cookieOf(await login(fixture.app))
  await database().db.updateTable('users').set({ is_active: false }).where('id', '=', 'dana').execute()
  expect((await refresh(fixture.app, cookie)).statusCode).toBe(401)
})

test('sessions that ended are forgotten at the next sign-in', async () => {
  await login(fixture.app)
  fixture.clock.at += 13 * 3600_000
  await login(fixture.app)
  expect(await sessions()).toHaveLength(1)
})
