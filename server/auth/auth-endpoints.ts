// Sign in, renew, sign out, who am I. With Clerk only the last exists: the others answer 404.
import {
  type LoginResponse,
  type Session,
  authLogin,
  authLogout,
  authMe,
  authRefresh,
} from '#contract/auth.ts'
import { roleFromClaim } from '#contract/permissions.ts'
import type { IssueToken } from '#server/auth/local-tokens.ts'
import { createPasswordCheck } from '#server/auth/password.ts'
import { type RefreshedSession, type Sessions, sessionDefaults } from '#server/auth/sessions.ts'
import { unauthorized } from '#server/auth/unauthorized.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'

export const refreshCookie = 'callboard_refresh'

export interface AuthEndpointOptions {
  db: Db
  mode: 'local' | 'clerk'
  sessions: Sessions
  issueToken: IssueToken
  /** The refresh cookie travels over https only. */
  secureCookies: boolean
  /** Zone of companies that chose none. */
  zone: string
}

interface Person {
  user_id: string
  tenant_id: string
  role: string
  name: string
  email: string
  tenant_name: string
  tenant_zone: string | null
}

/** Sent back to the API alone, never to scripts, never from other sites. */
function createCookieWriter(secure: boolean) {
  const write = (value: string, seconds: number) =>
    `${refreshCookie}=${encodeURIComponent(value)}; Path=/api; Max-Age=${seconds}; HttpOnly; SameSite=Strict` +
    (secure ? '; Secure' : '')
  return {
    set: (token: string) => write(token, sessionDefaults.lifeMs / 1000),
    clear: () => write('', 0),
  }
}

/** Only representatives have a representative's id: it is their own. Throws 403 for a role there is not. */
function presentSession(person: Person, zone: string): Session {
  const role = roleFromClaim(person.role)
  if (!role) throw new ApiError('FORBIDDEN', 'This account has no role here. Ask an owner to set one.')
  return {
    ...person,
    tenant_zone: person.tenant_zone ?? zone,
    role,
    rep_id: role === 'sales_rep' ? person.user_id : null,
  }
}

function peopleQuery(db: Db) {
  return db
    .selectFrom('users')
    .innerJoin('companies', 'companies.id', 'users.company_id')
    .select([
      'users.id as user_id',
      'users.company_id as tenant_id',
      'users.role',
      'users.name',
      'users.email',
    ])
    .select(['companies.name as tenant_name', 'companies.zone as tenant_zone'])
    .where('users.is_active', '=', true)
}

/** Registers the four endpoints. */
export function registerAuthEndpoints(register: RegisterEndpoint, options: AuthEndpointOptions): void {
  const { db, sessions, issueToken, zone } = options
  const cookies = createCookieWriter(options.secureCookies)
  const checkPassword = createPasswordCheck()

  const requireLocal = () => {
    if (options.mode !== 'local')
      throw new ApiError('NOT_FOUND', 'Sign-in is with the identity provider, not here.')
  }

  const answer = async (user: Session, session: RefreshedSession): Promise<LoginResponse> => {
    const { companyId, userId, sessionId } = session
    const { token, expiresAt } = await issueToken({ companyId, userId, sessionId, role: user.role })
    return { token, expires_at: new Date(expiresAt).toISOString(), user }
  }

  register(authLogin, async ({ body, headers }) => {
    requireLocal()
    // The one query without a company: who signs in has not said yet which one is theirs; e-mails are unique over all.
    const person = await peopleQuery(db)
      .select('users.password_hash')
      .where('users.email', '=', body.email.toLowerCase())
      .executeTakeFirst()
    const isRight = await checkPassword(body.password, person?.password_hash ?? null)
    if (!person || !isRight)
      throw new ApiError('UNAUTHORIZED', 'The e-mail or the password is not right.', {
        reason: 'WRONG_CREDENTIALS',
      })
    const { password_hash: _, ...known } = person
    const user = presentSession(known, zone)
    const session = await sessions.open(known.tenant_id, known.user_id, String(headers['user-agent'] ?? ''))
    return {
      status: 200,
      body: await answer(user, session),
      headers: { 'set-cookie': cookies.set(session.refreshToken) },
    }
  })

  register(authRefresh, async (request) => {
    requireLocal()
    const token = request.cookies[refreshCookie]
    const session = token ? await sessions.renew(token) : null
    const person = session
      ? await peopleQuery(db)
          .where('users.company_id', '=', session.companyId)
          .where('users.id', '=', session.userId)
          .executeTakeFirst()
      : undefined
    if (!session || !person) throw unauthorized(token ? 'SESSION_ENDED' : 'NO_SESSION')
    return {
      status: 200,
      body: await answer(presentSession(person, zone), session),
      headers: { 'set-cookie': cookies.set(session.refreshToken) },
    }
  })

  register(authLogout, async (request) => {
    requireLocal()
    const token = request.cookies[refreshCookie]
    if (token) await sessions.end(token)
    return { status: 200, body: { success: true }, headers: { 'set-cookie': cookies.clear() } }
  })

  register(authMe, ({ principal }) => ({
    status: 200,
    body: presentSession(
      {
        user_id: principal.userId,
        tenant_id: principal.companyId,
        role: principal.role,
        name: principal.name,
        email: principal.email ?? '',
        tenant_name: principal.companyName ?? '',
        tenant_zone: principal.companyZone ?? null,
      },
      zone,
    ),
  }))
}
