// The pinned alert: which call, why, since when; to be opened or taken from where it stands.
import { stormSince } from '#contract/alert-words.ts'
import { can } from '#contract/permissions.ts'
import { useAlertActs } from '#src/features/alerts/alert-acts.ts'
import { useAlertsDesk } from '#src/features/alerts/alerts-context.ts'
import { severityMark, severityName } from '#src/features/alerts/severity.ts'
import type { FloorAlert } from '#src/floor/open-alerts.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { formatCount } from '#src/lib/format.ts'
import { useServerNow } from '#src/live/use-live.ts'
import { useRunAction } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { StateMark } from '#src/ui/state-mark.tsx'
import './alert-pin.css'

/** A warning stands in the header this long, ms. */
const warningMs = 10_000

/** `asking` are the active alerts of warning or worse, worst first. */
export function AlertPin({ asking }: { asking: readonly FloorAlert[] }) {
  const now = useServerNow(1000)
  const { user, openCall } = useAlertsDesk()
  const acts = useAlertActs()
  const run = useRunAction()
  const critical = asking.filter(({ alert }) => alert.severity === 'critical')
  const storm = stormSince(asking.map(({ alert }) => alert))
  if (storm !== null && asking.length > 1)
    return (
      <button type="button" className="alert-pin" data-severity="critical" onClick={() => run('alerts.show')}>
        <StateMark meaning="act" label="Storm" /> <b>Storm</b>
        <span className="clip">{formatCount(asking.length)} alerts ask for somebody</span>
      </button>
    )
  const newest = asking.toSorted((a, b) => Date.parse(b.alert.active_at) - Date.parse(a.alert.active_at))[0]
  const pinned =
    critical[0] ?? (newest && now - Date.parse(newest.alert.active_at) < warningMs ? newest : undefined)
  if (!pinned) return null
  const { alert, caller } = pinned
  return (
    <div className="alert-pin" role="group" aria-label="Alert nobody has" data-severity={alert.severity}>
      <StateMark meaning={severityMark[alert.severity]} label={severityName[alert.severity]} />
      <b className="clip">{alert.rule_name}</b>
      <span className="clip alert-pin-words" title={`${caller}: ${alert.reason}`}>
        <bdi>{caller}</bdi> · {alert.reason}
      </span>
      <span className="t3">{formatDuration(now - Date.parse(alert.active_at))}</span>
      <Button onClick={() => openCall(alert.call_id, alert.line_id)}>Open</Button>
      {can(user.role, 'alerts.handle') && (
        <Button
          busy={acts.busy.has(alert.id)}
          onClick={() => void acts.act([alert.id], { action: 'acknowledge' })}
        >
          I have it
        </Button>
      )}
      {critical.length > 1 && (
        <button type="button" className="link" onClick={() => run('alerts.show')}>
          +{formatCount(critical.length - 1)}
        </button>
      )}
    </div>
  )
}
