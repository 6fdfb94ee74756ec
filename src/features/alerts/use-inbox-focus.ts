// The focus goes into the inbox, stays in it when what had it is gone, and returns to where it came from.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'

/** For the panel as long as it is shown. What it gives is called when somebody leaves for a call: then nothing is given back. */
export function useInboxFocus(panel: RefObject<HTMLElement | null>): () => void {
  const last = useRef<EventTarget | null>(null)
  const isLeft = useRef(false)
  useEffect(() => {
    const before = document.activeElement
    const row = before?.getAttribute('data-call-id') ?? null
    const element = panel.current
    const note = (event: FocusEvent) => {
      last.current = event.target
    }
    element?.addEventListener('focusin', note)
    element?.focus()
    return () => {
      element?.removeEventListener('focusin', note)
      // Who went elsewhere meanwhile stays there.
      if (isLeft.current || document.activeElement !== document.body) return
      // A row of the board may be another element by now, and its element the row of another call.
      const back = row === null ? before : document.querySelector(`[data-call-id="${CSS.escape(row)}"]`)
      if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true })
    }
  }, [panel])
  useLayoutEffect(() => {
    if (!(last.current instanceof HTMLElement) || last.current.isConnected) return
    last.current = null
    if (document.activeElement === document.body) panel.current?.focus({ preventScroll: true })
  })
  return useCallback(() => {
    isLeft.current = true
  }, [])
}
