// Whether the view of a scroller moves: what may be put off until it stands, is.
import type { Cancel } from '#src/lib/clock.ts'

export interface ViewMotion {
  /** True from the first step of scrolling until it has been still for `stillMs`. */
  isMoving(): boolean
  stop: Cancel
}

/** Calls `onStep` at every step of scrolling, and `onStill` once, `stillMs` after the last. */
export function watchMotion(
  scroller: HTMLElement,
  { stillMs, onStep, onStill }: { stillMs: number; onStep(): void; onStill(): void },
): ViewMotion {
  let timer: ReturnType<typeof setTimeout> | null = null
  const stand = (): void => {
    timer = null
    onStill()
  }
  const step = (): void => {
    if (timer) clearTimeout(timer)
    timer = setTimeout(stand, stillMs)
    onStep()
  }
  scroller.addEventListener('scroll', step, { passive: true })
  return {
    isMoving: () => timer !== null,
    stop() {
      if (timer) clearTimeout(timer)
      scroller.removeEventListener('scroll', step)
    },
  }
}
