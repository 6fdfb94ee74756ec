// Puts the parts of sign-in together: what the kernel, the sockets and the process need of it.
import { registerAuthEndpoints } from '#server/auth/auth-endpoints.ts'
import { createTokenIssuer } from '#server/auth/local-tokens.ts'
import { createSessions } from '#server/auth/sessions.ts'
import { type RevocationListener, createStandings } from '#server/auth/standing.ts'
import { type TokenSource, createTokenVerifier } from '#server/auth/verify-token.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { VerifyToken } from '#server/domain/principal.ts'
import type { Logger } from '#server/telemetry/logger.ts'

export interface AuthOptions {
  db: Db
  clock: Clock
  log: Logger
  source: TokenSource
  /** Signs refresh tokens, and access tokens in local mode. */
  jwtSecret: string
  secureCookies: boolean
  /** Zone of companies that chose none. */
  zone?: string | undefined
}

export interface Auth {
  verifyToken: VerifyToken
  /** Told when a person or a session loses its right, within 5 s of the change. Returns the unsubscription. */
  onRevoked(listener: RevocationListener): () => void
  /** Looks again at a person at once, after a change of role or a deactivation. */
  recheck(companyId: string, userId: string): Promise<void>
  registerEndpoints(register: RegisterEndpoint): void
  /** Begins to look at those who hold sockets; returns the stop. */
  start(): () => void
}

export function createAuth({
  db,
  clock,
  log,
  source,
  jwtSecret,
  secureCookies,
  zone = 'UTC',
}: AuthOptions): Auth {
  const standings = createStandings({
    db,
    clock,
    onSweepFailure: (error) => log.warn({ err: error }, 'could not look at sessions'),
  })
  const sessions = createSessions({
    db,
    clock,
    secret: jwtSecret,
    onRevoked: ({ companyId, userId }) => standings.recheck(companyId, userId),
  })
  const issueToken = createTokenIssuer({ secret: jwtSecret, clock })
  return {
    verifyToken: createTokenVerifier({ source, db, clock, standings }),
    onRevoked: (listener) => standings.onRevoked(listener),
    recheck: (companyId, userId) => standings.recheck(companyId, userId),
    registerEndpoints: (register) =>
      registerAuthEndpoints(register, { db, mode: source.mode, sessions, issueToken, secureCookies, zone }),
    start: () => standings.start(),
  }
}
