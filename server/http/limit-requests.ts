// Applies the rate limits to a request and tells the caller where it stands.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '#server/domain/api-error.ts'
import type { Principal } from '#server/domain/principal.ts'
import type { Kernel } from '#server/http/create-http.ts'
import type { LimitResult } from '#server/http/rate-limiter.ts'

function apply(kernel: Kernel, reply: FastifyReply, name: string, result: LimitResult, words: string): void {
  reply.headers({
    'x-ratelimit-limit': String(result.limit),
    'x-ratelimit-remaining': String(result.remaining),
    'x-ratelimit-reset': String(Math.ceil(result.resetAt / 1000)),
  })
  if (result.allowed) return
  kernel.metrics.http.limited.inc({ limit: name })
  const seconds = Math.max(1, Math.ceil((result.resetAt - kernel.clock.now()) / 1000))
  throw new ApiError('RATE_LIMITED', `${words} Try again in ${seconds} s.`, undefined, seconds)
}

/** The limit of a signed-in user, counted over all endpoints of the class. */
export function limitUser(
  kernel: Kernel,
  principal: Principal,
  reply: FastifyReply,
  limit: 'standard' | 'analytics' | 'undo',
): void {
  const key = `${limit} ${principal.companyId} ${principal.userId}`
  const result = kernel.limiter.take(
    key,
    limit === 'analytics' ? kernel.limits.analyticsPerMinute : kernel.limits.standardPerMinute,
  )
  apply(kernel, reply, limit, result, 'Too many requests.')
}

/** The limit of sign-in attempts: per address and e-mail, and per address however many e-mails it tries. */
export function limitSignIn(
  kernel: Kernel,
  request: FastifyRequest,
  reply: FastifyReply,
  body: unknown,
): void {
  const email = (body as { email?: unknown } | null)?.email
  const known = typeof email === 'string' ? email.trim().toLowerCase().slice(0, 320) : ''
  const { loginPerAddressPerMinute, loginPerMinute } = kernel.limits
  const words = 'Too many sign-in attempts.'
  const byAddress = kernel.limiter.take(`address ${request.ip}`, loginPerAddressPerMinute)
  apply(kernel, reply, 'address', byAddress, words)
  const byPair = kernel.limiter.take(`login ${request.ip} ${known}`, loginPerMinute)
  apply(kernel, reply, 'login', byPair, words)
}
