// Sessions of local sign-in: a refresh token that changes with each use, so that a stolen one gives itself away.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Revocation } from '#server/auth/standing.ts'
import type { Db } from '#server/db/database.ts'
import type { SessionTable } from '#server/db/schema.ts'
import type { Clock } from '#server/domain/clock.ts'

export const sessionDefaults = {
  /** A session nobody renews ends after this long. */
  lifeMs: 12 * 3600_000,
  /** The token before the current one is still taken this long: two tabs, or an answer that got lost. */
  graceMs: 10_000,
} as const

export interface SessionBearer {
  companyId: string
  userId: string
  sessionId: string
}
export interface RefreshedSession extends SessionBearer {
  refreshToken: string
}

export interface SessionOptions {
  db: Db
  clock: Clock
  /** Key behind the tokens' signatures. */
  secret: string
  /** Told of each session that ends before its time. */
  onRevoked: (who: Revocation) => Promise<void>
}

export type Sessions = ReturnType<typeof createSessions>

interface ParsedToken {
  companyId: string
  sessionId: string
  turn: number
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * A refresh token is `company:session:turn:signature`. It follows from its parts, so the current one can be handed out
 * again within the grace, and a made-up one is told apart from an old one: only an old one ends the session.
 */
function createTokenFormat(secret: string) {
  const sign = (text: string) => createHmac('sha256', secret).update(`refresh ${text}`).digest('base64url')
  return {
    make({ companyId, sessionId, turn }: ParsedToken): string {
      const text = `${encodeURIComponent(companyId)}:${sessionId}:${turn}`
      return `${text}:${sign(text)}`
    },
    parse(token: string): ParsedToken | null {
      const [company, sessionId, turn, signature] = token.split(':')
      if (!company || !sessionId || !turn || !signature || !/^\d{1,9}$/.test(turn)) return null
      const expected = Buffer.from(sign(`${company}:${sessionId}:${turn}`))
      const given = Buffer.from(signature)
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
      return { companyId: decodeURIComponent(company), sessionId, turn: Number(turn) }
    },
  }
}

export function createSessions({ db, clock, secret, onRevoked }: SessionOptions) {
  const format = createTokenFormat(secret)
  const iso = (ms: number) => new Date(ms).toISOString()

  /** Opens a session for someone whose password was right; forgets the person's sessions that ended. */
  const open = async (companyId: string, userId: string, userAgent: string): Promise<RefreshedSession> => {
    const now = clock.now()
    const sessionId = `s${now.toString(36)}${randomBytes(12).toString('base64url')}`
    const refreshToken = format.make({ companyId, sessionId, turn: 0 })
    await db
      .deleteFrom('sessions')
      .where('company_id', '=', companyId)
      .where('user_id', '=', userId)
      .where('expires_at', '<', new Date(now))
      .execute()
    await db
      .insertInto('sessions')
      .values({
        company_id: companyId,
        id: sessionId,
        user_id: userId,
        refresh_hash: sha256(refreshToken),
        previous_hash: null,
        rotated_at: null,
        expires_at: iso(now + sessionDefaults.lifeMs),
        revoked_at: null,
        created_at: iso(now),
        user_agent: userAgent.slice(0, 200),
      })
      .execute()
    return { companyId, userId, sessionId, refreshToken }
  }

  const revoke = async (bearer: SessionBearer): Promise<void> => {
    await db
      .updateTable('sessions')
      .set({ revoked_at: iso(clock.now()) })
      .where('company_id', '=', bearer.companyId)
      .where('id', '=', bearer.sessionId)
      .where('revoked_at', 'is', null)
      .execute()
    await onRevoked(bearer)
  }

  const find = async (parsed: ParsedToken): Promise<Selectable<SessionTable> | undefined> => {
    const row = await db
      .selectFrom('sessions')
      .selectAll()
      .where('company_id', '=', parsed.companyId)
      .where('id', '=', parsed.sessionId)
      .executeTakeFirst()
    return row && row.revoked_at === null && row.expires_at.getTime() > clock.now() ? row : undefined
  }

  /**
   * Makes the next token the current one where the given one is, in one statement: under load each waits behind a commit.
   * Resolves with the person, or undefined where the token is not current or its session is over.
   */
  const advance = async ({ companyId, sessionId }: ParsedToken, given: string, nextToken: string) => {
    const now = clock.now()
    const row = await db
      .updateTable('sessions')
      .set({
        refresh_hash: sha256(nextToken),
        previous_hash: given,
        rotated_at: iso(now),
        expires_at: iso(now + sessionDefaults.lifeMs),
      })
      .where('company_id', '=', companyId)
      .where('id', '=', sessionId)
      .where('refresh_hash', '=', given)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', new Date(now))
      .returning('user_id')
      .executeTakeFirst()
    return row?.user_id
  }

  return {
    open,
    revoke,
    /** The session with its next token; null when the token is none of ours or its session is over. */
    async renew(token: string): Promise<RefreshedSession | null> {
      const parsed = format.parse(token)
      if (!parsed) return null
      const { companyId, sessionId } = parsed
      const refreshToken = format.make({ ...parsed, turn: parsed.turn + 1 })
      const given = sha256(token)
      const userId = await advance(parsed, given, refreshToken)
      if (userId !== undefined) return { companyId, userId, sessionId, refreshToken }
      // Not the current token: another tab was faster by a moment, or it is an old one.
      const row = await find(parsed)
      if (!row) return null
      const bearer = { companyId, userId: row.user_id, sessionId }
      const rotatedAt = row.rotated_at?.getTime() ?? 0
      const inGrace = clock.now() - rotatedAt <= sessionDefaults.graceMs
      if (given === row.previous_hash && inGrace) return { ...bearer, refreshToken }
      await revoke(bearer)
      return null
    },
    /** Ends the session of a token, old or new; nothing happens for one that is none of ours. */
    async end(token: string): Promise<void> {
      const parsed = format.parse(token)
      const row = parsed ? await find(parsed) : undefined
      if (row) await revoke({ companyId: row.company_id, userId: row.user_id, sessionId: row.id })
    },
  }
}
