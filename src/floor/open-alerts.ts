// The open alerts of the floor with the names of their calls, worst first: what badge, inbox and cues are made of.
import type { Alert } from '#contract/alert.ts'
import { type Urgency, byUrgency, urgencyOf } from '#contract/alert-words.ts'
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
  const found: { item: FloorAlert; urgency: Urgency }[] = []
  for (const call of calls) {
    // Nearly every call has none.
    if (!call.alerts) continue
    for (const alert of call.alerts)
      found.push({
        item: {
          alert,
          caller: callerName(call),
          business: call.business_name ?? null,
          snoozed: alert.snoozed_until !== undefined && Date.parse(alert.snoozed_until) > now,
        },
        urgency: urgencyOf(alert),
      })
  }
  return found.sort((a, b) => byUrgency(a.urgency, b.urgency)).map(({ item }) => item)
}
