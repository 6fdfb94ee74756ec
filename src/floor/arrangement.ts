// The rows as they stand on the board, from one look to the next.
import type { Call } from '#contract/call.ts'
import { type Bay, type Order, bayOrder, groupByBay, nextOrder } from '#src/floor/board-order.ts'
import type { BayPlace, Board } from '#src/floor/desk.ts'
import { type FloorRow, createFloorRows } from '#src/floor/floor-rows.ts'
import { isByBay, sortRows } from '#src/floor/sort-calls.ts'
import type { GridView } from '#src/floor/view.ts'

interface Look {
  calls: ReadonlyMap<string, Call>
  view: GridView
  /** Calls somebody keeps an eye on. */
  watchlist: readonly string[]
  /** Epoch ms of the server. */
  now: number
  /** When calls that were not there at the look before are said to have come, ms of this machine. */
  arrivedAt: number
  /** Rows change places only when it is another. */
  beat: number
  /** How often somebody asked for the waiting rows to move. */
  applied: number
  /** Somebody reads: rows keep their places. */
  isHeld: boolean
  /** Index behind the last row that is delivered. */
  to: number
}

export interface Arrangement {
  /** Orders the rows anew. */
  arrange(look: Look): Board
  /** The rows as they stand. */
  standing(): readonly FloorRow[]
  /** The last `arrange` has brought other rows, or moved some. */
  hasMoved(): boolean
  /** Keeps the order as it is now under a number, beside some that were kept before. */
  remember(stand: number): void
  /** Takes up an order that was kept; without effect when it is too long ago. */
  goBackTo(stand: number): void
  /** Index of the call's row; null where it has none. */
  placeOf(callId: string): number | null
}

/** An order of a moment ago. */
interface PastOrder {
  stand: number
  order: Order<FloorRow>
  /** Where each row stood, as an index of `bayOrder`. */
  bays: Uint8Array
}

/** Orders that a screen may still show while the next ones are on their way to it. */
const pastOrders = 5

/** An empty board. */
export function createArrangement(): Arrangement {
  const rows = createFloorRows()
  let order: Order<FloorRow> | null = null
  /** The rows as they would stand if nobody read. */
  let asked: readonly FloorRow[] = []
  let standing: readonly FloorRow[] = []
  let hasMoved = false
  let past: readonly PastOrder[] = []

  function arrange({ calls, view, watchlist, now, arrivedAt, beat, applied, isHeld, to }: Look): Board {
    const mine = new Set(watchlist)
    rows.take(calls, { view, mine, now, arrivedAt })
    // The former order first: what is nearly in order is sorted in one pass.
    const next = rows.shownAfter(asked)
    sortRows(next, view.sort)
    asked = next
    const shown = nextOrder(order, { view, asked, beat, applied, held: isHeld })
    const byBay = isByBay(view.sort)
    const hasBays = byBay || (mine.size > 0 && asked.some(({ id }) => mine.has(id)))
    const grouped = hasBays ? groupByBay(shown.order.rows) : shown.order.rows
    const gone = goneBehind(grouped, to)
    order = gone.size === 0 ? shown.order : without(shown.order, gone)
    const before = standing
    standing = gone.size === 0 ? grouped : grouped.filter((row) => !gone.has(row))
    hasMoved = standing.length !== before.length || standing.some((row, index) => row !== before[index])
    let [fitting, ended, place] = [0, 0, 0]
    for (const row of asked) {
      if (!row.isLive) ended += 1
      else if (row.fits) fitting += 1
    }
    for (const row of standing) row.place = place++
    return {
      count: standing.length,
      bays: hasBays && calls.size > 0 ? bayPlaces(byBay) : [],
      byBay,
      waiting: Math.max(0, shown.waiting - gone.size),
      urgent: shown.urgent,
      fitting,
      ended,
      hidden: calls.size - asked.length,
      total: calls.size,
    }
  }

  /** Rows of calls that left while the order was held, where it moves nobody who is delivered that they go. */
  function goneBehind(grouped: readonly FloorRow[], to: number): ReadonlySet<FloorRow> {
    const gone = new Set<FloorRow>()
    for (let index = to; index < grouped.length; index += 1) {
      const row = grouped[index]
      if (row && !row.isThere) gone.add(row)
    }
    return gone
  }

  function bayPlaces(byBay: boolean): BayPlace[] {
    const counts: Record<Bay, number> = { mine: 0, act: 0, watch: 0, calm: 0, rest: 0, new: 0 }
    for (const row of standing) counts[row.stands ?? 'calm'] += 1
    let first = 0
    return bayOrder.flatMap((bay) => {
      const count = counts[bay]
      const top = standing[first]
      const at = first
      first += count
      if (count === 0 && !(bay === 'act' && byBay)) return []
      return [
        { bay, first: at, count, oldest: bay === 'act' && count > 0 && top?.isThere ? top.started : null },
      ]
    })
  }

  return {
    arrange,
    standing: () => standing,
    hasMoved: () => hasMoved,
    remember(stand) {
      if (!order || past.at(-1)?.stand === stand) return
      const bays = Uint8Array.from(order.rows, (row) => bayOrder.indexOf(row.stands ?? 'calm'))
      past = [...past.slice(1 - pastOrders), { stand, order, bays }]
    },
    goBackTo(stand) {
      const found = past.find((one) => one.stand === stand)
      if (!found) return
      for (const row of order?.rows ?? []) row.stands = null
      const back = found.order.rows.map((row) => rows.adopt(row))
      for (const [index, row] of back.entries()) row.stands = bayOrder[found.bays[index] ?? 0] ?? null
      order = { ...found.order, rows: back }
    },
    placeOf(callId) {
      const row = rows.get(callId)
      return row && standing[row.place] === row ? row.place : null
    },
  }
}

/** The order without rows that stand nowhere from now on. */
function without(order: Order<FloorRow>, gone: ReadonlySet<FloorRow>): Order<FloorRow> {
  for (const row of gone) row.stands = null
  return { ...order, rows: order.rows.filter((row) => !gone.has(row)) }
}
