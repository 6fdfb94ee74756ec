// The one place that turns whatever was thrown into the contract's error body: a known code, no internals, a request id.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorBody } from '#contract/errors.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Logger } from '#server/telemetry/logger.ts'

/** Thrown by the parts below when nothing can be read or written now; recognized by name, so no import binds us. */
const unavailableErrors = new Set(['IngestUnavailable', 'DatabaseUnavailable'])
const unavailableRetrySeconds = 2

/** Bytes in words, for advice. */
function size(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : `${Math.floor(bytes / 1024)} kB`
}

/** The refusal that a thrown value stands for; null when it is a fault of ours. */
function refusalOf(thrown: unknown, bodyLimit: number | undefined): ApiError | null {
  if (thrown instanceof ApiError) return thrown
  if (!(thrown instanceof Error)) return null
  if (unavailableErrors.has(thrown.name))
    return new ApiError(
      'UNAVAILABLE',
      'The data is out of reach for a moment. Nothing was changed. Try again.',
      undefined,
      unavailableRetrySeconds,
    )
  const { code, statusCode } = thrown as { code?: string; statusCode?: number }
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ApiError(
        'PAYLOAD_TOO_LARGE',
        `The body is larger than ${size(bodyLimit ?? 0)}. Send less at a time, in several requests.`,
      )
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return unsupportedMediaType()
    case 'FST_ERR_BAD_URL':
      return new ApiError('VALIDATION_ERROR', 'The address is not a valid URL.')
    default:
      if (code?.startsWith('FST_ERR_') && statusCode !== undefined && statusCode >= 400 && statusCode < 500)
        return new ApiError('VALIDATION_ERROR', 'The request is not valid.')
      return null
  }
}

/** 415: what to send instead. */
export function unsupportedMediaType(): ApiError {
  return new ApiError(
    'UNSUPPORTED_MEDIA_TYPE',
    'Send the body as JSON with the header "Content-Type: application/json".',
  )
}

/** The contract's error body. */
export function presentRefusal(refusal: ApiError, requestId: string): ErrorBody {
  const { code, message, details } = refusal
  return {
    error: { code, message, ...(details === undefined ? {} : { details }) },
    request_id: requestId,
  }
}

/** Answers with the refusal, and with the headers that belong to its status. */
export function sendRefusal(refusal: ApiError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer')
  if (refusal.retryAfter !== undefined) reply.header('retry-after', String(refusal.retryAfter))
  return reply
    .code(refusal.status)
    .type('application/json; charset=utf-8')
    .send(presentRefusal(refusal, request.id))
}

/** Fastify's error handler: refusals go out as they are, everything else is logged and becomes INTERNAL_ERROR. */
export function createErrorHandler(log: Logger) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const refusal = refusalOf(thrown, request.routeOptions?.bodyLimit)
    if (refusal?.code === 'UNAVAILABLE') log.error({ id: request.id, err: thrown }, 'unavailable')
    if (refusal) return sendRefusal(refusal, request, reply)
    log.error({ id: request.id, route: request.routeOptions?.url, err: thrown }, 'request failed')
    const unknown = new ApiError(
      'INTERNAL_ERROR',
      `Something went wrong on the server. Quote ${request.id} when you report it.`,
    )
    return sendRefusal(unknown, request, reply)
  }
}
