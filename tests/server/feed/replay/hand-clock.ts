// A clock that stands still until a test moves it on, and a step that lets everything due happen in order.
import type { Clock } from '#server/domain/clock.ts'

interface Timer {
  at: number
  every: number | null
  fn: () => void
}

/** Lets promises and file reads that are under way come to their end. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve))
}

export function handClock(start = Date.UTC(2026, 10, 20, 14)) {
  let now = start
  const timers = new Set<Timer>()
  const add = (fn: () => void, ms: number, every: number | null) => {
    const timer = { at: now + ms, every, fn }
    timers.add(timer)
    return timer
  }
  const clock: Clock = {
    now: () => now,
    setTimeout: (fn, ms) => add(fn, ms, null),
    clearTimeout: (handle) => void timers.delete(handle as Timer),
    setInterval: (fn, ms) => add(fn, ms, ms),
    clearInterval: (handle) => void timers.delete(handle as Timer),
  }
  /** Fires what is due up to `until`, one timer at a time, each at its own instant. */
  async function runTo(until: number): Promise<void> {
    await settle()
    for (;;) {
      const due = [...timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      now = Math.max(now, due.at)
      if (due.every === null) timers.delete(due)
      else due.at += due.every
      due.fn()
      await settle()
    }
    now = until
  }
  return {
    clock,
    pending: () => timers.size,
    advance: (ms: number) => runTo(now + ms),
    /** Moves on in steps of a second until the condition holds; fails after an hour of the clock. */
    async until(condition: () => boolean, what: string): Promise<void> {
      for (let second = 0; second < 3600; second++) {
        if (condition()) return
        await runTo(now + 1000)
      }
      throw new Error(`an hour passed without: ${what}`)
    },
  }
}
