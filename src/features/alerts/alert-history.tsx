// Alerts that are over, page by page: what became of each, and by whom.
import { useEffect, useState } from 'react'
import type { Alert } from '#contract/alert.ts'
import { useAlertsDesk } from '#src/features/alerts/alerts-context.ts'
import { severityMark, severityName } from '#src/features/alerts/severity.ts'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'
import { ListFoot } from '#src/ui/list-foot.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { problemWords } from '#src/ui/problem-words.ts'
import { StateMark } from '#src/ui/state-mark.tsx'

const resolutions: Record<NonNullable<Alert['resolution']>, string> = {
  cleared: 'Went away by itself',
  call_ended: 'The call ended',
  rule_off: 'The rule was switched off',
  by_hand: 'Resolved',
}

const atOnce = 30

/** The newest first; older ones when they are asked for. */
export function AlertHistory({ onOpen }: { onOpen: (callId: string, lineId?: number) => void }) {
  const { api } = useAlertsDesk()
  const [page, setPage] = useState(1)
  const [alerts, setAlerts] = useState<readonly Alert[] | null>(null)
  const [total, setTotal] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    const aborter = new AbortController()
    setBusy(true)
    void (async () => {
      const answer = await api.request('GET /api/v1/alerts', {
        query: { state: 'resolved', page: String(page), limit: String(atOnce) },
        signal: aborter.signal,
      })
      if (aborter.signal.aborted) return
      setBusy(false)
      setProblem(answer.ok ? null : problemWords(answer.problem))
      if (!answer.ok) return
      setTotal(answer.value.pagination.total)
      setAlerts((before) => {
        const known = new Set((before ?? []).map(({ id }) => id))
        return [...(before ?? []), ...answer.value.alerts.filter(({ id }) => !known.has(id))]
      })
    })()
    return () => aborter.abort()
  }, [api, page, attempt])
  if (problem && !alerts)
    return (
      <Notice title="The history could not be read" urgent>
        <p>{problem}</p>
        <Button busy={busy} onClick={() => setAttempt(attempt + 1)}>
          Try again
        </Button>
      </Notice>
    )
  if (!alerts) return <Notice title="Reading the history…" />
  if (alerts.length === 0) return <Notice title="No alert was resolved yet." />
  return (
    <div className="alert-list">
      <ol>
        {alerts.map((alert) => (
          <li key={alert.id} className="alert-item" data-state="resolved">
            <div className="alert-head">
              <StateMark meaning={severityMark[alert.severity]} label={severityName[alert.severity]} />
              <b className="clip">{alert.rule_name}</b>
              <span className="alert-since">{clockText(Date.parse(alert.active_at))}</span>
            </div>
            <p className="alert-reason">{alert.reason}</p>
            <p className="alert-owner t3">
              {resolutions[alert.resolution ?? 'cleared']}
              {alert.resolved_by && ` by ${alert.resolved_by.name}`}
              {alert.resolved_at && ` at ${clockText(Date.parse(alert.resolved_at))}`}
              {alert.owner && !alert.resolved_by && `; ${alert.owner.name} had it`}
              {alert.note && `: “${alert.note}”`}
            </p>
            <div className="alert-acts">
              <Button onClick={() => onOpen(alert.call_id, alert.line_id)}>Open call</Button>
            </div>
          </li>
        ))}
      </ol>
      <ListFoot
        noun="alert"
        shown={alerts.length}
        total={total}
        atOnce={atOnce}
        problem={problem}
        busy={busy}
        onMore={() => (problem ? setAttempt(attempt + 1) : setPage(page + 1))}
      />
    </div>
  )
}
