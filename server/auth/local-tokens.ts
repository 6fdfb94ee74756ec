// Access tokens of local sign-in: signed with the server's own secret, fifteen minutes long, without personal data.
import { SignJWT } from 'jose'
import type { Clock } from '#server/domain/clock.ts'

export const localIssuer = 'callboard'
export const accessTokenMs = 15 * 60_000

export interface AccessToken {
  token: string
  /** Epoch ms. */
  expiresAt: number
}

export interface TokenSubject {
  companyId: string
  userId: string
  sessionId: string
  role: string
}

export type IssueToken = (subject: TokenSubject) => Promise<AccessToken>

/** Issues tokens that `createTokenVerifier` takes in local mode. */
export function createTokenIssuer(options: { secret: string; clock: Pick<Clock, 'now'> }): IssueToken {
  const key = new TextEncoder().encode(options.secret)
  return async ({ companyId, userId, sessionId, role }) => {
    const now = Math.floor(options.clock.now() / 1000)
    const expires = now + accessTokenMs / 1000
    const token = await new SignJWT({ tenant_id: companyId, role, sid: sessionId })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(userId)
      .setIssuer(localIssuer)
      .setIssuedAt(now)
      .setExpirationTime(expires)
      .sign(key)
    return { token, expiresAt: expires * 1000 }
  }
}
