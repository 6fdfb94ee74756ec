// What a board sees of the floor, wherever the floor is kept: a few figures, the rows in sight, and a place to ask.
import type { Call } from '#contract/call.ts'
import type { Cancel } from '#src/lib/clock.ts'
import type { CallBrief } from '#src/floor/call-brief.ts'
import type { FoundOnFloor } from '#src/floor/find-calls.ts'
import type { Bay } from '#src/floor/board-order.ts'
import { type FloorDigest, digestFloor } from '#src/floor/floor-digest.ts'
import { type GridView, emptyFilter } from '#src/floor/view.ts'

/** What the board asks for. */
export interface DeskWish {
  view: GridView
  /** Somebody reads: rows keep their places. */
  held: boolean
  /** Rows keep their values too. */
  paused: boolean
  /** Rows on screen: the first, and the one after the last. Some more around them are delivered. */
  from: number
  to: number
  /** Calls whose row and place are wanted wherever they stand. */
  watch: readonly string[]
  /** Calls somebody keeps an eye on: they stand first, whatever the filter and the order say. */
  watchlist: readonly string[]
}

/** A group of rows that stand together. */
export interface BayPlace {
  bay: Bay
  /** Index of its first row. */
  first: number
  count: number
  /** Start of the call that stands first in Act now, epoch ms. */
  oldest: number | null
}

export interface Board {
  /** Rows in all. */
  count: number
  /** In their order, without the empty ones except Act now; empty when not sorted by attention. */
  bays: readonly BayPlace[]
  byBay: boolean
  /** Rows that would stand elsewhere if the order were not held. */
  waiting: number
  /** Of those, calls that need a person now and do not stand under Act now yet. */
  urgent: number
  /** Live calls that the filter lets through. */
  fitting: number
  /** Rows of calls that have just ended. */
  ended: number
  /** Calls the filter hides. */
  hidden: number
  total: number
}

/** The rows around those on screen. */
export interface DeskWindow {
  /** Index of the first of `ids`. */
  from: number
  ids: readonly string[]
  /** The row at the top of the board. */
  firstId: string | null
  /** Index of each watched call that has a row. */
  places: Readonly<Record<string, number>>
  /** Calls of the window that came a moment ago. */
  fresh: readonly string[]
}

export interface DeskState {
  board: Board
  window: DeskWindow
  digest: FloorDigest
  /** Counts the orders of the rows: another one, another number. */
  stand: number
  /** Since when the rows stand still, epoch ms of the server; null while they do not. */
  frozenAt: number | null
}

/** Every part of the state keeps its identity until it changes. */
export interface Desk {
  getState(): DeskState
  /** Called when the state changed. Returns the end of it. */
  subscribe(listener: () => void): Cancel
  /** The call as its row shows it; undefined when it is not in the window or has left. */
  row(callId: string): Call | undefined
  ask(wish: Partial<DeskWish>): void
  /** Lets rows that wait move now. */
  applyOrder(): void
  /** All rows in their order, or these calls as far as they are still on the floor. */
  list(ids?: readonly string[]): Promise<readonly CallBrief[]>
  /** The calls and agents that fit a few typed letters best, whatever the filter is. */
  find(typed: string): Promise<FoundOnFloor>
}

export const emptyView: GridView = { filter: emptyFilter, sort: [], columns: null, pinned: [] }

/** A wish for the first screenful of everything. */
export const firstWish: DeskWish = {
  view: emptyView,
  held: false,
  paused: false,
  from: 0,
  to: 60,
  watch: [],
  watchlist: [],
}

/** A desk before anything is known. */
export const emptyDesk: DeskState = {
  board: {
    count: 0,
    bays: [],
    byBay: true,
    waiting: 0,
    urgent: 0,
    fitting: 0,
    ended: 0,
    hidden: 0,
    total: 0,
  },
  window: { from: 0, ids: [], firstId: null, places: {}, fresh: [] },
  digest: digestFloor([], emptyFilter, 0, null),
  stand: 0,
  frozenAt: null,
}
