// The machine's clock whose long waits a test may cut short, so that a silence of seconds is tested in none.
import { type Clock, systemClock } from '#server/domain/clock.ts'

export interface HandTimers {
  clock: Clock
  /** Runs what waits for exactly `ms` milliseconds, now. */
  fire(ms: number): void
  /** How many wait for exactly `ms` milliseconds. */
  waiting(ms: number): number
}

/** Timers run by themselves too, at their time; those that a test fired do not run again. */
export function handTimers(): HandTimers {
  const pending = new Map<unknown, { ms: number; fn: () => void }>()
  const clock: Clock = {
    ...systemClock,
    setTimeout(fn, ms) {
      const handle = systemClock.setTimeout(() => {
        pending.delete(handle)
        fn()
      }, ms)
      pending.set(handle, { ms, fn })
      return handle
    },
    clearTimeout(handle) {
      pending.delete(handle)
      systemClock.clearTimeout(handle)
    },
  }
  return {
    clock,
    fire(ms) {
      for (const [handle, timer] of [...pending])
        if (timer.ms === ms) {
          clock.clearTimeout(handle)
          timer.fn()
        }
    },
    waiting: (ms) => [...pending.values()].filter((timer) => timer.ms === ms).length,
  }
}
