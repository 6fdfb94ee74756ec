// A kernel with a hand-driven clock, tokens that are plain role names, and a log one can read.
import type { FastifyInstance } from 'fastify'
import type { Role } from '#contract/permissions.ts'
import { roles } from '#contract/permissions.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Principal } from '#server/domain/principal.ts'
import { type HttpOptions, createHttp } from '#server/http/create-http.ts'
import { defaultLimits } from '#server/http/limits.ts'
import { createLogger } from '#server/telemetry/logger.ts'
import { createMetrics } from '#server/telemetry/metrics.ts'

export interface HttpFixture {
  app: FastifyInstance
  clock: { at: number; now: () => number }
  /** Parsed log lines so far. */
  lines: Record<string, unknown>[]
}

/** Token `manager` speaks for user `u-manager` of company `demo`; `manager@acme` for company `acme`. */
export async function verifyRoleName(token: string): Promise<Principal> {
  const [role, companyId = 'demo'] = token.split('@')
  if (!roles.includes(role as Role)) throw new ApiError('UNAUTHORIZED', 'The token is not valid.')
  return {
    userId: `u-${role}`,
    companyId,
    role: role as Role,
    name: 'Someone',
    sessionId: null,
    expiresAt: Number.MAX_SAFE_INTEGER,
  }
}

export function makeHttp(overrides: Partial<HttpOptions> = {}): HttpFixture {
  const clock = { at: Date.parse('2026-11-20T14:00:00Z'), now: () => clock.at }
  const lines: Record<string, unknown>[] = []
  const log = createLogger({
    level: 'info',
    destination: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  })
  const app = createHttp({
    clock,
    verifyToken: verifyRoleName,
    limits: defaultLimits,
    log,
    metrics: createMetrics({ process: false }),
    corsOrigins: [],
    hsts: false,
    checkResponses: 'throw',
    ...overrides,
  })
  return { app, clock, lines }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
