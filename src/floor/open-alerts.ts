// The open alerts of the floor with the names of their calls, worst first: what badge, inbox and cues are made of.
import type { Alert } from '#contract/alert.ts'
import { severityRank } from '#contract/alert-words.ts'
import type { Call } from '#contract/call.ts'
import { callerName } from '#src/floor/call-words.ts'

export interface FloorAlert {
  alert: Alert
  /** Who is on the line. */
  caller: string
  business: string | null
  /** Put off for now. */
  snoozed: boolean
}

/** Of all calls, whoever is told of them; `now` in epoch ms of the server. */
export function openAlerts(calls: readonly Call[], now: number): FloorAlert[] {
  const found: { alert: FloorAlert; rank: number; since: number }[] = []
  for (const call of calls) {
    // Nearly every call has none.
    if (!call.alerts) continue
    for (const alert of call.alerts)
      found.push({
        alert: {
          alert,
          caller: callerName(call),
          business: call.business_name ?? null,
          snoozed: alert.snoozed_until !== undefined && Date.parse(alert.snoozed_until) > now,
        },
        rank: severityRank[alert.severity],
        since: Date.parse(alert.active_at),
      })
  }
  // In the order of `byUrgency`. A storm has thousands: each moment is read once, and not with every comparison.
  found.sort((a, b) => b.rank - a.rank || a.since - b.since || (a.alert.alert.id < b.alert.alert.id ? -1 : 1))
  return found.map(({ alert }) => alert)
}
