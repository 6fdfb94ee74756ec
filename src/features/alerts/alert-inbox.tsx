// The inbox of alerts: what asks for somebody now, what is in hand, what is over. It lies over the page and moves nothing.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { asksAgain, isInStorm, stormSince } from '#contract/alert-words.ts'
import { can } from '#contract/permissions.ts'
import { AlertHistory } from '#src/features/alerts/alert-history.tsx'
import { type Asking, AlertItem } from '#src/features/alerts/alert-item.tsx'
import { useAlertActs } from '#src/features/alerts/alert-acts.ts'
import { isAsking, useAlertsDesk, useMyAlerts } from '#src/features/alerts/alerts-context.ts'
import { nextOf, stepTo } from '#src/features/alerts/inbox-keys.ts'
import { InboxAge } from '#src/features/alerts/inbox-age.tsx'
import { SoundSettings } from '#src/features/alerts/sound-settings.tsx'
import { StormCard } from '#src/features/alerts/storm-card.tsx'
import { useInboxFocus } from '#src/features/alerts/use-inbox-focus.ts'
import type { FloorAlert } from '#src/floor/open-alerts.ts'
import { formatCount } from '#src/lib/format.ts'
import { useDigest } from '#src/live/use-live.ts'
import { useKeyChoice } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { useKept } from '#src/ui/kept.ts'
import { ListFoot } from '#src/ui/list-foot.tsx'
import { Notice } from '#src/ui/notice.tsx'
import './alert-inbox.css'

type Tab = 'open' | 'mine' | 'over' | 'sound'
const tabs: readonly { id: Tab; name: string }[] = [
  { id: 'open', name: 'Open' },
  { id: 'mine', name: 'Mine' },
  { id: 'over', name: 'Resolved' },
  { id: 'sound', name: 'Sound' },
]

/** Entries that are drawn at once: a flood has thousands, and each has its clock and its buttons. */
const atOnce = 50
/** Entries drawn after the one the keys work on, so that the next one is there to step to. */
const ahead = 5

const allQuiet = 'All quiet. No alert is open.'
const forOthers = 'No alert is open for you.'

