// The saved views of one page: one's own and the team's, and what can be done with them.
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ApiProblem } from '#contract/errors.ts'
import type { SavedView, ViewArea } from '#contract/view.ts'
import type { Api } from '#src/lib/api.ts'
import { type Result, ok } from '#src/lib/result.ts'

export interface ViewChange {
  name?: string
  query?: string
  shared?: boolean
  position?: number
  deleted?: false
}

export interface Views {
  /** In their order; null until they are known. */
  list: readonly SavedView[] | null
  /** Why they are not known, or not known anew. */
  problem: ApiProblem | null
  reload: () => Promise<void>
  create: (view: { name: string; query: string; shared: boolean }) => Promise<Result<SavedView, ApiProblem>>
  change: (id: string, change: ViewChange) => Promise<Result<SavedView, ApiProblem>>
  remove: (id: string) => Promise<Result<unknown, ApiProblem>>
}

const inOrder = (views: readonly SavedView[]) =>
  [...views].sort((a, b) => a.position - b.position || a.created_at.localeCompare(b.created_at))

/** Loads them once, and again when asked. */
export function useViews(api: Api, area: ViewArea): Views {
  const [list, setList] = useState<readonly SavedView[] | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const reload = useCallback(async () => {
    const answer = await api.request('GET /api/v1/views', { query: { area } })
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setList(answer.value.views)
  }, [api, area])
  useEffect(() => void reload(), [reload])

  return useMemo(() => {
    const put = (view: SavedView) =>
      setList((before) => inOrder([...(before ?? []).filter(({ id }) => id !== view.id), view]))
    return {
      list,
      problem,
      reload,
      async create(view) {
        const answer = await api.request('POST /api/v1/views', { body: { ...view, area } })
        if (!answer.ok) return answer
        put(answer.value.view)
        return ok(answer.value.view)
      },
      async change(id, change) {
        const answer = await api.request('PATCH /api/v1/views/:view_id', {
          params: { view_id: id },
          body: change,
        })
        if (!answer.ok) return answer
        put(answer.value.view)
        return ok(answer.value.view)
      },
      async remove(id) {
        const answer = await api.request('DELETE /api/v1/views/:view_id', { params: { view_id: id } })
        if (answer.ok) setList((before) => (before ?? []).filter((view) => view.id !== id))
        return answer
      },
    }
  }, [api, area, list, problem, reload])
}

/** The position that puts the view before (`-1`) or after (`1`) its neighbour among those beside it; null at the end. */
export function movedPosition(beside: readonly SavedView[], id: string, by: -1 | 1): number | null {
  const place = beside.findIndex((view) => view.id === id)
  const next = beside[place + by]
  if (place < 0 || !next) return null
  const beyond = beside[place + 2 * by]
  return beyond ? (next.position + beyond.position) / 2 : next.position + by
}
