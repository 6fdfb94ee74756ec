// The place in the header for what nobody has yet: a critical alert stays there until somebody does, a warning for a moment.
import { isAsking, useMyAlerts } from '#src/features/alerts/alerts-context.ts'
import { later } from '#src/ui/later.tsx'

const AlertPin = later(() => import('#src/features/alerts/alert-pin.tsx').then((module) => module.AlertPin))

/** Empty, and of no cost, while no warning or worse asks for somebody. */
export function PinSlot() {
  const asking = useMyAlerts().filter((item) => item.alert.severity !== 'info' && isAsking(item))
  if (asking.length === 0) return null
  return <AlertPin asking={asking} />
}
