// Time, painting and the page's fate in the hand of a test.
import type { Cancel, Clock, FrameScheduler } from '#src/lib/clock.ts'
import type { PageEvents } from '#src/lib/page-events.ts'

export interface FakeClock extends Clock {
  /** Moves on by `ms`; timers run in order, each at its own instant. */
  tick(ms: number): void
  /** As `tick`, and lets promises settle after every timer. */
  advance(ms: number): Promise<void>
  /** The machine sleeps: time passes, nothing runs; what is due runs once, late, at the next tick. */
  sleep(ms: number): void
  /** Paints: runs what waits for a frame, unless the page is hidden. */
  paint(): void
  scheduler: FrameScheduler
  page: PageEvents
  setHidden(hidden: boolean): void
  goOnline(): void
  /** Timers that wait. */
  pending(): number
}

interface Timer {
  at: number
  everyMs: number | null
  run: () => void
}

/** A clock that stands still at `start` (epoch ms) until told otherwise. */
export function createFakeClock(start = Date.parse('2026-11-20T14:00:00.000Z')): FakeClock {
  let now = start
  let hidden = false
  const timers = new Set<Timer>()
  const frames = new Set<() => void>()
  const online = new Set<() => void>()
  const visibility = new Set<() => void>()

  const add = <T>(set: Set<T>, item: T): Cancel => {
    set.add(item)
    return () => set.delete(item)
  }

  function nextDue(until: number): Timer | null {
    let first: Timer | null = null
    for (const timer of timers) if (timer.at <= until && (!first || timer.at < first.at)) first = timer
    return first
  }

  function runOne(timer: Timer): void {
    now = Math.max(now, timer.at)
    if (timer.everyMs === null) timers.delete(timer)
    else timer.at = now + timer.everyMs
    timer.run()
  }

  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }

  return {
    now: () => now,
    after: (ms, run) => add(timers, { at: now + ms, everyMs: null, run }),
    every: (ms, run) => add(timers, { at: now + ms, everyMs: ms, run }),
    tick(ms) {
      const until = now + ms
      for (let timer = nextDue(until); timer; timer = nextDue(until)) runOne(timer)
      now = until
    },
    async advance(ms) {
      const until = now + ms
      await settle()
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        runOne(timer)
        await settle()
      }
      now = until
    },
    sleep(ms) {
      now += ms
    },
    paint() {
      if (hidden) return
      const due = [...frames]
      frames.clear()
      for (const run of due) run()
    },
    scheduler: {
      requestFrame: (run) => add(frames, run),
      isHidden: () => hidden,
      onVisibility: (listener) => add(visibility, listener),
    },
    page: {
      onOnline: (listener) => add(online, listener),
      onVisible: (listener) =>
        add(visibility, () => {
          if (!hidden) listener()
        }),
    },
    setHidden(value) {
      hidden = value
      for (const listener of [...visibility]) listener()
    },
    goOnline() {
      for (const listener of [...online]) listener()
    },
    pending: () => timers.size,
  }
}
