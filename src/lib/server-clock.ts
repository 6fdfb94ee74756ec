// The server's clock as seen from here: every timer on screen runs on it, for desks' clocks are wrong (P16).
import type { Clock } from '#src/lib/clock.ts'

export interface ServerClock {
  /** Server time, epoch ms. */
  now(): number
  /** Server clock minus this machine's, ms. */
  offsetMs(): number
  /** Takes note of a server's time stamp that has just arrived. */
  observe(serverAt: number): void
  /** Forgets what it knew: this machine's clock jumped. The last offset serves until the next stamp. */
  reset(): void
}

const windowMs = 60_000

/**
 * A stamp is late by its way here, so the largest difference seen is the best one. It is taken over the last one to
 * two minutes, so that a clock that is set right meanwhile is followed.
 */
export function createServerClock(clock: Clock): ServerClock {
  let offset = 0
  let best = Number.NEGATIVE_INFINITY
  let previousBest = Number.NEGATIVE_INFINITY
  let windowEndsAt = 0

  return {
    now: () => clock.now() + offset,
    offsetMs: () => offset,
    observe(serverAt) {
      if (!Number.isFinite(serverAt)) return
      const now = clock.now()
      if (now >= windowEndsAt) {
        previousBest = best
        best = Number.NEGATIVE_INFINITY
        windowEndsAt = now + windowMs
      }
      best = Math.max(best, serverAt - now)
      offset = Math.max(best, previousBest)
    },
    reset() {
      best = Number.NEGATIVE_INFINITY
      previousBest = Number.NEGATIVE_INFINITY
      windowEndsAt = 0
    },
  }
}
