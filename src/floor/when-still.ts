// What is due by the clock waits while the reader scrolls: frames of rows that come into sight have no room for other news.
import type { Cancel, Clock } from '#src/lib/clock.ts'

/** The reader scrolls until the rows on screen have been the same for so long, ms. */
const stillMs = 250
/** The longest wait, ms: who scrolls on and on sees figures and an order of a second ago. */
const longestMs = 1000

export interface WhenStill {
  /** The rows on screen have changed. */
  sightMoved(): void
  /** Runs it at once where nobody scrolls. */
  whenStill(run: () => void): void
  /** What still waits is never run. */
  stop(): void
}

/** Tells by what it hears of the rows on screen whether somebody scrolls. */
export function createWhenStill(clock: Clock): WhenStill {
  let movedAt = Number.NEGATIVE_INFINITY
  let waitsSince = 0
  let waiting: (() => void)[] = []
  let cancel: Cancel | null = null

  function runOrWait(): void {
    cancel = null
    const left = Math.min(movedAt + stillMs, waitsSince + longestMs) - clock.now()
    // More than the longest wait is left only where the clock was set back.
    if (left > 0 && left <= longestMs) {
      cancel = clock.after(left, runOrWait)
      return
    }
    const due = waiting
    waiting = []
    for (const run of due) run()
  }

  return {
    sightMoved() {
      movedAt = clock.now()
    },
    whenStill(run) {
      if (waiting.length === 0) waitsSince = clock.now()
      waiting.push(run)
      if (!cancel) runOrWait()
    },
    stop() {
      cancel?.()
      cancel = null
      waiting = []
    },
  }
}
