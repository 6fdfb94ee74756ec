// What can be done with alerts, by HTTP; the live line then shows what became of it. Nothing is painted before it is true.
import { useCallback, useState } from 'react'
import type { SnoozeSpan } from '#contract/alert-rules.ts'
import { useAlertsDesk } from '#src/features/alerts/alerts-context.ts'
import { problemWords } from '#src/ui/problem-words.ts'

export type AlertAct =
  | { action: 'acknowledge'; note?: string; force?: boolean }
  | { action: 'resolve'; note?: string }
  | { action: 'snooze'; for: SnoozeSpan }

export interface AlertActs {
  /** Does it with one alert or several; true when the server took it. */
  act(ids: readonly string[], act: AlertAct): Promise<boolean>
  /** Alerts something is being done with. */
  busy: ReadonlySet<string>
  /** Why the last act was refused, in words; null when it was not. */
  problem: string | null
}

/** Acts on alerts and what became of the last one. */
export function useAlertActs(): AlertActs {
  const { api } = useAlertsDesk()
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set())
  const [problem, setProblem] = useState<string | null>(null)
  const act = useCallback(
    async (ids: readonly string[], body: AlertAct) => {
      const [first] = ids
      if (first === undefined) return false
      setBusy((before) => new Set([...before, ...ids]))
      setProblem(null)
      const answer =
        ids.length === 1
          ? await api.request('PATCH /api/v1/alerts/:alert_id', { params: { alert_id: first }, body })
          : await api.request('PATCH /api/v1/alerts', { body: { ...body, alert_ids: [...ids] } })
      setBusy((before) => new Set([...before].filter((id) => !ids.includes(id))))
      if (!answer.ok) setProblem(problemWords(answer.problem))
      return answer.ok
    },
    [api],
  )
  return { act, busy, problem }
}
