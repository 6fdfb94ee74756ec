// The closed list of failure codes and the error body of supervisor and calls endpoints.
import { z } from 'zod'

/** Every code this server sends, with the HTTP status it travels under. */
export const errorStatus = {
  VALIDATION_ERROR: 400,
  CALL_NOT_ACTIVE: 400,
  NO_AGENT_AVAILABLE: 400,
  UNAUTHORIZED: 401,
  SIGNATURE_INVALID: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CALL_NOT_FOUND: 404,
  ALERT_NOT_FOUND: 404,
  RULE_NOT_FOUND: 404,
  EXPORT_NOT_FOUND: 404,
  RECORDING_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  CALL_CLAIMED: 409,
  TOO_LATE: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RANGE_NOT_SATISFIABLE: 416,
  RATE_LIMITED: 429,
  EXPORT_LIMIT: 429,
  INTERNAL_ERROR: 500,
  UNAVAILABLE: 503,
} as const
export type ErrorCode = keyof typeof errorStatus

/** One fault in a request: where it is and what to do about it. */
export const FieldFault = z.object({
  /** Path of the field, e.g. `body.message` or `body.events[3].data.call_id`. */
  field: z.string(),
  message: z.string(),
})
export type FieldFault = z.infer<typeof FieldFault>

/** Body of every refusal. `request_id` is the value of the `X-Request-Id` header. */
export const ErrorBody = z
  .object({
    error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
    request_id: z.string(),
  })
  .meta({ id: 'Error' })
export type ErrorBody = z.infer<typeof ErrorBody>

/** What the console makes of any refusal, network failure included. */
export interface ApiProblem {
  /** HTTP status; 0 when no answer came. */
  status: number
  code: ErrorCode | 'NETWORK' | 'TIMEOUT' | (string & {})
  message: string
  details?: unknown
  requestId?: string | undefined
  /** Seconds to wait before another try, from `Retry-After`. */
  retryAfter?: number | undefined
}
