// The one error a handler or a service throws when it refuses: a code of the contract, words for the caller, no internals.
import { type ErrorCode, errorStatus } from '#contract/errors.ts'

/** A refusal. Its message and details reach the caller as they are: never put personal data or internals in them. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly code: ErrorCode
  /** HTTP status the code travels under. */
  readonly status: number
  readonly details: unknown
  /** Seconds after which another try makes sense; sent as `Retry-After`. */
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, message: string, details?: unknown, retryAfter?: number) {
    super(message)
    this.code = code
    this.status = errorStatus[code]
    this.details = details
    this.retryAfter = retryAfter
  }
}
