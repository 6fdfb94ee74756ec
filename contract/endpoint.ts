// One declared record per endpoint: it registers the route, types the client's call, feeds OpenAPI and is walked by tests.
import type { z } from 'zod'
import type { ErrorCode } from '#contract/errors.ts'
import type { Capability } from '#contract/permissions.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Rate-limit class: `standard` 100 a minute and user, `analytics` 20, `undo` as many again as standard for taking back
 * what was done, `auth` throttled by address and e-mail, `none` for webhooks and probes.
 */
export type LimitClass = 'standard' | 'analytics' | 'undo' | 'auth' | 'none'

export interface EndpointSpec {
  /** Kebab-case, unique; the name tests and documents use. */
  id: string
  summary: string
  method: Method
  /** Canonical path with `:name` parameters, under `/api/v1`. `/api/...` answers too. */
  path: `/api/v1/${string}`
  /** Further paths that run the same handler, e.g. the older documents' spellings. */
  aliases?: readonly `/${string}`[]
  /** What the caller's role must hold; `public` needs no token, `signed-in` any valid token, `signature` a signed body. */
  capability: Capability | 'public' | 'signed-in' | 'signature'
  limit?: LimitClass
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** Success bodies by status. */
  responses: Record<number, z.ZodType>
  /** Refusals beyond the common ones (400, 401, 403, 429, 500, 503). */
  errors?: readonly ErrorCode[]
  /** May a client repeat the request by itself after a network failure or a 5xx? Reads always may. */
  retry?: boolean
  /** Milliseconds before the console gives up waiting. Default 10,000 for reads, 5,000 for the rest. */
  timeoutMs?: number
}

/** Declares an endpoint and keeps its literal types. */
export function endpoint<const E extends EndpointSpec>(spec: E): E {
  return spec
}
