// Keeps one page of figures fresh: asks at most every half minute, never for a hidden tab, and waits when it is told to.
import type { ApiProblem } from '#contract/errors.ts'
import type { Clock, FrameScheduler } from '#src/lib/clock.ts'
import type { Result } from '#src/lib/result.ts'

/** Numbers of a range that goes on are asked for again after this, ms. */
const freshMs = 30_000
/** Those of a range that is over, ms. */
const keptMs = 60_000
/** Changes that come together are asked for together, ms. */
const gatherMs = 250
/** What takes longer is said, ms. */
const slowMs = 1000
/** After a failure, ms. */
const againMs = 10_000
const mostKept = 40

export interface FeedState<S> {
  /** The newest there is; of what was asked before while `isOther`. */
  sheet: S | null
  /** Question that `sheet` answers. */
  key: string | null
  /** Machine time at which it came, epoch ms. */
  at: number
  problem: ApiProblem | null
  /** Machine time at which it is asked again after a refusal; null without. */
  againAt: number | null
  /** An answer is on its way for longer than a second. */
  isSlow: boolean
}

export interface Question<S> {
  /** Equal keys are equal questions. */
  key: string
  isLive: boolean
  ask: (signal: AbortSignal) => Promise<Result<S, ApiProblem>>
}

export interface SheetFeed<S> {
  /** What is wanted now; null wants nothing. */
  show(question: Question<S> | null): void
  /** Asks now, whatever the age; a wait that the server asked for is kept. */
  refresh(): void
  subscribe(listener: () => void): () => void
  getState(): FeedState<S>
  stop(): void
}

export interface FeedOptions {
  clock: Clock
  page: Pick<FrameScheduler, 'isHidden' | 'onVisibility'>
}

/** One feed a page; what was answered is kept as long as the feed, so that going back shows it at once. */
export function createSheetFeed<S>({ clock, page }: FeedOptions): SheetFeed<S> {
  const kept = new Map<string, { sheet: S; at: number }>()
  const listeners = new Set<() => void>()
  let state: FeedState<S> = { sheet: null, key: null, at: 0, problem: null, againAt: null, isSlow: false }
  let question: Question<S> | null = null
  let running: AbortController | null = null
  let cancelTimer = () => {}
  let cancelSlow = () => {}

  function become(change: Partial<FeedState<S>>): void {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  function plan(ms: number): void {
    cancelTimer()
    cancelTimer = clock.after(Math.max(0, ms), () => {
      // Who comes back to the tab is answered then.
      if (!page.isHidden()) void load()
    })
  }

  /** When the next look is due by age, ms from now; null when never. */
  function dueIn(): number | null {
    if (!question) return null
    const known = kept.get(question.key)
    if (!known) return 0
    const age = clock.now() - known.at
    return question.isLive ? freshMs - age : age >= keptMs ? 0 : null
  }

  async function load(): Promise<void> {
    if (!question) return
    cancelTimer()
    running?.abort()
    const own = new AbortController()
    running = own
    const { key, ask } = question
    cancelSlow()
    cancelSlow = clock.after(slowMs, () => become({ isSlow: true }))
    const answer = await ask(own.signal)
    if (own.signal.aborted) return
    running = null
    cancelSlow()
    const now = clock.now()
    if (answer.ok) {
      kept.delete(key)
      kept.set(key, { sheet: answer.value, at: now })
      for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(old)
      become({ sheet: answer.value, key, at: now, problem: null, againAt: null, isSlow: false })
      const due = dueIn()
      if (due !== null) plan(due)
      return
    }
    const { problem } = answer
    // What is wrong with the question is not mended by asking it again.
    const isFinal = problem.status >= 400 && problem.status < 500 && problem.status !== 429
    const wait = problem.retryAfter === undefined ? againMs : problem.retryAfter * 1000
    become({ problem, againAt: isFinal ? null : now + wait, isSlow: false })
    if (!isFinal) plan(wait)
  }

  const stopWatching = page.onVisibility(() => {
    if (page.isHidden() || running) return
    const due = dueIn()
    if (state.againAt !== null) plan(state.againAt - clock.now())
    else if (due !== null) plan(due)
  })

  return {
    show(next) {
      if (next?.key === question?.key) {
        question = next
        return
      }
      const isFirst = question === null
      question = next
      running?.abort()
      running = null
      cancelTimer()
      cancelSlow()
      const known = next && kept.get(next.key)
      const waits = state.problem?.status === 429 ? state.againAt : null
      become({
        isSlow: false,
        problem: waits === null ? null : state.problem,
        againAt: waits,
        ...(next && known ? { sheet: known.sheet, key: next.key, at: known.at } : {}),
      })
      const due = dueIn()
      if (due === null) return
      plan(Math.max(due, isFirst ? 0 : gatherMs, waits === null ? 0 : waits - clock.now()))
    },
    refresh() {
      if (state.problem?.status === 429 && state.againAt !== null && state.againAt > clock.now()) return
      void load()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getState: () => state,
    stop() {
      question = null
      running?.abort()
      running = null
      cancelTimer()
      cancelSlow()
      stopWatching()
    },
  }
}
