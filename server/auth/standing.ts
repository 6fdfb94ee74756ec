// Whether a person and a session are still good, kept for a few seconds, so that a deactivation acts within ten.
import { type Role, roleFromClaim } from '#contract/permissions.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Db } from '#server/db/database.ts'

/** What the database says about the bearer of a token. */
export interface Standing {
  role: Role | null
  name: string
  email: string
  companyName: string
  /** IANA zone of the company; null where none was chosen. */
  companyZone: string | null
}

export interface Bearer {
  companyId: string
  userId: string
  /** Row in `sessions`; null when the session is kept elsewhere (Clerk) or there is none. */
  sessionId: string | null
}

/** Somebody lost the right they came in with: their sockets close. Without `sessionId`: all of the person's. */
export interface Revocation {
  companyId: string
  userId: string
  sessionId?: string
}
export type RevocationListener = (who: Revocation) => void

export const standingDefaults = {
  /** A standing read longer ago is read again before it counts. */
  maxAgeMs: 5000,
  /** How often the standings in use are read again for those who hold a socket and ask nothing. */
  sweepMs: 4000,
  /** An entry nobody asked for this long is forgotten; longer than an access token lives. */
  forgetMs: 20 * 60_000,
} as const

interface Entry {
  bearer: Bearer
  standing: Standing | null
  readAt: number
  usedAt: number
}

const keyOf = ({ companyId, userId, sessionId }: Bearer) => JSON.stringify([companyId, userId, sessionId])

export interface StandingOptions {
  db: Db
  clock: Clock
  /** Told when a sweep could not read; the next one tries again. */
  onSweepFailure?: (error: unknown) => void
}

export type Standings = ReturnType<typeof createStandings>

/** The memory of standings. `start` begins the sweeps and returns their stop. */
export function createStandings({ db, clock, onSweepFailure }: StandingOptions) {
  const entries = new Map<string, Entry>()
  const loading = new Map<string, Promise<Standing | null>>()
  const listeners = new Set<RevocationListener>()

  const announce = ({ companyId, userId, sessionId }: Bearer) => {
    const who = sessionId === null ? { companyId, userId } : { companyId, userId, sessionId }
    for (const listener of listeners) listener(who)
  }

  const read = async (bearer: Bearer): Promise<Standing | null> => {
    const readAt = clock.now()
    const standing = await readStanding(db, bearer, readAt)
    const key = keyOf(bearer)
    const before = entries.get(key)
    if (before?.standing && (!standing || standing.role !== before.standing.role)) announce(bearer)
    entries.set(key, { bearer, standing, readAt, usedAt: before?.usedAt ?? readAt })
    return standing
  }

  /** Reads of the same bearer at the same moment share one query. */
  const readOnce = (bearer: Bearer): Promise<Standing | null> => {
    const key = keyOf(bearer)
    const running = loading.get(key)
    if (running) return running
    const started = read(bearer).finally(() => loading.delete(key))
    loading.set(key, started)
    return started
  }

  const sweep = async () => {
    const now = clock.now()
    for (const [key, entry] of entries) {
      if (entry.standing === null || now - entry.usedAt > standingDefaults.forgetMs) entries.delete(key)
      else await readOnce(entry.bearer).catch(onSweepFailure)
    }
  }

  return {
    /** The bearer's standing, at most 5 s old; null when it has none. Rejects when the database cannot say. */
    async of(bearer: Bearer): Promise<Standing | null> {
      const known = entries.get(keyOf(bearer))
      const now = clock.now()
      if (known) known.usedAt = now
      if (known && now - known.readAt < standingDefaults.maxAgeMs) return known.standing
      return await readOnce(bearer)
    },
    /** Reads a person's standings again at once: after a change of role, a deactivation, a revoked session. */
    async recheck(companyId: string, userId: string): Promise<void> {
      const theirs = [...entries.values()].filter(
        ({ bearer }) => bearer.companyId === companyId && bearer.userId === userId,
      )
      await Promise.all(theirs.map(({ bearer }) => read(bearer)))
    },
    onRevoked(listener: RevocationListener): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    sweep,
    start(): () => void {
      let running = false
      const timer = clock.setInterval(() => {
        if (running) return
        running = true
        void sweep().finally(() => {
          running = false
        })
      }, standingDefaults.sweepMs)
      return () => clock.clearInterval(timer)
    },
  }
}

async function readStanding(db: Db, bearer: Bearer, now: number): Promise<Standing | null> {
  const { companyId, userId, sessionId } = bearer
  const person = await db
    .selectFrom('users')
    .innerJoin('companies', 'companies.id', 'users.company_id')
    .leftJoin('sessions', (join) =>
      join
        .onRef('sessions.company_id', '=', 'users.company_id')
        .onRef('sessions.user_id', '=', 'users.id')
        .on('sessions.id', '=', sessionId ?? '')
        .on('sessions.revoked_at', 'is', null)
        .on('sessions.expires_at', '>', new Date(now)),
    )
    .select(['users.role', 'users.name', 'users.email'])
    .select(['companies.name as company_name', 'companies.zone', 'sessions.id as session_id'])
    .where('users.company_id', '=', companyId)
    .where('users.id', '=', userId)
    .where('users.is_active', '=', true)
    .executeTakeFirst()
  if (!person || (sessionId !== null && person.session_id === null)) return null
  const { role, name, email, company_name: companyName, zone: companyZone } = person
  return { role: roleFromClaim(role), name, email, companyName, companyZone }
}
