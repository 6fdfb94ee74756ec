// The desk over a floor that is at hand: orders and counts on slow beats, and slices the window on demand.
import type { Call } from '#contract/call.ts'
import type { Cancel, Clock } from '#src/lib/clock.ts'
import { createArrangement } from '#src/floor/arrangement.ts'
import { type CallBrief, briefOf } from '#src/floor/call-brief.ts'
import {
  type Board,
  type Desk,
  type DeskState,
  type DeskWindow,
  emptyDesk,
  firstWish,
} from '#src/floor/desk.ts'
import { findCalls } from '#src/floor/find-calls.ts'
import { type FloorDigest, digestFloor, keepEqual } from '#src/floor/floor-digest.ts'
import { createWhenStill } from '#src/floor/when-still.ts'

/** The floor as the desk reads it. */
export interface FloorSource {
  /** `loaded`: the first snapshot of the floor is in. */
  getState(): { calls: ReadonlyMap<string, Call>; loaded: boolean }
  callIds(): readonly string[]
  /** Called once a second, and when a call comes or leaves. */
  watchFloor(listener: () => void): Cancel
  watchTime(everyMs: number, listener: () => void): Cancel
  /** Epoch ms of the server. */
  serverNow(): number
}

export interface FloorDesk extends Desk {
  /** Begins to follow the floor. Returns the stop. */
  start(): Cancel
  /**
   * Goes back to an order of a moment ago, for it is the one on screen: what is held next is held in it. Without effect
   * while the order is held already, or when it is too long ago.
   */
  goBackTo(stand: number): void
}

/** Rows change places at most this often. */
const resortMs = 2000
/** New and gone calls are shown at most this often. */
const arrivalMs = 250
/** A large floor is looked through less often: this many times as long as a look takes is left between two. */
const restFactor = 100
/** Rows delivered before and after those on screen. */
const margin = 100
/** Rows stay this long where they are after the reader has let them go. */
const lingerMs = 3000
/** Calls, and agents, that a search answers with. */
const foundMost = 12
/** Counting the floor that took longer than this, ms, is a step of its own from then on: what comes meanwhile waits for less. */
const briefMs = 3
/** How long a new call counts as fresh. */
const freshMs = 1000

/**
 * A desk over `source`; `start()` it once. What is due by the clock, and not because somebody asked, waits for a reader who
 * scrolls and is then handed to `whenQuiet`, which runs it soon: where news is passed on, that is after the news.
 */
