// Every way a request can fail becomes one shape: three error formats, bodies that are no JSON, silence.
import type { ApiProblem } from '#contract/errors.ts'

type Bag = Record<string, unknown>
const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const codeByStatus: Record<number, ApiProblem['code']> = {
  400: 'VALIDATION_ERROR',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
  503: 'UNAVAILABLE',
}

/** Reads a refusal. `body` is the parsed JSON, or whatever text came instead. */
export function toProblem(response: Response, body: unknown, now: number): ApiProblem {
  const { status, headers } = response
  const outer = isBag(body) ? body : {}
  const detail = isBag(outer.detail) ? outer.detail : undefined
  const inner = isBag(outer.error) ? outer.error : (detail ?? outer)
  return {
    status,
    code: text(inner.code) ?? text(inner.error_code) ?? codeByStatus[status] ?? 'INTERNAL_ERROR',
    message:
      text(inner.message) ?? text(outer.message) ?? text(outer.detail) ?? `The server answered ${status}.`,
    details: inner.details ?? outer.details,
    requestId:
      text(outer.request_id) ??
      text(inner.request_id) ??
      text(outer.trace_id) ??
      headers.get('x-request-id') ??
      undefined,
    retryAfter: status === 429 || status === 503 ? waitOf(headers, now) : undefined,
  }
}

/** Seconds from `Retry-After` (seconds or a date), else until `X-RateLimit-Reset`. */
function waitOf(headers: Headers, now: number): number | undefined {
  const after = headers.get('retry-after')
  if (after !== null) {
    const seconds = Number(after)
    if (Number.isFinite(seconds)) return Math.max(0, seconds)
    const date = Date.parse(after)
    if (!Number.isNaN(date)) return Math.max(0, Math.ceil((date - now) / 1000))
  }
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN)
  return Number.isFinite(reset) ? Math.max(0, Math.ceil(reset - now / 1000)) : undefined
}

/** No answer came. */
export function noAnswer(code: 'NETWORK' | 'TIMEOUT' | 'CANCELLED'): ApiProblem {
  const words = {
    NETWORK: 'The server cannot be reached.',
    TIMEOUT: 'The server did not answer in time.',
    CANCELLED: 'The request was cancelled.',
  }
  return { status: 0, code, message: words[code] }
}

/** The token names no company: a fresh one would not either. Our server says it in the details, others in the code. */
export function lacksCompany({ code, details }: ApiProblem): boolean {
  const reason = (details as { reason?: unknown } | undefined)?.reason
  return code === 'MISSING_TENANT_ID' || reason === 'MISSING_TENANT_ID'
}
