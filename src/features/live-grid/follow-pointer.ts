// Whether the pointer is over the rows, so that nothing moves under it.
import { callIdOf } from '#src/features/live-grid/on-row.ts'
import type { Desk } from '#src/floor/desk.ts'

/** A pointer that rests so long on a row whose call has left holds the rows no longer, ms. */
const restOnGoneMs = 2000

/**
 * Follows the pointer by the browser's own events: rows come and go under it without React, whose entering is lost when what
 * was under the pointer has been taken away. Any move over the rows tells, not only the first. `now` is in ms. Returns the
 * end of it.
 */
export function followPointer(
  canvas: HTMLElement,
  desk: Pick<Desk, 'row' | 'subscribe'>,
  onPoint: (over: boolean) => void,
  now: () => number = () => performance.now(),
): () => void {
  let callId: string | null = null
  let goneSince: number | null = null
  const over = (event: Event) => {
    callId = callIdOf(event.target)
    goneSince = null
    onPoint(true)
  }
  const out = () => {
    callId = null
    onPoint(false)
  }
  canvas.addEventListener('pointerover', over)
  canvas.addEventListener('pointermove', over)
  canvas.addEventListener('pointerleave', out)
  // Without this a pointer that was left lying would keep a board of calls that are long over.
  const stopLooking = desk.subscribe(() => {
    if (callId === null || desk.row(callId)) {
      goneSince = null
      return
    }
    goneSince ??= now()
    if (now() - goneSince >= restOnGoneMs) out()
  })
  return () => {
    canvas.removeEventListener('pointerover', over)
    canvas.removeEventListener('pointermove', over)
    canvas.removeEventListener('pointerleave', out)
    stopLooking()
    // A pointer over rows that are taken away never tells that it left.
    onPoint(false)
  }
}
