// One's exports as the server has them: asked for once, then followed while one of them is in work.
import { useEffect, useSyncExternalStore } from 'react'
import type { ExportJob } from '#contract/export.ts'
import type { ApiProblem } from '#contract/errors.ts'
import type { Api, RequestOptions } from '#src/lib/api.ts'
import { type Cancel, type Clock, systemClock } from '#src/lib/clock.ts'
import { type Result, fail, ok } from '#src/lib/result.ts'

export interface ExportsState {
  /** Newest first; null until they were read. */
  jobs: readonly ExportJob[] | null
  /** Exports that may still be made today; null until it is known. */
  left: number | null
  /** The last question about them was not answered: what stands here is old. */
  problem: ApiProblem | null
}

export type ExportWish = RequestOptions<'POST /api/v1/calls/export'>['body']

export interface ExportsStore {
  get(): ExportsState
  subscribe(listener: () => void): () => void
  /** Asks anew. */
  load(): Promise<void>
  order(wish: ExportWish): Promise<Result<ExportJob, ApiProblem>>
  /** Stops one in work; takes any other off the list, with its file. */
  cancel(id: string): Promise<Result<ExportJob, ApiProblem>>
  /** The link to the file, fresh: links hold for minutes. */
  link(id: string): Promise<Result<string, ApiProblem>>
}

/** Every 2 s, and every 5 s once somebody has waited for half a minute, ms. */
const [soonMs, laterMs, patienceMs] = [2000, 5000, 30_000]

/** The exports of the person who is signed in; `origin` of the server, empty for the page's own. */
function createExportsStore(api: Api, origin: string, clock: Clock = systemClock): ExportsStore {
  let state: ExportsState = { jobs: null, left: null, problem: null }
  const listeners = new Set<() => void>()
  let timer: Cancel | null = null
  let followedSince: number | null = null

  const set = (change: Partial<ExportsState>) => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
    follow()
  }
  const put = (job: ExportJob) => {
    const others = (state.jobs ?? []).filter(({ jobId }) => jobId !== job.jobId)
    const jobs = [...others, job].sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    set({ jobs })
  }

  function follow(): void {
    const working = state.jobs?.some(({ status }) => status === 'processing') ?? false
    if (!working || listeners.size === 0) {
      timer?.()
      timer = null
      followedSince = null
      return
    }
    if (timer) return
    followedSince ??= clock.now()
    timer = clock.after(clock.now() - followedSince < patienceMs ? soonMs : laterMs, () => {
      timer = null
      void load()
    })
  }

  async function load(): Promise<void> {
    const answer = await api.request('GET /api/v1/exports')
    if (answer.ok) set({ jobs: answer.value.exports, left: answer.value.left, problem: null })
    else set({ problem: answer.problem })
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      follow()
      return () => {
        listeners.delete(listener)
        follow()
      }
    },
    load,
    async order(wish) {
      const answer = await api.request('POST /api/v1/calls/export', { body: wish, timeoutMs: 20_000 })
      if (answer.ok) {
        followedSince = null
        put(answer.value)
        void load()
      }
      return answer
    },
    async cancel(id) {
      const answer = await api.request('DELETE /api/v1/exports/:job_id', {
        params: { job_id: id },
        repeat: true,
      })
      if (answer.ok) void load()
      return answer
    },
    async link(id) {
      const answer = await api.request('GET /api/v1/exports/:job_id', { params: { job_id: id } })
      if (!answer.ok) return answer
      put(answer.value)
      if (answer.value.downloadUrl !== undefined) return ok(origin + answer.value.downloadUrl)
      const message = 'The file is no longer kept. Make a new export.'
      return fail({ status: 404, code: 'EXPORT_NOT_FOUND', message })
    },
  }
}

const stores = new WeakMap<Api, ExportsStore>()

/** The one store of a session, so that a dialog and the mark in the header speak of the same exports. */
export function exportsOf(api: Api, origin: string): ExportsStore {
  const known = stores.get(api) ?? createExportsStore(api, origin)
  stores.set(api, known)
  return known
}

/** The exports, read when first wanted. */
export function useExports(store: ExportsStore): ExportsState {
  const state = useSyncExternalStore(store.subscribe, store.get, store.get)
  useEffect(() => {
    if (store.get().jobs === null) void store.load()
  }, [store])
  return state
}
