// One recording on the line: its facts handed to ingest at their time, in order, until it is over or is ended.
import type { Clock } from '#server/domain/clock.ts'
import type { Fact } from '#server/domain/fact.ts'

/** A fact of the recording and when it is due, in milliseconds after the call's start at speed 1. */
export interface Step {
  atMs: number
  /** `at` is ISO 8601. */
  fact(at: string): Fact
}

export interface ReplayCallOptions {
  clock: Clock
  callId: string
  steps: readonly Step[]
  /** Times as fast as life. */
  speed: number
  /** Resolves once the facts are committed, or given up for good; rejects when they should be tried again. */
  submit: (facts: readonly Fact[]) => Promise<void>
}

export interface ReplayCall {
  readonly callId: string
  /** Ends the call before its time, with these facts instead of what is left. False when it is being ended already. */
  end(facts: readonly Fact[]): boolean
  /** Resolves when the call is over. */
  readonly over: Promise<void>
}

const retryMs = { first: 500, most: 10_000 }

/** Starts playing. */
export function startReplayCall({ clock, callId, steps, speed, submit }: ReplayCallOptions): ReplayCall {
  const startedAt = clock.now()
  const dueAt = (step: Step) => startedAt + step.atMs / speed
  let early: readonly Fact[] | null = null
  let wake = () => {}

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = clock.setTimeout(resolve, ms)
      wake = () => {
        clock.clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Tries until committed: a fact of the recording is never lost to a database that is away for a while. */
  async function commit(facts: readonly Fact[]): Promise<void> {
    for (let wait = retryMs.first; ; wait = Math.min(retryMs.most, wait * 2)) {
      try {
        return await submit(facts)
      } catch {
        await sleep(wait)
      }
    }
  }

  async function play(): Promise<void> {
    let next = 0
    while (early === null && next < steps.length) {
      const now = clock.now()
      const due: Fact[] = []
      for (let step = steps[next]; step && dueAt(step) <= now; step = steps[next]) {
        due.push(step.fact(new Date(dueAt(step)).toISOString()))
        next++
      }
      if (due.length > 0) await commit(due)
      else if (steps[next]) await sleep(Math.max(1, Math.ceil(dueAt(steps[next] as Step) - now)))
    }
    if (early !== null) await commit(early)
  }

  const over = play()
  return {
    callId,
    over,
    end(facts) {
      if (early !== null) return false
      early = facts
      wake()
      return true
    },
  }
}
