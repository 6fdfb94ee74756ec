// The HTTP kernel: everything that is the same for each request, whatever it asks for.
import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { ApiError } from '#server/domain/api-error.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Principal, VerifyToken } from '#server/domain/principal.ts'
import { applyCors } from '#server/http/cors.ts'
import { createErrorHandler, sendRefusal } from '#server/http/error-handler.ts'
import type { HttpLimits } from '#server/http/limits.ts'
import { type RateLimiter, createRateLimiter } from '#server/http/rate-limiter.ts'
import { writeSecurityHeaders } from '#server/http/security-headers.ts'
import type { Logger, RequestLine } from '#server/telemetry/logger.ts'
import type { Metrics } from '#server/telemetry/metrics.ts'

export interface HttpOptions {
  clock: Pick<Clock, 'now'>
  verifyToken: VerifyToken
  limits: HttpLimits
  log: Logger
  metrics: Pick<Metrics, 'http'>
  /** Origins beside our own that may call, e.g. `https://console.example.com`. */
  corsOrigins: readonly string[]
  /** True sends HSTS on every answer, not only on those that came by https. */
  hsts: boolean
  /** True when sign-in opens a window of another origin (Clerk). */
  popups?: boolean
  /** Proxies whose `X-Forwarded-*` is believed: false, true, or a list of addresses and ranges. */
  trustProxy?: boolean | string
  /** What becomes of an answer that its record does not promise: `throw` in tests, `log` in development. */
  checkResponses: 'off' | 'log' | 'throw'
}

/** What `registerEndpoint` and the pages need of the kernel. */
export interface Kernel extends HttpOptions {
  limiter: RateLimiter
  /** Methods by path pattern, for the Allow header. */
  routes: Map<string, { pattern: RegExp; methods: Set<string> }>
  /** Answers a GET that accepts HTML and has no route of its own; null without a console. */
  page: ((request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>) | null
}

declare module 'fastify' {
  interface FastifyInstance {
    kernel: Kernel
  }
  interface FastifyRequest {
    principal: Principal | null
    startedAt: number
  }
}

/** An id that came from outside is kept only when it cannot disturb a log or a header. */
function requestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.:-]{1,100}$/.test(header) ? header : randomUUID()
}

/** Creates the server without any route; add them with `registerEndpoint`, then `app.listen` or `app.inject`. */
export function createHttp(options: HttpOptions): FastifyInstance {
  const origins = new Set(options.corsOrigins)
  const onError = createErrorHandler(options.log)
  const baseHeaders = (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('x-request-id', request.id)
    writeSecurityHeaders(request, reply, { hsts: options.hsts, popups: options.popups === true })
  }

  const app = fastify({
    logger: false,
    trustProxy: options.trustProxy ?? false,
    requestIdHeader: false,
    genReqId: (request) => requestId(request.headers['x-request-id']),
    bodyLimit: options.limits.bodyBytes,
    requestTimeout: 60_000,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1000 },
    frameworkErrors: (error, request, reply) => {
      baseHeaders(request, reply)
      onError(error, request, reply)
    },
  })

  const routes: Kernel['routes'] = new Map()
  const limiter = createRateLimiter({ clock: options.clock })
  app.decorate('kernel', { ...options, limiter, routes, page: null })
  app.decorateRequest('principal', null)
  app.decorateRequest('startedAt', 0)
  app.register(cookie)

  // Bodies stay bytes until the endpoint is known: signatures are over bytes, and who may not act is not parsed for.
  app.removeAllContentTypeParsers()
  for (const type of ['application/json', 'application/x-www-form-urlencoded'])
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.addHook('onRequest', async (request, reply) => {
    request.startedAt = performance.now()
    baseHeaders(request, reply)
    if (applyCors(request, reply, origins)) return reply.code(204).send()
    return undefined
  })
  app.addHook('onResponse', async (request, reply) => logAnswer(options, request, reply))
  app.setErrorHandler(onError)
  app.setNotFoundHandler((request, reply) => notFound(app.kernel, request, reply))
  return app
}

function logAnswer(options: HttpOptions, request: FastifyRequest, reply: FastifyReply): void {
  const status = reply.statusCode
  const unrouted = status === 200 ? 'console' : 'unmatched'
  const route = request.is404 ? unrouted : (request.routeOptions.url ?? unrouted)
  const { method, principal } = request
  const ms = performance.now() - request.startedAt
  options.metrics.http.duration.observe({ method, route, status: String(status) }, ms / 1000)
  const line: RequestLine = {
    id: request.id,
    method,
    route,
    status,
    ms: Math.round(ms * 10) / 10,
    userId: principal?.userId,
    companyId: principal?.companyId,
  }
  if (status >= 500) options.log.warn(line, 'request')
  else options.log.info(line, 'request')
}

async function notFound(kernel: Kernel, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = request.url.split('?', 1)[0] ?? ''
  const known = [...kernel.routes.values()].filter((route) => route.pattern.test(path))
  const methods = [...new Set(known.flatMap((route) => [...route.methods]))]
  if (methods.length > 0) {
    reply.header('allow', [...methods, 'OPTIONS'].join(', '))
    const refusal = new ApiError('METHOD_NOT_ALLOWED', `This address answers ${methods.join(', ')}.`)
    return sendRefusal(refusal, request, reply)
  }
  const asksForPage =
    (request.method === 'GET' || request.method === 'HEAD') &&
    (request.headers.accept ?? '').includes('text/html') &&
    !/^\/(?:api|socket\.io|ws)(?:\/|$)/.test(path)
  if (kernel.page && asksForPage) return await kernel.page(request, reply)
  return sendRefusal(new ApiError('NOT_FOUND', 'There is nothing at this address.'), request, reply)
}
