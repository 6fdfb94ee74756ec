// Sign-in on a real database with two companies, a hand-driven clock and the real kernel in front.
import { SignJWT } from 'jose'
import type { FastifyInstance } from 'fastify'

import { callsNotes } from '#contract/note-endpoints.ts'
import { type Auth, createAuth } from '#server/auth/create-auth.ts'
import { hashPassword } from '#server/auth/password.ts'
import { standingDefaults, type Revocation } from '#server/auth/standing.ts'
import type { TokenSource } from '#server/auth/verify-token.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import { defaultLimits } from '#server/http/limits.ts'
import { registerEndpoint } from '#server/http/register-endpoint.ts'
import { createLogger } from '#server/telemetry/logger.ts'
import { makeHttp } from '#tests/server/http/http-fixture.ts'

export const jwtSecret = 'a secret of the tests, long enough for HS256'
export const start = Date.parse('2026-11-20T14:00:00Z')
export const at = new Date(start).toISOString()

export interface TestClock extends Clock {
  at: number
  /** Moves on and runs each interval once. */
  sweep(): void
}

function makeClock(): TestClock {
  const intervals = new Set<() => void>()
  const clock: TestClock = {
    at: start,
    now: () => clock.at,
    sweep() {
      clock.at += standingDefaults.sweepMs
      for (const run of intervals) run()
    },
    setTimeout: () => {
      throw new Error('not used')
    },
    clearTimeout: () => undefined,
    setInterval: (run) => {
      intervals.add(run)
      return run
    },
    clearInterval: (handle) => void intervals.delete(handle as () => void),
  }
  return clock
}

/** Two companies; everybody's password is `right-password`. */
export async function seedPeople(db: Db): Promise<void> {
  const hash = await hashPassword('right-password', { N: 1024, r: 8, p: 1 })
  for (const table of ['sessions', 'users', 'companies'] as const) await db.deleteFrom(table).execute()
  for (const id of ['demo', 'acme'])
    await db
      .insertInto('companies')
      .values({
        id,
        slug: id,
        name: `The ${id}`,
        external_id: `org_${id}`,
        webhook_secret: id,
        created_at: at,
      })
      .execute()
  const person = (company_id: string, id: string, role: string, password_hash: string | null = hash) => ({
    company_id,
    id,
    email: `${id}@example.com`,
    name: `Name of ${id}`,
    role,
    password_hash,
    is_active: true,
    external_id: null,
    created_at: at,
  })
  await db
    .insertInto('users')
    .values([
      person('demo', 'dana', 'manager'),
      person('demo', 'luke', 'sales_rep'),
      person('demo', 'ghost', 'emperor'),
      person('demo', 'nopass', 'viewer', null),
      person('acme', 'noor', 'manager'),
    ])
    .execute()
}

export interface AuthFixture {
  app: FastifyInstance
  auth: Auth
  clock: TestClock
  revoked: Revocation[]
  stop: () => Promise<void>
}

export function startAuth(
  db: Db,
  source?: TokenSource,
  options: { secureCookies?: boolean } = {},
): AuthFixture {
  const clock = makeClock()
  const auth = createAuth({
    db,
    clock,
    log: createLogger({ level: 'silent' }),
    source: source ?? { mode: 'local', secret: jwtSecret },
    jwtSecret,
    secureCookies: options.secureCookies ?? false,
  })
  const { app } = makeHttp({
    clock,
    verifyToken: auth.verifyToken,
    limits: { ...defaultLimits, loginPerMinute: 1000, loginPerAddressPerMinute: 1000 },
  })
  auth.registerEndpoints((record, handler) => registerEndpoint(app, record, handler))
  registerEndpoint(app, callsNotes, () => ({ status: 200, body: { notes: [] } }))
  const revoked: Revocation[] = []
  auth.onRevoked((who) => revoked.push(who))
  const stopSweeps = auth.start()
  const stop = async () => {
    stopSweeps()
    await app.close()
  }
  return { app, auth, clock, revoked, stop }
}

/** A signed token with the claims given, made at the clock's time. */
export function sign(claims: Record<string, unknown>, secret = jwtSecret, alg = 'HS256'): Promise<string> {
  const now = Math.floor(start / 1000)
  return new SignJWT({ iss: 'callboard', iat: now, exp: now + 900, ...claims })
    .setProtectedHeader({ alg })
    .sign(new TextEncoder().encode(secret))
}

export const login = (app: FastifyInstance, email = 'dana@example.com', password = 'right-password') =>
  app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: { email, password } })

/** The refresh cookie's value in an answer. */
export function cookieOf(answer: { cookies: { name: string; value: string }[] }): string {
  return answer.cookies.find(({ name }) => name === 'callboard_refresh')?.value ?? ''
}

export const refresh = (app: FastifyInstance, cookie: string) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/auth/refresh',
    cookies: cookie ? { callboard_refresh: cookie } : {},
  })

export const me = (app: FastifyInstance, token: string) =>
  app.inject({ url: '/api/v1/auth/me', headers: { authorization: `Bearer ${token}` } })
