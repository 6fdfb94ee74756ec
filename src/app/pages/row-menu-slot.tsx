// Where the menu of a row is called: by the second button of the pointer, or by the menu key on the row that has the focus.
import { type RefObject, useEffect, useState } from 'react'
import { callerName } from '#src/floor/call-words.ts'
import { useLiveStore } from '#src/live/use-live.ts'
import { focusRowOf } from '#src/app/pages/focused-row.ts'
import { useRegistry } from '#src/ui/actions.tsx'
import { later } from '#src/ui/later.tsx'

const RowMenu = later(
  () => import('#src/features/row-menu/row-menu.tsx').then((module) => module.RowMenu),
  'The menu',
)

interface RowMenuSlotProps {
  board: RefObject<HTMLElement | null>
  /** It is open or closed, so that rows may hold still. */
  onMenu: (open: boolean) => void
}

interface Asked {
  callId: string
  name: string
  at: { x: number; y: number }
  release: () => void
}

/** Nothing until it is called. Text that is marked keeps the browser's own menu. */
export function RowMenuSlot({ board, onMenu }: RowMenuSlotProps) {
  const store = useLiveStore()
  const registry = useRegistry()
  const [asked, setAsked] = useState<Asked | null>(null)
  useEffect(() => {
    const element = board.current
    const handle = (event: MouseEvent) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-call-id]') : null
      const callId = row?.dataset.callId
      const call = callId === undefined ? undefined : store.call(callId)
      if (!row || !call || event.shiftKey || String(getSelection()) !== '') return
      event.preventDefault()
      row.focus({ preventScroll: true })
      const box = row.getBoundingClientRect()
      // The menu key knows no point: the menu hangs from the row.
      const at =
        event.button === 2 ? { x: event.clientX, y: event.clientY } : { x: box.left + 60, y: box.bottom }
      onMenu(true)
      setAsked({ callId: call.id, name: callerName(call), at, release: registry.holdCall() })
    }
    element?.addEventListener('contextmenu', handle)
    return () => element?.removeEventListener('contextmenu', handle)
  }, [board, store, registry, onMenu])
  if (!asked) return null
  const close = (then?: () => void) => {
    setAsked(null)
    onMenu(false)
    setTimeout(() => {
      focusRowOf(asked.callId)
      then?.()
      asked.release()
    })
  }
  return (
    <RowMenu
      key={asked.callId}
      at={asked.at}
      name={asked.name}
      onClose={() => close()}
      onAction={(id) => close(() => registry.run(id))}
    />
  )
}
