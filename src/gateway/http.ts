// The typed HTTP client: every endpoint of the contract, with its deadlines, repeats and failures handled once.
import type { Route } from '#contract/endpoints.ts'
import type { ApiProblem } from '#contract/errors.ts'
import { lacksCompany } from '#src/gateway/problem.ts'
import { type Wire, sendRequest } from '#src/gateway/send-request.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'
import type { Api, ResponseBody } from '#src/lib/api.ts'
import { type Result, fail } from '#src/lib/result.ts'

export interface ApiOptions extends Wire {
  /** Origin of the server, empty for the page's own. */
  baseUrl: string
  tokens: TokenSource
  /** The session is over: a fresh token was refused too. */
  onSignedOut?: (() => void) | undefined
  /** Waits before the repeats of reads after a network fault or a 5xx. */
  repeatAfterMs?: readonly number[]
}

/** Everything `request` may be given, with the types of the single route put aside. */
interface Given {
  params?: Record<string, unknown> | undefined
  query?: Record<string, unknown> | undefined
  body?: unknown
  signal?: AbortSignal | undefined
  timeoutMs?: number | undefined
  repeat?: boolean | undefined
}

/** A read that is asked to wait longer than this is given back to the screen instead. */
const longestWaitMs = 60_000
const readTimeoutMs = 10_000
const changeTimeoutMs = 5000

/** The client; bodies of answers are trusted by their type. */
export function createApi(options: ApiOptions): Api {
  const { baseUrl, tokens, clock, onSignedOut, repeatAfterMs = [1000, 2000, 4000] } = options
  const reads = new Map<string, Promise<Result<unknown, ApiProblem>>>()

  async function authorized(method: string, url: string, given: Given): Promise<Result<unknown, ApiProblem>> {
    const isRead = method === 'GET'
    const timeoutMs = given.timeoutMs ?? (isRead ? readTimeoutMs : changeTimeoutMs)
    const exchange = { method, url, body: given.body, timeoutMs, signal: given.signal }
    const token = await tokens.token()
    const first = await sendRequest(options, { ...exchange, token })
    if (first.ok || first.problem.status !== 401 || lacksCompany(first.problem)) return first
    const fresh = await tokens.refresh()
    // The same token again: the network failed, not the session.
    if (fresh === null || fresh === token) return first
    const second = await sendRequest(options, { ...exchange, token: fresh })
    if (!second.ok && second.problem.status === 401) onSignedOut?.()
    return second
  }

  async function withRepeats(
    method: string,
    url: string,
    given: Given,
  ): Promise<Result<unknown, ApiProblem>> {
    const mayRepeat = given.repeat ?? method === 'GET'
    for (let attempt = 0; ; attempt += 1) {
      const answer = await authorized(method, url, given)
      if (answer.ok || !mayRepeat) return answer
      const wait = waitBefore(answer.problem, repeatAfterMs[attempt])
      if (wait === null) return answer
      await sleep(wait, given.signal)
      if (given.signal?.aborted) return fail({ ...answer.problem, status: 0, code: 'CANCELLED' })
    }
  }

  function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(ms, done)
      function done(): void {
        signal?.removeEventListener('abort', done)
        cancel()
        resolve()
      }
      signal?.addEventListener('abort', done)
    })
  }

  function ask(route: Route, given: Given): Promise<Result<unknown, ApiProblem>> {
    const space = route.indexOf(' ')
    const method = route.slice(0, space)
    const url = baseUrl + fill(route.slice(space + 1), given.params) + queryOf(given.query)
    // A read with its own signal is not shared: cancelling it must not cancel another's.
    if (method !== 'GET' || given.signal) return withRepeats(method, url, given)
    const shared = reads.get(url)
    if (shared) return shared
    const read = withRepeats(method, url, given).finally(() => reads.delete(url))
    reads.set(url, read)
    return read
  }

  return {
    request: <R extends Route>(route: R, given?: unknown) =>
      ask(route, (given ?? {}) as Given) as Promise<Result<ResponseBody<R>, ApiProblem>>,
  }
}

/** Milliseconds before the next try, null when there is to be none. `planned` is undefined after the last repeat. */
function waitBefore(problem: ApiProblem, planned: number | undefined): number | null {
  if (planned === undefined) return null
  const asked = problem.retryAfter === undefined ? planned : problem.retryAfter * 1000
  const isPassing =
    problem.status === 429 ||
    problem.status >= 500 ||
    problem.code === 'NETWORK' ||
    problem.code === 'TIMEOUT'
  return isPassing && asked <= longestWaitMs ? asked : null
}

function fill(path: string, params: Record<string, unknown> | undefined): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params?.[name])))
}

function queryOf(query: Record<string, unknown> | undefined): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined && value !== null) search.set(name, String(value))
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}
