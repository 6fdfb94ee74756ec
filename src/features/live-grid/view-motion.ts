// Whether the view of a scroller moves: what may be put off until it stands, is.
import type { Cancel } from '#src/lib/clock.ts'

export interface ViewMotion {
  /** True from the first step of scrolling until it has been still for `stillMs`. */
  isMoving(): boolean
  stop: Cancel
}

/** So many steps without standing still are more than a step here and there. */
const lastingSteps = 3

export interface MotionListener {
  /** The view moves on, beyond a single step of a key. */
  onLasting(): void
  /** Every step of scrolling, the first included. */
  onStep(): void
  /** Once, `stillMs` after the last step. */
  onStill(): void
}

/** Tells the listener how the view of the scroller moves. */
export function watchMotion(
  scroller: HTMLElement,
  { stillMs, onLasting, onStep, onStill }: MotionListener & { stillMs: number },
): ViewMotion {
  let timer: ReturnType<typeof setTimeout> | null = null
  let steps = 0
  const stand = (): void => {
    timer = null
    steps = 0
    onStill()
  }
  const step = (): void => {
    if (timer) clearTimeout(timer)
    timer = setTimeout(stand, stillMs)
    steps += 1
    if (steps === lastingSteps) onLasting()
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
