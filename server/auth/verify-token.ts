// One verifier for both kinds of tokens: signature and claims, then whether the person and the session are still good.
import { type JWTPayload, type JWTVerifyGetKey, createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { roleFromClaim } from '#contract/permissions.ts'
import { type TokenClaims, readClaims } from '#server/auth/claims.ts'
import { createClerkDirectory } from '#server/auth/clerk-directory.ts'
import { localIssuer } from '#server/auth/local-tokens.ts'
import type { Bearer, Standings } from '#server/auth/standing.ts'
import { unauthorized } from '#server/auth/unauthorized.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Principal, VerifyToken } from '#server/domain/principal.ts'

export type TokenSource =
  | { mode: 'local'; secret: string }
  | {
      mode: 'clerk'
      issuer: string
      jwksUrl: string
      /** Origins of the pages that may carry tokens (`azp`); empty takes any. */
      authorizedParties: readonly string[]
    }

export interface VerifierOptions {
  source: TokenSource
  db: Db
  clock: Clock
  standings: Standings
}

/** Longest token looked at; a real one has some 800 characters. */
const maxTokenChars = 8192

/** Faults of ours or of the key server's, not of the token. */
function isKeyServerFault(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true
  return error instanceof errors.JWKSTimeout || error.code === 'ERR_JOSE_GENERIC'
}

/** Signature, algorithm, issuer and time. Each mode takes exactly one algorithm, so no token can choose its own. */
function createSignatureCheck(source: TokenSource, clock: Clock): (token: string) => Promise<JWTPayload> {
  const shared = { requiredClaims: ['exp'] }
  if (source.mode === 'local') {
    const key = new TextEncoder().encode(source.secret)
    const rules = { ...shared, algorithms: ['HS256'], issuer: localIssuer }
    return async (token) =>
      (await jwtVerify(token, key, { ...rules, currentDate: new Date(clock.now()) })).payload
  }
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(source.jwksUrl), { timeoutDuration: 5000 })
  const rules = { ...shared, algorithms: ['RS256'], issuer: source.issuer, clockTolerance: 5 }
  return async (token) =>
    (await jwtVerify(token, keys, { ...rules, currentDate: new Date(clock.now()) })).payload
}

async function checkedClaims(
  check: (token: string) => Promise<JWTPayload>,
  token: string,
): Promise<TokenClaims> {
  if (token.length > maxTokenChars) throw unauthorized('INVALID_TOKEN')
  try {
    return readClaims(await check(token))
  } catch (error) {
    if (error instanceof ApiError) throw error
    if (error instanceof errors.JWTExpired) throw unauthorized('TOKEN_EXPIRED')
    if (isKeyServerFault(error))
      throw new ApiError('UNAVAILABLE', 'Sign-ins cannot be checked for a moment. Try again.', undefined, 2)
    throw unauthorized('INVALID_TOKEN')
  }
}

/**
 * Creates the verifier. It throws `UNAUTHORIZED` (details.reason says why), `FORBIDDEN` for a role or an organization
 * this server does not know, `UNAVAILABLE` when the key server does not answer.
 */
export function createTokenVerifier({ source, db, clock, standings }: VerifierOptions): VerifyToken {
  const check = createSignatureCheck(source, clock)
  const directory = createClerkDirectory({
    db,
    clock,
    onRoleChange: (companyId, userId) => standings.recheck(companyId, userId),
  })

  const bearerOf = async (claims: TokenClaims): Promise<Bearer> => {
    if (source.mode === 'local') {
      if (!claims.sessionId) throw unauthorized('INVALID_TOKEN')
      return { companyId: claims.tenant, userId: claims.subject, sessionId: claims.sessionId }
    }
    const { authorizedParty, status } = claims
    const parties = source.authorizedParties
    if (status === 'pending') throw unauthorized('INVALID_TOKEN')
    if (authorizedParty && parties.length > 0 && !parties.includes(authorizedParty))
      throw unauthorized('INVALID_TOKEN')
    const role = roleFromClaim(claims.role)
    if (!role) throw unknownRole()
    return { ...(await directory(claims, role)), sessionId: null }
  }

  return async (token): Promise<Principal> => {
    const claims = await checkedClaims(check, token)
    const bearer = await bearerOf(claims)
    const standing = await standings.of(bearer)
    if (!standing) throw unauthorized('SESSION_ENDED')
    if (!standing.role) throw unknownRole()
    return {
      userId: bearer.userId,
      companyId: bearer.companyId,
      companyName: standing.companyName,
      companyZone: standing.companyZone ?? undefined,
      role: standing.role,
      name: standing.name,
      email: standing.email,
      sessionId: claims.sessionId ?? null,
      expiresAt: claims.expiresAt,
    }
  }
}

/** an unknown role may do nothing, anywhere. */
function unknownRole(): ApiError {
  return new ApiError('FORBIDDEN', "You don't have permission")
}
