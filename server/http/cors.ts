// Which other origins may read answers: those on the list, with their cookies; all others get no header at all.
import type { FastifyReply, FastifyRequest } from 'fastify'

const allowedMethods = 'GET, HEAD, POST, PUT, PATCH, DELETE'
const allowedHeaders = 'Authorization, Content-Type, X-Request-Id'
const exposedHeaders =
  'X-Request-Id, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After, WWW-Authenticate'

/**
 * Writes the headers for the request's origin. True when the request was a preflight and is answered by what was
 * written: send 204 without a body.
 */
export function applyCors(
  request: FastifyRequest,
  reply: FastifyReply,
  allowed: ReadonlySet<string>,
): boolean {
  if (allowed.size > 0) reply.header('vary', 'Origin')
  const { origin } = request.headers
  const isPreflight =
    request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
  if (origin === undefined) return false
  if (!allowed.has(origin)) return isPreflight
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': exposedHeaders,
    'cross-origin-resource-policy': 'cross-origin',
  })
  if (isPreflight)
    reply.headers({
      'access-control-allow-methods': allowedMethods,
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': '600',
    })
  return isPreflight
}
