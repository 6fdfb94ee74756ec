// Whether the view of a scroller moves: what may be put off until it stands, is.
import type { Cancel } from '#src/lib/clock.ts'

export interface ViewMotion {
  /** True from the first step of scrolling until it has been still for `stillMs`. */
  isMoving(): boolean
  stop: Cancel
}

export interface MotionListener {
  /** The first step after the view has stood still. */
  onStart(): void
  /** Every step of scrolling, the first included. */
  onStep(): void
  /** Once, `stillMs` after the last step. */
  onStill(): void
}

/** Tells the listener how the view of the scroller moves. */
export function watchMotion(
  scroller: HTMLElement,
  { stillMs, onStart, onStep, onStill }: MotionListener & { stillMs: number },
): ViewMotion {
  let timer: ReturnType<typeof setTimeout> | null = null
  const stand = (): void => {
    timer = null
    onStill()
  }
  const step = (): void => {
    if (timer) clearTimeout(timer)
    else onStart()
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
