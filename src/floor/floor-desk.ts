// The desk over a floor that is at hand: orders and counts on slow beats, and slices the window on demand.
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { Cancel, Clock } from '#src/lib/clock.ts'
import { createBuckets, levelOf } from '#src/floor/attention-order.ts'
import { placeBays } from '#src/floor/bay-places.ts'
import { type Bay, type Order, groupByBay, nextOrder } from '#src/floor/board-order.ts'
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
import { matchesFilter } from '#src/floor/filter-calls.ts'
import { digestFloor, keepEqual } from '#src/floor/floor-digest.ts'
import { isByBay, sortCalls } from '#src/floor/sort-calls.ts'

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
const restFactor = 20
/** Rows delivered before and after those on screen. */
const margin = 100
/** Rows stay this long where they are after the reader has let them go. */
const lingerMs = 3000
/** Orders that a screen may still show while the next ones are on their way to it. */
const pastOrders = 8
/** Calls, and agents, that a search answers with. */
const foundMost = 12
/** How long a new call counts as fresh. */
const freshMs = 1000

/**
 * A desk over `source`; `start()` it once. What is due by the clock, and not because somebody asked, is handed to `whenQuiet`,
 * which runs it soon: where news is passed on, that is after the news.
 */
export function createFloorDesk(
  source: FloorSource,
  clock: Clock,
  whenQuiet: (run: () => void) => void = (run) => run(),
): FloorDesk {
  const listeners = new Set<() => void>()
  const buckets = createBuckets()
  let state: DeskState = emptyDesk
  let wish = firstWish
  let applied = 0
  let order: Order | null = null
  let ids: readonly string[] = []
  let past: readonly { stand: number; order: Order }[] = []
  let known: ReadonlySet<string> = new Set()
  let arrivedAt = new Map<string, number>()
  let frozen: { calls: ReadonlyMap<string, Call>; at: number } | null = null
  let seenIds: readonly string[] = []
  let wasLoaded = false
  let lastLook = Number.NEGATIVE_INFINITY
  let restMs = arrivalMs
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

  /** Orders the rows anew and counts the floor. */
  function look(): void {
    cancelLook?.()
    cancelLook = null
    const begun = clock.now()
    lastLook = begun
    seenIds = source.callIds()
    noteArrivals()
    wasLoaded = source.getState().loaded
    const idsBefore = ids
    const board = keepEqual(arrange(), state.board)
    const isSame = board.bays === state.board.bays && isEqualList(ids, idsBefore)
    const stand = isSame ? state.stand : state.stand + 1
    if (order) past = [...past.filter((one) => one.stand !== stand).slice(1 - pastOrders), { stand, order }]
    commit({ ...state, board, window: slice(), digest: digest(), stand })
    restMs = Math.max(arrivalMs, (clock.now() - begun) * restFactor)
  }

  function noteArrivals(): void {
    const now = clock.now()
    arrivedAt = new Map([...arrivedAt].filter(([, at]) => now - at < freshMs))
    if (wasLoaded) for (const id of seenIds) if (!known.has(id)) arrivedAt.set(id, now)
    known = new Set(seenIds)
  }

  function arrange(): Board {
    const { view, held, paused } = wish
    const now = frozen?.at ?? source.serverNow()
    const calls = shownCalls()
    const placed = buckets.place(calls.values())
    const mine = new Set(wish.watchlist)
    const isShown = (call: Call): boolean => mine.has(call.id) || matchesFilter(call, view.filter, now)
    const matching: Call[] = []
    // The former order first: what is nearly in order is sorted in one pass.
    for (const id of order?.ids ?? []) {
      const call = calls.get(id)
      if (call && isShown(call)) matching.push(call)
    }
    const former = order?.bays
    for (const call of calls.values()) if (!former?.has(call.id) && isShown(call)) matching.push(call)
    const asked = sortCalls(matching, view.sort, placed)
    const beat = Math.floor(source.serverNow() / resortMs)
    const byBay = isByBay(view.sort)
    const bayOf = (call: Call): Bay => (mine.has(call.id) ? 'mine' : byBay ? levelOf(call) : 'rest')
    const next = nextOrder(order, { view, asked, beat, applied, held: held || paused || lingers(), bayOf })
    const hasBays = byBay || (mine.size > 0 && asked.some(({ id }) => mine.has(id)))
    const standing = hasBays ? groupByBay(next.order) : next.order.ids
    const fitting = asked.filter(
      (call) => isLive(call.status) && (!mine.has(call.id) || matchesFilter(call, view.filter, now)),
    ).length
    const gone = goneBehind(standing, calls)
    order = gone.size === 0 ? next.order : without(next.order, gone)
    ids = gone.size === 0 ? standing : standing.filter((id) => !gone.has(id))
    return {
      count: ids.length,
      bays: hasBays && calls.size > 0 ? placeBays({ bays: order.bays, ids, calls, byBay }) : [],
      byBay,
      waiting: Math.max(0, next.waiting - gone.size),
      urgent: next.urgent,
      fitting,
      ended: asked.filter(({ status }) => !isLive(status)).length,
      hidden: calls.size - asked.length,
      total: calls.size,
    }
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

  /** Rows of calls that left while the order was held, where it moves nobody in sight that they go. */
  function goneBehind(standing: readonly string[], calls: ReadonlyMap<string, Call>): ReadonlySet<string> {
    return new Set(standing.slice(Math.max(0, wish.to) + margin).filter((id) => !calls.has(id)))
  }

  function slice(): DeskWindow {
    const from = Math.max(0, Math.min(wish.from, ids.length) - margin)
    const inWindow = ids.slice(from, Math.max(0, wish.to) + margin)
    const places: Record<string, number> = {}
    for (const id of wish.watch) {
      const place = ids.indexOf(id)
      if (place >= 0) places[id] = place
    }
    const now = clock.now()
    const fresh = inWindow.filter((id) => now - (arrivedAt.get(id) ?? Number.NEGATIVE_INFINITY) < freshMs)
    return { from, ids: inWindow, firstId: ids[0] ?? null, places, fresh }
  }

  const digest = () =>
    digestFloor([...source.getState().calls.values()], wish.view.filter, source.serverNow(), state.digest)

  function briefs(asked: readonly string[]): CallBrief[] {
    const calls = shownCalls()
    const now = frozen?.at ?? source.serverNow()
    return asked.flatMap((id) => {
      const call = calls.get(id)
      return call ? briefOf(call, wish.view.filter, now) : []
    })
  }

  function onFloor(): void {
    if (source.callIds() === seenIds) {
      if (clock.now() - lastLook >= arrivalMs) whenQuiet(() => commit({ ...state, digest: digest() }))
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
    whenQuiet(() => {
      isDue = false
      look()
    })
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
      } else commit({ ...state, window: slice() })
    },
    applyOrder() {
      applied += 1
      look()
    },
    goBackTo(stand) {
      if (!wish.held) order = past.find((one) => one.stand === stand)?.order ?? order
    },
    list: (asked = ids) => Promise.resolve(briefs(asked)),
    find: (typed) => Promise.resolve(findCalls(source.getState().calls.values(), typed, foundMost)),
    start() {
      const stops = [source.watchFloor(onFloor), source.watchTime(resortMs, lookWhenQuiet)]
      look()
      return () => {
        for (const stop of stops) stop()
        cancelLook?.()
        cancelLook = null
        cancelLinger?.()
      }
    },
  }
}

const isEqualList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index])

function without(order: Order, gone: ReadonlySet<string>): Order {
  const bays = new Map([...order.bays].filter(([id]) => !gone.has(id)))
  return { ...order, ids: order.ids.filter((id) => !gone.has(id)), bays }
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
