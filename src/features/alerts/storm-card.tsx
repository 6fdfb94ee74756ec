// A storm as one card: how many, since when, what kinds; one act for all of them, and the list on demand.
import { useState } from 'react'
import { can } from '#contract/permissions.ts'
import type { AlertActs } from '#src/features/alerts/alert-acts.ts'
import { isAsking, useAlertsDesk } from '#src/features/alerts/alerts-context.ts'
import type { FloorAlert } from '#src/floor/open-alerts.ts'
import { formatCount } from '#src/lib/format.ts'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'
import { StateMark } from '#src/ui/state-mark.tsx'

interface StormCardProps {
  items: readonly FloorAlert[]
  /** When it began, epoch ms. */
  since: number
  acts: AlertActs
  isOpen: boolean
  onToggle: () => void
}

/** Most alerts that are handled in one request. */
const atOnce = 500

/** The card that stands for all alerts of a storm. */
export function StormCard({ items, since, acts, isOpen, onToggle }: StormCardProps) {
  const { user } = useAlertsDesk()
  const [isAsked, setAsked] = useState(false)
  const asking = items.filter(isAsking)
  const critical = asking.filter(({ alert }) => alert.severity === 'critical').length
  const kinds = new Map<string, number>()
  for (const { alert } of items) kinds.set(alert.rule_name, (kinds.get(alert.rule_name) ?? 0) + 1)
  const ids = asking.slice(0, atOnce).map(({ alert }) => alert.id)
  const isPart = ids.length < asking.length
  const isBusy = ids.some((id) => acts.busy.has(id))
  return (
    <section className="storm" aria-label="Storm of alerts" data-storm>
      <div className="alert-head">
        <StateMark meaning={critical > 0 ? 'act' : 'attention'} label="Storm" />
        <b>{formatCount(items.length)} alerts at once</b>
        <span className="alert-since">since {clockText(since).slice(0, 5)}</span>
      </div>
      <p className="alert-reason">
        {formatCount(asking.length)} active, {formatCount(critical)} of them critical,{' '}
        {formatCount(items.length - asking.length)} in hand
      </p>
      <ul className="storm-kinds">
        {[...kinds]
          .sort((a, b) => b[1] - a[1])
          .slice(0, 5)
          .map(([name, count]) => (
            <li key={name}>
              <b>{formatCount(count)}</b> {name}
            </li>
          ))}
      </ul>
      <div className="alert-acts">
        <Button aria-expanded={isOpen} onClick={onToggle}>
          {isOpen ? 'Fold them' : 'Show each'}
        </Button>
        {can(user.role, 'alerts.handle') &&
          asking.length > 0 &&
          (isAsked ? (
            <>
              <Button
                kind="primary"
                busy={isBusy}
                onClick={async () => {
                  if (await acts.act(ids, { action: 'acknowledge' })) setAsked(false)
                }}
              >
                Yes, I have{' '}
                {ids.length === 1 ? 'it' : `${isPart ? 'these' : 'all'} ${formatCount(ids.length)}`}
              </Button>
              <Button kind="quiet" onClick={() => setAsked(false)}>
                No
              </Button>
            </>
          ) : (
            <Button onClick={() => setAsked(true)}>
              Acknowledge {isPart ? 'the first' : 'all'} {formatCount(ids.length)}
            </Button>
          ))}
      </div>
    </section>
  )
}
