// The way to the alerts from every page: a button whose badge counts the active ones. The rest comes later, or when asked.
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { isAsking, useMyAlerts } from '#src/features/alerts/alerts-context.ts'
import { formatCount } from '#src/lib/format.ts'
import { useAfterBoard } from '#src/live/after-board.ts'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { later } from '#src/ui/later.tsx'
import './alert-dock.css'

const AlertInbox = later(
  () => import('#src/features/alerts/alert-inbox.tsx').then((module) => module.AlertInbox),
  'The alerts',
)
const AlertSignals = later(() =>
  import('#src/features/alerts/alert-signals.tsx').then((module) => module.AlertSignals),
)

/** Cues, notifications and the rest that nobody sees come this long after the board. */
const signalsAfterMs = 1000

/** The button; with it the inbox while it is open, and everything that calls when nobody looks. */
export function AlertDock() {
  const [isOpen, setOpen] = useState(false)
  const asking = useMyAlerts().filter(isAsking)
  const critical = asking.filter(({ alert }) => alert.severity === 'critical').length
  const { shortcuts } = useKeys()
  const [isSettled, setSettled] = useState(false)
  useAfterBoard(signalsAfterMs, () => setSettled(true))
  useAction('alerts.show', () => setOpen(!isOpen))
  const words = `Alerts: ${formatCount(asking.length)} active${critical > 0 ? `, ${critical} critical` : ''}`
  return (
    <>
      <button
        type="button"
        className="alert-dock"
        aria-label={words}
        aria-expanded={isOpen}
        aria-keyshortcuts={shortcuts('alerts.show')}
        title={words}
        onPointerEnter={() => void AlertInbox.preload()}
        onClick={() => setOpen(!isOpen)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3 11.5h10L11.8 9.6V6.8a3.8 3.8 0 0 0-7.6 0v2.8zM6.6 13.5h2.8" />
        </svg>
        <span className="area-name">Alerts</span>
        {asking.length > 0 && (
          <span className="alert-badge" data-critical={critical > 0 || undefined} aria-hidden="true">
            {asking.length > 99 ? '99+' : asking.length}
          </span>
        )}
      </button>
      {isOpen && createPortal(<AlertInbox onClose={() => setOpen(false)} />, document.body)}
      {isSettled && <AlertSignals />}
    </>
  )
}
