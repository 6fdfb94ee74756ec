// Which row of the board has the keyboard, and how it is given to another one.
import { useEffect } from 'react'

/** Id of the call whose row has the focus. */
export function focusedRow(): string | null {
  return document.activeElement?.closest<HTMLElement>('[data-call-id]')?.dataset.callId ?? null
}

/** Puts the focus on the row of the call; false when it is not in sight. */
export function focusRowOf(callId: string): boolean {
  const row = document.querySelector<HTMLElement>(`[data-call-id="${CSS.escape(callId)}"]`)
  row?.focus({ preventScroll: true })
  return row !== null
}

/** A call that is opened takes the keyboard along: the next key is not to act on the row somebody came from. */
export function useFocusFollowsCall(callId: string | null): void {
  useEffect(() => {
    const row = focusedRow()
    if (callId === null || row === null || row === callId || focusRowOf(callId)) return
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }, [callId])
}
