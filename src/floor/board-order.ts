// The order on screen from one beat to the next: sorted anew, kept while somebody reads, and joined by new calls.
import type { AttentionLevel } from '#contract/call.ts'
import { type Standing, holdOrder, mergeOrder } from '#src/floor/held-order.ts'
import type { GridView } from '#src/floor/view.ts'

/** Where a row stands: on the watch list, by its level, with the rest, or apart because it came while the order was held. */
export type Bay = 'mine' | AttentionLevel | 'rest' | 'new'

export const bayOrder: readonly Bay[] = ['mine', 'act', 'watch', 'calm', 'rest', 'new']

/** A row as its order sees it: the same object from one order to the next, so that nothing has to be looked up by id. */
export interface OrderedRow extends Standing {
  /** The bay it belongs to. */
  wants: Bay
  /** The bay it stands in; null while it is not on the board. */
  stands: Bay | null
}

export interface Order<R extends OrderedRow> {
  view: GridView
  rows: readonly R[]
  /** The beat it was sorted at; rows move only when it is another. */
  beat: number
  /** How often somebody asked for the waiting rows to move. */
  applied: number
}

interface Asked<R extends OrderedRow> {
  view: GridView
  /** The rows as they would stand if they were sorted now. */
  asked: readonly R[]
  beat: number
  applied: number
  held: boolean
}

export interface NextOrder<R extends OrderedRow> {
  order: Order<R>
  /** Rows that would stand elsewhere if the order were not held. */
  waiting: number
  /** Of those, rows that belong under Act now and do not stand there. */
  urgent: number
}

/**
 * The order to show next; writes into the rows where they stand and where they are asked to. While held, a row changes its
 * place only because somebody put it on the watch list or took it off.
 */
export function nextOrder<R extends OrderedRow>(
  last: Order<R> | null,
  { view, asked, beat, applied, held }: Asked<R>,
): NextOrder<R> {
  const before = last?.rows ?? []
  for (const row of before) row.asked = -1
  let index = 0
  for (const row of asked) row.asked = index++
  const anew = !last || last.view !== view || last.applied !== applied || before.length === 0
  if (anew || (!held && beat !== last.beat)) {
    takeAway(before)
    for (const row of asked) row.stands = row.wants
    return { order: { view, rows: asked, beat, applied }, waiting: 0, urgent: 0 }
  }
  const { shown, waiting } = held
    ? holdOrder(before, asked)
    : { shown: mergeOrder(before, asked), waiting: 0 }
  if (!held) takeAway(before)
  let [changed, urgent] = [0, 0]
  for (const row of shown) {
    const wanted = row.asked >= 0 ? row.wants : undefined
    const stood = row.stands
    const isOwnAct = wanted !== undefined && (wanted === 'mine' || stood === 'mine')
    row.stands = isOwnAct ? wanted : (stood ?? (held ? 'new' : (wanted ?? 'calm')))
    if (row.stands === wanted) continue
    changed += 1
    if (wanted === 'act') urgent += 1
  }
  // A row may want another bay without changing its place among its neighbours.
  return {
    order: { view, rows: shown, beat: last.beat, applied },
    waiting: Math.max(waiting, held ? changed : 0),
    urgent: held ? urgent : 0,
  }
}

/** Rows that nobody asks for stand nowhere. */
function takeAway(rows: readonly OrderedRow[]): void {
  for (const row of rows) if (row.asked < 0) row.stands = null
}

/** The rows bay by bay, each bay in its own order. */
export function groupByBay<R extends OrderedRow>(rows: readonly R[]): readonly R[] {
  const groups: Record<Bay, R[]> = { mine: [], act: [], watch: [], calm: [], rest: [], new: [] }
  for (const row of rows) groups[row.stands ?? 'calm'].push(row)
  return bayOrder.flatMap((bay) => groups[bay])
}
