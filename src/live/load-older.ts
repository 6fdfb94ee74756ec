// Lines from before the oldest one held, fetched when somebody scrolls back.
import type { ApiProblem } from '#contract/errors.ts'
import type { Api } from '#src/lib/api.ts'
import { type Result, fail, ok } from '#src/lib/result.ts'
import type { LiveStore } from '#src/live/live-store.ts'

const pageLines = 200

/** Loads one page before the oldest line; `ok(0)` when there is none. Calls for the same call share one request. */
export type LoadOlder = (callId: string) => Promise<Result<number, ApiProblem>>

/** A loader that puts what it fetched into the store. */
export function createLoadOlder({ api, store }: { api: Api; store: LiveStore }): LoadOlder {
  const running = new Map<string, Promise<Result<number, ApiProblem>>>()

  async function load(callId: string): Promise<Result<number, ApiProblem>> {
    const open = store.getState().openCalls.get(callId)
    if (!open?.hasOlder || open.status !== 'ready') return ok(0)
    const before = open.lines[0]?.id
    const answer = await api.request('GET /api/v1/calls/:call_id/interactions', {
      params: { call_id: callId },
      query: { limit: pageLines, ...(before === undefined ? {} : { before }) },
    })
    if (!answer.ok) return fail(answer.problem)
    const { interactions, total } = answer.value
    store.prependLines(callId, { lines: interactions, total, reachedStart: interactions.length < pageLines })
    return ok(interactions.length)
  }

  return (callId) => {
    const shared = running.get(callId)
    if (shared) return shared
    const request = load(callId).finally(() => running.delete(callId))
    running.set(callId, request)
    return request
  }
}
