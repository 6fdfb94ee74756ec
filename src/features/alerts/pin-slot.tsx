// The place in the header for what nobody has yet: a critical alert stays there until somebody does, a warning for a moment.
import { Suspense, lazy } from 'react'
import { isAsking, useMyAlerts } from '#src/features/alerts/alerts-context.ts'
import { persistently } from '#src/lib/persistently.ts'

const loadPin = persistently(() => import('#src/features/alerts/alert-pin.tsx'))
const AlertPin = lazy(() => loadPin().then((module) => ({ default: module.AlertPin })))

/** Empty, and of no cost, while no warning or worse asks for somebody. */
export function PinSlot() {
  const asking = useMyAlerts().filter((item) => item.alert.severity !== 'info' && isAsking(item))
  if (asking.length === 0) return null
  return (
    <Suspense>
      <AlertPin asking={asking} />
    </Suspense>
  )
}
