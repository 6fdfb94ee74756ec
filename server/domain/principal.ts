// Who a request or a socket speaks for, once its token is verified.
import type { Role } from '#contract/permissions.ts'

export interface Principal {
  userId: string
  companyId: string
  companyName?: string | undefined
  /** IANA zone of the company, where one was chosen. */
  companyZone?: string | undefined
  role: Role
  name: string
  email?: string | undefined
  /** Row in `sessions`, or Clerk's session id; null for a token that belongs to no session. */
  sessionId: string | null
  /** End of the token's life, epoch ms. */
  expiresAt: number
}

/** Turns a bearer token into its principal, or throws `ApiError('UNAUTHORIZED')`. */
export type VerifyToken = (token: string) => Promise<Principal>
