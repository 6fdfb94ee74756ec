// What every part of the alerts needs: who looks, the HTTP client, and how to open a call.
import { createContext, useContext, useMemo } from 'react'
import type { Session } from '#contract/auth.ts'
import { asksAgain, tells } from '#contract/alert-words.ts'
import type { FloorAlert } from '#src/floor/open-alerts.ts'
import type { Api } from '#src/lib/api.ts'
import { useDigest } from '#src/live/use-live.ts'

export interface AlertsDesk {
  user: Session
  api: Api
  /** Opens the call, at the line where one is given. */
  openCall: (callId: string, lineId?: number) => void
}

export const AlertsContext = createContext<AlertsDesk | null>(null)

/** The desk of the person who is signed in. */
export function useAlertsDesk(): AlertsDesk {
  const desk = useContext(AlertsContext)
  if (!desk) throw new Error('AlertsContext is missing above this component')
  return desk
}

/** Open alerts that this person is told of or has, worst first; the same list until one of them changes. */
export function useMyAlerts(): readonly FloorAlert[] {
  const { user } = useAlertsDesk()
  const all = useDigest((digest) => digest.alerts)
  return useMemo(
    () => all.filter(({ alert }) => tells(alert, user.role) || alert.owner?.id === user.user_id),
    [all, user],
  )
}

/** True of an alert that asks for somebody now: what the badge counts. */
export function isAsking({ alert, snoozed }: FloorAlert): boolean {
  return (alert.state === 'active' || asksAgain(alert)) && !snoozed
}