/** The panel; Escape closes it. */
export function AlertInbox({ onClose }: { onClose: () => void }) {
  const { user, openCall } = useAlertsDesk()
  // The call is opened where the inbox lies.
  const open = (callId: string, lineId?: number) => {
    leave()
    openCall(callId, lineId)
    onClose()
  }
  const acts = useAlertActs()
  const all = useMyAlerts()
  const others = useDigest((digest) => digest.alerts.length) - all.length
  const [tab, setTab] = useState<Tab>('open')
  const [isUnfolded, setUnfolded] = useState(false)
  const [asking, setAsking] = useState<{ id: string; what: Asking }>({ id: '', what: null })
  const [notes, setNotes] = useKept<Readonly<Record<string, string>>>('alert-notes', {})
  const panel = useRef<HTMLElement>(null)
  const leave = useInboxFocus(panel)
  const since = stormSince(all.map(({ alert }) => alert))
  const inStorm = all.filter(({ alert }) => isInStorm(alert, since))
  const listed =
    tab === 'mine'
      ? all.filter(({ alert }) => alert.owner?.id === user.user_id)
      : isUnfolded
        ? all
        : all.filter(({ alert }) => !isInStorm(alert, since))
  // Active ones first, then what is in hand or put off; each part by urgency.
  const items = [...listed.filter(isAsking), ...listed.filter((item) => !isAsking(item))]
  const [current, setCurrent] = useCurrent(items)
  const [most, setMost] = useState(atOnce)
  // The entry the keys work on stays, however many worse ones come before it.
  const reached = items.findIndex(({ alert }) => alert.id === current) + 1 + ahead
  const drawn = items.slice(0, Math.max(most, reached))
  const singles = useKeyChoice().singleKeys
  const handleKey = (event: KeyboardEvent) => {
    const used = keyDown(event)
    if (!used) return
    event.preventDefault()
    event.stopPropagation()
  }
  const go = (step: 1 | -1) => {
    const id = stepTo(
      items.map(({ alert }) => alert.id),
      current,
      step,
    )
    setCurrent(id)
    if (id)
      panel.current
        ?.querySelector(`[data-alert-id="${CSS.escape(id)}"]`)
        ?.scrollIntoView({ block: 'nearest' })
  }
  const keyDown = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    const isTyping = (event.target as HTMLElement).matches('input, textarea, select')
    if (event.key === 'Escape') {
      if (asking.what !== null) {
        setAsking({ id: '', what: null })
        panel.current?.focus()
      } else onClose()
      return true
    }
    if (isTyping || (tab !== 'open' && tab !== 'mine')) return false
    const isOnButton = (event.target as HTMLElement).matches('button')
    const item = items.find(({ alert }) => alert.id === current)
    if (event.key === 'ArrowDown' || (singles && event.key === 'j')) go(1)
    else if (event.key === 'ArrowUp' || (singles && event.key === 'k')) go(-1)
    else if (!item) return false
    else if (event.key === 'Enter' && !isOnButton) open(item.alert.call_id, item.alert.line_id)
    else if (!singles || !can(user.role, 'alerts.handle')) return false
    else if (event.key === 'a' && item.alert.owner?.id !== user.user_id)
      setAsking({ id: item.alert.id, what: 'note' })
    else if (event.key === 'a' && asksAgain(item.alert))
      void acts.act([item.alert.id], { action: 'acknowledge' })
    else if (event.key === 's') setAsking({ id: item.alert.id, what: 'snooze' })
    else if (event.key === 'r') void acts.act([item.alert.id], { action: 'resolve' })
    else return false
    return true
  }
  return (
    <aside ref={panel} className="alert-inbox" aria-label="Alerts" tabIndex={-1} onKeyDown={handleKey}>
      <header>
        <h2>Alerts</h2>
        <div role="group" aria-label="Which alerts" className="alert-tabs">
          {tabs.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="chip"
              aria-pressed={tab === id}
              onClick={() => {
                setTab(id)
                setMost(atOnce)
              }}
            >
              {name}
              {id === 'open' && <b>{formatCount(all.filter(isAsking).length)}</b>}
            </button>
          ))}
        </div>
        <Button
          kind="quiet"
          className="alert-close"
          aria-label="Close the alerts"
          cap="Esc"
          onClick={onClose}
        >
          ×
        </Button>
      </header>
      <InboxAge />
      {acts.problem && (
        <p role="alert" className="alert-problem">
          {acts.problem}
        </p>
      )}
      {tab === 'over' && <AlertHistory onOpen={open} />}
      {tab === 'sound' && <SoundSettings />}
      {(tab === 'open' || tab === 'mine') && (
        <div className="alert-list">
          {tab === 'open' && since !== null && inStorm.length > 0 && (
            <StormCard
              items={inStorm}
              since={since}
              acts={acts}
              isOpen={isUnfolded}
              onToggle={() => {
                setUnfolded(!isUnfolded)
                // The one that was current may stand behind thousands now.
                setCurrent(null)
              }}
            />
          )}
          {items.length > 0 && !can(user.role, 'alerts.handle') && (
            <p className="alert-look t3">Your role may look. Others acknowledge, snooze and resolve.</p>
          )}
          {items.length === 0 && (tab === 'mine' || inStorm.length === 0) && (
            <Notice title={tab === 'mine' ? 'You have no alert.' : others > 0 ? forOthers : allQuiet}>
              {tab === 'mine' && <p>What you acknowledge stands here until it is resolved.</p>}
              {tab === 'open' && others > 0 && (
                <p>
                  {formatCount(others)} {others === 1 ? 'is' : 'are'} open for other roles; the board marks
                  their calls.
                </p>
              )}
            </Notice>
          )}
          <ol>
            {drawn.map((item) => (
              <li
                key={item.alert.id}
                className="alert-item"
                data-alert-id={item.alert.id}
                data-severity={item.alert.severity}
                data-state={item.alert.state}
                data-pinned={(item.alert.severity === 'critical' && isAsking(item)) || undefined}
                aria-current={item.alert.id === current || undefined}
                onPointerDown={() => setCurrent(item.alert.id)}
                onFocus={() => setCurrent(item.alert.id)}
              >
                <AlertItem
                  item={item}
                  acts={acts}
                  asking={asking.id === item.alert.id ? asking.what : null}
                  onAsk={(what) => setAsking({ id: item.alert.id, what })}
                  note={notes[item.alert.id] ?? ''}
                  onNote={(note) => setNotes((before) => ({ ...before, [item.alert.id]: note }))}
                  onOpen={() => open(item.alert.call_id, item.alert.line_id)}
                  keyed={singles && item.alert.id === current}
                />
              </li>
            ))}
          </ol>
          <ListFoot
            noun="alert"
            shown={drawn.length}
            total={items.length}
            atOnce={atOnce}
            problem={null}
            onMore={() => setMost(drawn.length + atOnce)}
          />
        </div>
      )}
    </aside>
  )
}

/** The entry the keys work on; when it leaves, the one below takes its place. */
function useCurrent(items: readonly FloorAlert[]): [string | null, (id: string | null) => void] {
  const [chosen, setChosen] = useState<string | null>(null)
  const before = useRef<readonly string[]>([])
  const ids = items.map(({ alert }) => alert.id)
  const listed = ids.join(' ')
  const current = nextOf(before.current, ids, chosen)
  useEffect(() => {
    before.current = listed.split(' ')
    setChosen(current)
  }, [listed, current])
  return [current, setChosen]
}
