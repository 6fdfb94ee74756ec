// An alert's life on its call: raised once per rule while it is open, handled by people, resolved by itself or by hand.
import { withAlert } from '#contract/apply-event.ts'
import type { Alert } from '#contract/alert.ts'
import { isLive } from '#contract/call-rules.ts'
import { lastTold } from '#server/domain/alerts/reminder.ts'
import { type Draft, patchState } from '#server/domain/call-state.ts'
import type { DeskFact } from '#server/domain/fact.ts'

type Raised = Extract<DeskFact, { event: 'desk.alert' }>['data']['alert']
type Change = Extract<DeskFact, { event: 'desk.alert_change' }>['data']

/**
 * Raises an alert. Nothing happens when the call is over, when the rule has an open alert on it already, or when the same
 * occurrence was resolved by hand: whoever watches the floor, on however many nodes, may say it again.
 */
export function raiseAlert(draft: Draft, raised: Raised, at: string): void {
  const { call, alertsSettled } = draft.state
  if (!isLive(call.status)) return
  if (call.alerts?.some(({ rule_id }) => rule_id === raised.rule_id)) return
  const settled = alertsSettled?.[raised.rule_id]
  if (settled !== undefined && Date.parse(raised.triggered_at) <= Date.parse(settled)) return
  write(draft, { ...raised, call_id: call.id, state: 'active', active_at: at, updated_at: at }, at)
}

/** Changes an open alert; one that is resolved stays as it is. */
export function changeAlert(draft: Draft, change: Change, at: string): void {
  const alert = draft.state.call.alerts?.find(({ id }) => id === change.alert_id)
  if (!alert) return
  const next: Alert = { ...alert, updated_at: at }
  if (change.note) next.note = change.note
  switch (change.change) {
    case 'acknowledge':
      // The first who takes it has it; the next is told by the server who that is.
      if (!change.by || (alert.owner && alert.owner.id !== change.by.id && !change.force)) return
      next.state = 'acknowledged'
      next.owner = change.by
      next.acknowledged_at = at
      delete next.snoozed_until
      delete next.reminded_at
      break
    case 'remind':
      if (alert.state !== 'acknowledged' || !change.due || lastTold(alert) >= Date.parse(change.due)) return
      next.reminded_at = at
      delete next.snoozed_until
      break
    case 'snooze':
      if (!change.until) return
      next.snoozed_until = change.until
      break
    case 'resolve':
      resolve(next, 'by_hand', at)
      if (change.by) next.resolved_by = change.by
      patchState(draft, { alertsSettled: { ...draft.state.alertsSettled, [alert.rule_id]: at } })
      break
    case 'clear':
      resolve(next, change.resolution ?? 'cleared', at)
      break
  }
  write(draft, next, at)
}

/** The call is over: what was open about it is over too. */
export function closeAlerts(draft: Draft, at: string): void {
  for (const alert of draft.state.call.alerts ?? []) {
    const next: Alert = { ...alert, updated_at: at }
    resolve(next, 'call_ended', at)
    write(draft, next, at)
  }
}

function resolve(alert: Alert, resolution: NonNullable<Alert['resolution']>, at: string): void {
  alert.state = 'resolved'
  alert.resolution = resolution
  alert.resolved_at = at
}

/** The narrower event says it all: no `call.updated` is owed. */
function write(draft: Draft, alert: Alert, at: string): void {
  draft.state = { ...draft.state, call: withAlert(draft.state.call, alert) }
  draft.rows.alerts.push(alert)
  draft.entries.push({ event: 'alert.updated', data: { call_id: alert.call_id, alert }, at })
}
