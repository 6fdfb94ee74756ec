// One exchange with the server: a deadline, a body read whatever it is, and a Result instead of an exception.
import type { ApiProblem } from '#contract/errors.ts'
import { noAnswer, toProblem } from '#src/gateway/problem.ts'
import type { Clock } from '#src/lib/clock.ts'
import { type Result, fail, ok } from '#src/lib/result.ts'

export interface Exchange {
  method: string
  url: string
  token?: string | null
  body?: unknown
  timeoutMs: number
  signal?: AbortSignal | undefined
}

export interface Wire {
  fetch: typeof fetch
  clock: Clock
}

/** Sends one request. Never throws; a body that should be JSON and is not makes a problem of its own. */
export async function sendRequest(wire: Wire, exchange: Exchange): Promise<Result<unknown, ApiProblem>> {
  const { method, url, token, body, timeoutMs, signal } = exchange
  // Taken out, for the browser's fetch refuses to be called as a method of something else.
  const { fetch } = wire
  const abort = new AbortController()
  let reason: 'NETWORK' | 'TIMEOUT' | 'CANCELLED' = 'NETWORK'
  const stop = (why: 'TIMEOUT' | 'CANCELLED'): void => {
    reason = why
    abort.abort()
  }
  if (signal?.aborted) return fail(noAnswer('CANCELLED'))
  const cancelDeadline = wire.clock.after(timeoutMs, () => stop('TIMEOUT'))
  const onAbort = (): void => stop('CANCELLED')
  signal?.addEventListener('abort', onAbort)
  try {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: isForeign(url) ? 'include' : 'same-origin',
      signal: abort.signal,
    })
    const type = response.headers.get('content-type') ?? ''
    if (response.ok && /^(text\/csv|application\/pdf)/.test(type)) return ok(await response.blob())
    const parsed = parse(await response.text())
    if (!response.ok) return fail(toProblem(response, parsed.value, wire.clock.now()))
    if (parsed.isJson || response.status === 204) return ok(parsed.value)
    const requestId = response.headers.get('x-request-id') ?? undefined
    return fail({
      status: response.status,
      code: 'BAD_ANSWER',
      message: 'The server sent something that is not an answer. Is the address right?',
      requestId,
    })
  } catch {
    return fail(noAnswer(reason))
  } finally {
    cancelDeadline()
    signal?.removeEventListener('abort', onAbort)
  }
}

function parse(text: string): { value: unknown; isJson: boolean } {
  try {
    return { value: JSON.parse(text), isJson: true }
  } catch {
    return { value: text, isJson: false }
  }
}

function isForeign(url: string): boolean {
  return new URL(url, location.href).origin !== location.origin
}
