// What machines ask: is the process alive, can it work, what does it count.
import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { health } from '#contract/health.ts'
import { ApiError } from '#server/domain/api-error.ts'
import { bearerToken } from '#server/http/admission.ts'
import { registerEndpoint } from '#server/http/register-endpoint.ts'
import type { Metrics } from '#server/telemetry/metrics.ts'

/** A part the server cannot work without. `check` rejects, or does not resolve in time, when the part does not answer. */
export interface ReadinessCheck {
  name: string
  check: () => Promise<unknown>
}

export interface ProbeOptions {
  checks: readonly ReadinessCheck[]
  metrics: Pick<Metrics, 'render' | 'contentType'>
  /** Lets others than this machine read `/metrics`; absent means loopback only. */
  metricsToken?: string | undefined
  /** How long a part may take to answer, ms. */
  checkTimeoutMs?: number
}

const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/** True when the check resolves within `ms`. */
async function passes({ check }: ReadinessCheck, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms)
  })
  try {
    await Promise.race([check(), late])
    return true
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** A proxy on this machine is not this machine: what it passed on counts by the address it names, or not at all. */
function isLocal(app: FastifyInstance, request: FastifyRequest): boolean {
  const wasPassedOn =
    request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined
  return loopback.test(request.ip) && (!wasPassedOn || Boolean(app.kernel.trustProxy))
}

function holdsToken(header: string | undefined, token: string | undefined): boolean {
  if (token === undefined) return false
  const given = Buffer.from(bearerToken(header) ?? '')
  const wanted = Buffer.from(token)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** Adds `/healthz`, `/readyz`, `/metrics` and the contract's health endpoint. */
export function registerProbes(app: FastifyInstance, options: ProbeOptions): void {
  registerEndpoint(app, health, () => ({ status: 200, body: { status: 'ok' } }))
  app.get('/healthz', () => ({ status: 'ok' }))

  app.get('/readyz', async (_request, reply) => {
    const results = await Promise.all(
      options.checks.map(async (part) => ({
        name: part.name,
        ok: await passes(part, options.checkTimeoutMs ?? 2000),
      })),
    )
    const failing = results.filter(({ ok }) => !ok).map(({ name }) => name)
    return reply
      .code(failing.length === 0 ? 200 : 503)
      .send({ status: failing.length === 0 ? 'ready' : 'not ready', failing })
  })

  app.get('/metrics', async (request, reply) => {
    if (!isLocal(app, request) && !holdsToken(request.headers.authorization, options.metricsToken))
      throw new ApiError('FORBIDDEN', 'Metrics are read from this machine, or with the metrics token.')
    return reply.type(options.metrics.contentType).send(await options.metrics.render())
  })
}
