// The rows of the board and their order: filtered and sorted on a slow beat, held still while somebody reads.
import { useTable } from '@tanstack/react-table'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { AttentionLevel, Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import { useCallIds, useLiveStore, useServerNow } from '#src/live/use-live.ts'
import { byAge, createBuckets, levelOf } from '#src/features/live-grid/attention-order.ts'
import { type GridRow, columns, features } from '#src/features/live-grid/columns.ts'
import { matchesFilter } from '#src/features/live-grid/filter-calls.ts'
import { holdOrder, mergeOrder } from '#src/features/live-grid/held-order.ts'
import type { GridView } from '#src/features/live-grid/view.ts'

/** Rows change places at most this often. */
const resortMs = 2000
/** New and gone calls are shown at most this often. */
const arrivalMs = 250

export type Bay = AttentionLevel | 'new'

export interface Board {
  /** Row ids from top to bottom; contiguous by bay when `byBay`. */
  ids: readonly string[]
  bayOf: ReadonlyMap<string, Bay>
  byBay: boolean
  /** Rows that would stand elsewhere if the order were not held. */
  waiting: number
  /** Rows of calls that have just ended. */
  ended: number
  /** Calls the filter hides. */
  hidden: number
  total: number
  /** Lets the waiting rows move now. */
  applyOrder: () => void
}

interface Order {
  view: GridView
  ids: readonly string[]
  bays: ReadonlyMap<string, Bay>
  beat: number
  applied: number
}

/** The board for a view. `held` keeps rows in place; a change of the view never waits. */
export function useBoard(view: GridView, held: boolean): Board {
  const store = useLiveStore()
  const ids = useThrottled(useCallIds(), arrivalMs)
  const beat = useServerNow(resortMs)
  const [applied, setApplied] = useState(0)
  const [buckets] = useState(createBuckets)

  const { rows, ended, total } = useMemo(() => {
    const calls = [...store.floor().values()]
    const now = store.serverNow()
    const matching = calls.filter((call) => matchesFilter(call, view.filter, now)).sort(byAge)
    const placed = buckets.place(calls)
    return {
      rows: matching.map((call): GridRow => ({ call, buckets: placed })),
      ended: matching.filter(({ status }) => !isLive(status)).length,
      total: calls.length,
    }
    // The floor is read at the beat and when calls come or go, not on every change of a value.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- ids, beat and applied say when to read, not what
  }, [store, ids, beat, view.filter, buckets, applied])

  const byBay = view.sort.length === 0 || (view.sort[0]?.id === 'attention' && !view.sort[0].desc)
  const sorting = useMemo(
    () => (view.sort.length === 0 ? [{ id: 'attention', desc: false }] : [...view.sort]),
    [view.sort],
  )
  const table = useTable({ features, columns, data: rows, getRowId: rowId, state: { sorting } })
  const model = table.getRowModel().rows
  const last = useRef<Order | null>(null)
  const { order, waiting } = useMemo(() => {
    const asked = model.map((row) => row.original.call)
    return nextOrder(last.current, { view, asked, beat, applied, held })
  }, [model, view, beat, applied, held])
  useEffect(() => {
    last.current = order
  }, [order])
  const shown = useMemo(() => (byBay ? grouped(order) : order.ids), [order, byBay])
  return {
    ids: shown,
    bayOf: order.bays,
    byBay,
    waiting,
    ended,
    hidden: total - rows.length,
    total,
    applyOrder: useCallback(() => setApplied((count) => count + 1), []),
  }
}

const rowId = (row: GridRow) => row.call.id

interface Asked {
  view: GridView
  asked: readonly Call[]
  beat: number
  applied: number
  held: boolean
}

/** Pure: the order to show next, from the last one and what is asked. */
export function nextOrder(
  last: Order | null,
  { view, asked, beat, applied, held }: Asked,
): { order: Order; waiting: number } {
  const askedIds = asked.map((call) => call.id)
  const levels = new Map<string, Bay>(asked.map((call) => [call.id, levelOf(call)]))
  const anew = !last || last.view !== view || last.applied !== applied || last.ids.length === 0
  if (anew || (!held && beat > last.beat))
    return { order: { view, ids: askedIds, bays: levels, beat, applied }, waiting: 0 }
  const { shown, waiting } = held
    ? holdOrder(last.ids, askedIds, true)
    : { shown: mergeOrder(last.ids, askedIds), waiting: 0 }
  const bays = new Map<string, Bay>()
  let changed = 0
  for (const id of shown) {
    const bay = last.bays.get(id) ?? (held ? 'new' : (levels.get(id) ?? 'calm'))
    bays.set(id, bay)
    if (bay !== levels.get(id)) changed += 1
  }
  // A row may want another bay without changing its place among its neighbours.
  return {
    order: { view, ids: shown, bays, beat: last.beat, applied },
    waiting: Math.max(waiting, held ? changed : 0),
  }
}

export const bayOrder: readonly Bay[] = ['act', 'watch', 'calm', 'new']

function grouped({ ids, bays }: Order): readonly string[] {
  return bayOrder.flatMap((bay) => ids.filter((id) => bays.get(id) === bay))
}

/** The value, renewed at most every `ms`; the first change after a pause comes through at once. */
function useThrottled<T>(value: T, ms: number): T {
  const [shown, setShown] = useState({ value, at: 0 })
  useEffect(() => {
    if (Object.is(shown.value, value)) return
    const wait = Math.max(0, shown.at + ms - performance.now())
    const timer = setTimeout(() => setShown({ value, at: performance.now() }), wait)
    return () => clearTimeout(timer)
  }, [value, shown, ms])
  return shown.value
}
