// What the order keeps of every call from one look to the next: only calls that changed are judged anew.
import { attentionRanks, levelOf } from '#contract/attention-order.ts'
import type { AttentionLevel, Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import { scoreBucket } from '#src/floor/attention-order.ts'
import type { OrderedRow } from '#src/floor/board-order.ts'
import { matchesFilter } from '#src/floor/filter-calls.ts'
import { type SortedRow, type Value, firstValue, isByBay } from '#src/floor/sort-calls.ts'
import type { GridView } from '#src/floor/view.ts'

export interface FloorRow extends OrderedRow, SortedRow {
  readonly id: string
  /** The call is on the floor; a row whose call left may go on standing while somebody reads. */
  isThere: boolean
  isLive: boolean
  level: AttentionLevel
  /** The filter lets it through. */
  fits: boolean
  /** It fits, or somebody keeps an eye on it. */
  isShown: boolean
  /** When the call came, ms of this machine; those that were there from the beginning came never. */
  arrivedAt: number
  /** Index of its row on the board, while it stands there. */
  place: number
  /** The look that saw it last. */
  look: number
}

interface Judgement {
  view: GridView
  /** Calls somebody keeps an eye on. */
  mine: ReadonlySet<string>
  /** Epoch ms of the server. */
  now: number
  /** When calls that were not there at the look before are said to have come. */
  arrivedAt: number
}

export interface FloorRows {
  /** Looks at the floor; afterwards each of its calls has a row. */
  take(calls: ReadonlyMap<string, Call>, judgement: Judgement): void
  get(callId: string): FloorRow | undefined
  /** The row its call has now; a row that was let go is kept again, for it is to stand once more. */
  adopt(row: FloorRow): FloorRow
  /** The shown rows: those of `former`, the order that was asked for last, then those it did not have. */
  shownAfter(former: readonly FloorRow[]): FloorRow[]
}

/** No rows yet. */
export function createFloorRows(): FloorRows {
  const rows = new Map<string, FloorRow>()
  let look = 0
  let view: GridView | null = null
  let value: ((call: Call) => Value) | null = null

  function judge(row: FloorRow, call: Call, now: number): void {
    if (call.started_at !== row.call.started_at) row.started = Date.parse(call.started_at)
    row.call = call
    row.isLive = isLive(call.status)
    row.level = levelOf(call)
    row.rank = attentionRanks[row.level]
    row.ten = scoreBucket(call.attention?.score ?? 0, row.ten < 0 ? undefined : row.ten)
    row.value = value?.(call)
    row.fits = view === null || matchesFilter(call, view.filter, now)
  }

  return {
    take(calls, { view: asked, mine, now, arrivedAt }) {
      look += 1
      // How long a call lasts changes by itself.
      const isAnew = asked !== view || asked.filter.long
      view = asked
      value = firstValue(asked.sort)
      const byBay = isByBay(asked.sort)
      for (const call of calls.values()) {
        let row = rows.get(call.id)
        if (!row) {
          row = newRow(call)
          rows.set(call.id, row)
          judge(row, call, now)
        } else if (isAnew || row.call !== call) judge(row, call, now)
        if (row.look !== look - 1) row.arrivedAt = arrivedAt
        row.look = look
        row.isThere = true
        const isMine = mine.size > 0 && mine.has(call.id)
        row.isShown = isMine || row.fits
        row.wants = isMine ? 'mine' : byBay ? row.level : 'rest'
      }
      if (rows.size === calls.size) return
      for (const [id, row] of rows) {
        if (row.look === look) continue
        row.isThere = false
        row.isShown = false
        if (row.stands === null) rows.delete(id)
      }
    },
    get: (callId) => rows.get(callId),
    adopt(row) {
      const now = rows.get(row.id)
      if (!now) rows.set(row.id, row)
      return now ?? row
    },
    shownAfter(former) {
      const shown: FloorRow[] = []
      for (const row of former) if (row.isShown) shown.push(row)
      if (shown.length === rows.size) return shown
      for (const row of rows.values()) if (row.isShown && row.asked < 0) shown.push(row)
      return shown
    },
  }
}

function newRow(call: Call): FloorRow {
  return {
    id: call.id,
    call,
    started: Date.parse(call.started_at),
    rank: 0,
    ten: -1,
    value: undefined,
    wants: 'calm',
    stands: null,
    asked: -1,
    isThere: true,
    isLive: true,
    level: 'calm',
    fits: true,
    isShown: true,
    arrivedAt: Number.NEGATIVE_INFINITY,
    place: -1,
    look: -1,
  }
}
