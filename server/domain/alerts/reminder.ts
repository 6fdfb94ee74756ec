// When somebody who has an alert is asked again: once per interval of its rule, as long as it is still true. Pure.
import type { Alert, AlertRule } from '#contract/alert.ts'

/** Epoch ms of the last time that somebody was told of the alert as it stands: taken in hand, or reminded. */
export function lastTold({ acknowledged_at, reminded_at, active_at }: Alert): number {
  return Date.parse(reminded_at ?? acknowledged_at ?? active_at)
}

/** When the alert asks again, epoch ms; null when it does not. A snooze is respected. */
export function reminderDue(
  { remind_after_min }: Pick<AlertRule, 'remind_after_min'>,
  alert: Alert,
): number | null {
  if (!remind_after_min || alert.state !== 'acknowledged') return null
  const due = lastTold(alert) + remind_after_min * 60_000
  return alert.snoozed_until === undefined ? due : Math.max(due, Date.parse(alert.snoozed_until))
}
