// Where all actions can be seen and found at once: palette, `?` sheet and key settings, and the keys of the areas.
import { useRef, useState } from 'react'
import type { Session } from '#contract/auth.ts'
import { can } from '#contract/permissions.ts'
import type { ActionId } from '#src/actions/action-list.ts'
import { type Area, areas } from '#src/app/areas.tsx'
import { useAlertsDesk } from '#src/features/alerts/alerts-context.ts'
import { callerName } from '#src/floor/call-words.ts'
import { useAfterBoard } from '#src/live/after-board.ts'
import { useLiveStore } from '#src/live/use-live.ts'
import { useAction, useRegistry } from '#src/ui/actions.tsx'
import { go } from '#src/ui/address.ts'
import { later } from '#src/ui/later.tsx'

const Palette = later(
  () => import('#src/features/palette/palette.tsx').then((module) => module.Palette),
  'The palette',
)
const KeySheet = later(
  () => import('#src/features/keys/key-sheet.tsx').then((module) => module.KeySheet),
  'The list of keys',
)
const KeySettings = later(
  () => import('#src/features/keys/key-settings.tsx').then((module) => module.KeySettings),
  'The choice of keys',
)

/** The palette's code is fetched this long after the board is there: it opens at once when it is called. */
const paletteAfterMs = 2500

/** Nothing until it is called. */
export function ActionSurface({ user }: { user: Session }) {
  const registry = useRegistry()
  const store = useLiveStore()
  const { openCall } = useAlertsDesk()
  const [shown, setShown] = useState<'palette' | 'sheet' | 'settings' | null>(null)
  const leaving = useRef<(then?: () => void) => void>(() => {})
  const early = useRef('')
  useAfterBoard(paletteAfterMs, () => void Palette.preload())

  const openPalette = () => {
    const before = document.activeElement
    early.current = ''
    const release = registry.holdCall()
    leaving.current = (then) => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
      // Still meant for the call it was called from.
      then?.()
      release()
    }
    setShown('palette')
  }
  /** Closes, gives the focus back, then goes on. */
  const leave = (then?: () => void) => {
    setShown(null)
    setTimeout(() => {
      leaving.current(then)
      leaving.current = () => {}
    })
  }
  useAction('palette.open', openPalette)
  useAction('keys.show', () => setShown('sheet'))
  useAction('keys.change', () => setShown('settings'))
  const call = shown === 'palette' ? registry.context().call : null
  const known = call && store.call(call.id)
  return (
    <>
      {areas
        .filter(({ capability }) => can(user.role, capability))
        .map((area) => (
          <AreaAction key={area.path} area={area} />
        ))}
      {shown === 'palette' && (
        <Palette
          subject={known ? callerName(known) : null}
          typedBefore={() => early.current}
          fallback={<EarlyLetters onType={(typed) => (early.current = typed)} onClose={() => leave()} />}
          onClose={() => leave()}
          onAction={(id: ActionId) => leave(() => registry.run(id))}
          onCall={(callId) => leave(() => openCall(callId))}
          onAgent={(name) => leave(() => go(`/live?q=${encodeURIComponent(name)}`))}
        />
      )}
      {shown === 'sheet' && <KeySheet onClose={() => setShown(null)} onChange={() => setShown('settings')} />}
      {shown === 'settings' && <KeySettings onClose={() => setShown(null)} />}
    </>
  )
}

/** Takes what is typed until the palette's code has come: a letter that fell through to the page would act on a call. */
function EarlyLetters({ onType, onClose }: { onType: (typed: string) => void; onClose: () => void }) {
  return (
    <input
      ref={(field) => field?.focus()}
      className="early-letters"
      aria-label="Action, call, number, business or agent"
      placeholder="Loading…"
      onChange={(event) => onType(event.target.value)}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    />
  )
}

function AreaAction({ area }: { area: Area }) {
  useAction(area.action, () => go(area.path))
  return null
}