export function createFloorDesk(
  source: FloorSource,
  clock: Clock,
  whenQuiet: (run: () => void) => void = (run) => run(),
): FloorDesk {
  const listeners = new Set<() => void>()
  const arrangement = createArrangement()
  const { sightMoved, whenStill, stop: stopWaiting } = createWhenStill(clock)
  let state: DeskState = emptyDesk
  let wish = firstWish
  let applied = 0
  let frozen: { calls: ReadonlyMap<string, Call>; at: number } | null = null
  let seenIds: readonly string[] = []
  let wasLoaded = false
  let lastLook = Number.NEGATIVE_INFINITY
  let restMs = arrivalMs
  let lastCount = Number.NEGATIVE_INFINITY
  let countMs = 0
  let isCountDue = false
  let cancelLook: Cancel | null = null
  let isDue = false
  let heldUntil = Number.NEGATIVE_INFINITY
  let cancelLinger: Cancel | null = null

  const shownCalls = () => frozen?.calls ?? source.getState().calls

  function commit(next: DeskState): void {
    const kept = keepIdentity(next, state)
    if (kept === state) return
    state = kept
    for (const listener of [...listeners]) listener()
  }

  /** Orders the rows anew and counts the floor; a large one is counted a step later where nobody asked. */
  function look(isAsked = true): void {
    cancelLook?.()
    cancelLook = null
    const begun = clock.now()
    lastLook = begun
    seenIds = source.callIds()
    const board = keepEqual(arrange(), state.board)
    wasLoaded = source.getState().loaded
    const isSame = board.bays === state.board.bays && !arrangement.hasMoved()
    const stand = isSame ? state.stand : state.stand + 1
    arrangement.remember(stand)
    const isCounted = isAsked || countMs <= briefMs
    commit({ ...state, board, window: slice(), digest: isCounted ? digest() : state.digest, stand })
    restMs = Math.max(arrivalMs, (clock.now() - begun) * restFactor)
    if (!isCounted) countWhenQuiet()
  }

  function countWhenQuiet(): void {
    if (isCountDue || clock.now() - lastCount < arrivalMs) return
    isCountDue = true
    const count = (): void => {
      isCountDue = false
      commit({ ...state, digest: digest() })
    }
    whenStill(() => whenQuiet(count))
  }

  function arrange(): Board {
    const { view, watchlist, held, paused, to } = wish
    return arrangement.arrange({
      calls: shownCalls(),
      view,
      watchlist,
      now: frozen?.at ?? source.serverNow(),
      arrivedAt: wasLoaded ? clock.now() : Number.NEGATIVE_INFINITY,
      beat: Math.floor(source.serverNow() / resortMs),
      applied,
      isHeld: held || paused || lingers(),
      to: Math.max(0, to) + margin,
    })
  }

  /** True for a moment after the reader has let go; a clock that was set back does not prolong it. */
  function lingers(): boolean {
    const left = heldUntil - clock.now()
    return left > 0 && left <= lingerMs
  }

  /** The order stays for a moment: a pointer that only passes by, or comes back, finds the rows where they were. */
  function letGo(): void {
    heldUntil = clock.now() + lingerMs
    cancelLinger?.()
    cancelLinger = clock.after(lingerMs, lookWhenQuiet)
  }

  function slice(): DeskWindow {
    const standing = arrangement.standing()
    const from = Math.max(0, Math.min(wish.from, standing.length) - margin)
    const inWindow = standing.slice(from, Math.max(0, wish.to) + margin)
    const places: Record<string, number> = {}
    for (const id of wish.watch) {
      const place = arrangement.placeOf(id)
      if (place !== null) places[id] = place
    }
    const now = clock.now()
    const fresh = inWindow.filter(({ arrivedAt }) => now - arrivedAt < freshMs).map(({ id }) => id)
    return { from, ids: inWindow.map(({ id }) => id), firstId: standing[0]?.id ?? null, places, fresh }
  }

  function digest(): FloorDigest {
    lastCount = clock.now()
    const calls = [...source.getState().calls.values()]
    const counted = digestFloor(calls, wish.view.filter, source.serverNow(), state.digest)
    countMs = clock.now() - lastCount
    return counted
  }

  function briefs(ids: readonly string[]): CallBrief[] {
    const calls = shownCalls()
    const now = frozen?.at ?? source.serverNow()
    return ids.flatMap((id) => {
      const call = calls.get(id)
      return call ? briefOf(call, wish.view.filter, now) : []
    })
  }

  function onFloor(): void {
    if (source.callIds() === seenIds) {
      countWhenQuiet()
      return
    }
    if (cancelLook) return
    // A floor that has just come is shown whole, and nothing of it is news.
    if (!wasLoaded) {
      look()
      return
    }
    const wait = lastLook + restMs - clock.now()
    if (wait <= 0) lookWhenQuiet()
    else cancelLook = clock.after(wait, lookWhenQuiet)
  }

  function lookWhenQuiet(): void {
    if (isDue) return
    isDue = true
    const lookAgain = (): void => {
      isDue = false
      look(false)
    }
    whenStill(() => whenQuiet(lookAgain))
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    row: (callId) => shownCalls().get(callId),
    ask(part) {
      const before = wish
      wish = { ...wish, ...part }
      if (wish.paused !== before.paused)
        frozen = wish.paused ? { calls: new Map(source.getState().calls), at: source.serverNow() } : null
      if (before.held && !wish.held) letGo()
      const isNew =
        wish.view !== before.view ||
        wish.held !== before.held ||
        wish.paused !== before.paused ||
        wish.watchlist !== before.watchlist
      if (isNew) {
        commit({ ...state, frozenAt: frozen?.at ?? null })
        look()
        return
      }
      if (wish.from !== before.from) sightMoved()
      commit({ ...state, window: slice() })
    },
    applyOrder() {
      applied += 1
      look()
    },
    goBackTo(stand) {
      if (!wish.held) arrangement.goBackTo(stand)
    },
    list: (ids = arrangement.standing().map(({ id }) => id)) => Promise.resolve(briefs(ids)),
    find: (typed) => Promise.resolve(findCalls(source.getState().calls.values(), typed, foundMost)),
    start() {
      const stops = [source.watchFloor(onFloor), source.watchTime(resortMs, lookWhenQuiet)]
      look()
      return () => {
        for (const stop of stops) stop()
        cancelLook?.()
        cancelLook = null
        cancelLinger?.()
        stopWaiting()
      }
    },
  }
}

/** The next state with every equal part as it was before. */
function keepIdentity(next: DeskState, before: DeskState): DeskState {
  const kept = {
    ...next,
    board: keepEqual(next.board, before.board),
    window: keepEqual(next.window, before.window),
  }
  return keepEqual(kept, before)
}
