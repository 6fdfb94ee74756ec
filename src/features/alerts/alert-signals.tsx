// What calls a supervisor who does not look: cues, notifications of the system, title, icon, and words for screen readers.
import { useEffect, useRef, useState } from 'react'
import { asksAgain } from '#contract/alert-words.ts'
import { isAsking, useAlertsDesk, useMyAlerts } from '#src/features/alerts/alerts-context.ts'
import { pageCues } from '#src/features/alerts/cues.ts'
import { type CueMemory, nextCue, noCues } from '#src/features/alerts/next-cue.ts'
import { takeTurn } from '#src/features/alerts/one-tab.ts'
import { markPage } from '#src/features/alerts/page-marks.ts'
import { SoundMark } from '#src/features/alerts/sound-mark.tsx'
import { isQuiet, soundPreference } from '#src/features/alerts/sound-preference.ts'
import { useBlockedSound } from '#src/features/alerts/use-blocked-sound.ts'
import type { FloorAlert } from '#src/floor/open-alerts.ts'
import { useServerNow } from '#src/live/use-live.ts'
import { clockText } from '#src/ui/clock-text.ts'
import { usePreference } from '#src/ui/use-preference.ts'

/** How often an alert that nobody has is thought of again, ms. */
const beatMs = 5000

/** Draws nothing but that the sound is blocked, while it is; speaks to a screen reader of new critical alerts only. */
export function AlertSignals() {
  const mine = useMyAlerts()
  const { openCall } = useAlertsDesk()
  const [sound] = usePreference(soundPreference)
  const beat = useServerNow(beatMs)
  const memory = useRef<CueMemory>(noCues)
  const [isMyTurn, setMyTurn] = useState(false)
  const isBlocked = useBlockedSound(sound.on)
  const [said, setSaid] = useState('')
  const open = useRef(openCall)
  useEffect(() => {
    open.current = openCall
  })

  // A press anywhere lets the page sound again after it was loaded anew.
  useEffect(() => {
    if (!sound.on) return
    const cues = pageCues()
    let leave: (() => void) | null = null
    let isGone = false
    const tryUnlock = async () => {
      // A press that was asked for before may answer together with this one: one turn is enough.
      if ((await cues.unlock()) !== 'ready' || isGone || leave) return
      document.removeEventListener('pointerdown', tryUnlock)
      document.removeEventListener('keydown', tryUnlock)
      leave = takeTurn(() => setMyTurn(true))
    }
    document.addEventListener('pointerdown', tryUnlock)
    document.addEventListener('keydown', tryUnlock)
    void tryUnlock()
    return () => {
      isGone = true
      setMyTurn(false)
      leave?.()
      document.removeEventListener('pointerdown', tryUnlock)
      document.removeEventListener('keydown', tryUnlock)
    }
  }, [sound.on])

  useEffect(() => {
    const isSeen = document.visibilityState === 'visible' && document.hasFocus()
    const looksAt = isSeen ? openCallId() : null
    const verdict = nextCue(memory.current, mine, looksAt, Date.now())
    memory.current = verdict.memory
    const { cue, fresh, stormOf } = verdict
    const asking = mine.filter(isAsking)
    markPage(
      document,
      asking.length,
      asking.some(({ alert }) => alert.severity === 'critical'),
    )
    const words =
      stormOf === null ? fresh.filter(isCritical).map(wordsOf) : [`Storm: ${stormOf} alerts at once`]
    if (words.length > 0) setSaid(words.join('. '))
    if (sound.desktop && !isSeen) {
      if (stormOf !== null) notify('storm', `Storm: ${stormOf} alerts at once`, '', () => window.focus())
      for (const { alert, caller } of fresh.slice(0, 3))
        if (alert.severity !== 'info')
          notify(`${alert.id} ${alert.reminded_at ?? ''}`, nameOf(alert), `${caller}: ${alert.reason}`, () =>
            open.current(alert.call_id, alert.line_id),
          )
    }
    if (!cue || !sound.on || !sound.severities[cue]) return
    // What nobody could hear is still to be heard, as soon as the browser lets it.
    if (cue === 'critical' && pageCues().state() === 'blocked')
      memory.current = { ...memory.current, criticalAt: Number.NEGATIVE_INFINITY }
    if (!isMyTurn || isQuiet(sound, clockText(Date.now()).slice(0, 5))) return
    pageCues().play(cue, sound.volume)
  }, [mine, beat, sound, isMyTurn])
  useEffect(() => () => markPage(document, 0, false), [])
  return (
    <>
      <div className="sr-only" role="alert" data-announce="alerts">
        {said}
      </div>
      <SoundMark isBlocked={isBlocked} />
    </>
  )
}

const isCritical = ({ alert }: FloorAlert) => alert.severity === 'critical'
const nameOf = (alert: FloorAlert['alert']) =>
  asksAgain(alert)
    ? `Still active, ${alert.owner?.name ?? 'somebody'} has it: ${alert.rule_name}`
    : alert.rule_name
const wordsOf = ({ alert, caller }: FloorAlert) => `Critical: ${nameOf(alert)}. ${caller}. ${alert.reason}`

function openCallId(): string | null {
  const [, id] = /^\/live\/([^/]+)/.exec(location.pathname) ?? []
  return id === undefined ? null : decodeURIComponent(id)
}

/** One notification per alert and reminder, whatever tab shows it. */
function notify(tag: string, title: string, body: string, onPress: () => void): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  const shown = new Notification(title, { body, tag: `callboard-${tag}` })
  shown.addEventListener('click', () => {
    window.focus()
    shown.close()
    onPress()
  })
}
