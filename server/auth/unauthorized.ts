// The ways in which a token can be no good, in words a person can act on. The code stays one for all of them.
import { ApiError } from '#server/domain/api-error.ts'

const words = {
  INVALID_TOKEN: 'The token is not valid. Sign in again.',
  TOKEN_EXPIRED: 'The token has expired. Renew it, or sign in again.',
  SESSION_ENDED: 'This session has ended. Sign in again.',
  MISSING_TENANT_ID: 'This account belongs to no organization. Join one, then sign in again.',
  NO_SESSION: 'There is no session to renew. Sign in.',
} as const
export type UnauthorizedReason = keyof typeof words

/** 401 with the finer reason in `details.reason`: a client renews on some and gives up on others. */
export function unauthorized(reason: UnauthorizedReason): ApiError {
  return new ApiError('UNAUTHORIZED', words[reason], { reason })
}
