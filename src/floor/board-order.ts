// The order on screen from one beat to the next: sorted anew, kept while somebody reads, and joined by new calls.
import type { AttentionLevel, Call } from '#contract/call.ts'
import { levelOf } from '#src/floor/attention-order.ts'
import { holdOrder, mergeOrder } from '#src/floor/held-order.ts'
import type { GridView } from '#src/floor/view.ts'

/** Where a row stands: on the watch list, by its level, with the rest, or apart because it came while the order was held. */
export type Bay = 'mine' | AttentionLevel | 'rest' | 'new'

export const bayOrder: readonly Bay[] = ['mine', 'act', 'watch', 'calm', 'rest', 'new']

export interface Order {
  view: GridView
  ids: readonly string[]
  bays: ReadonlyMap<string, Bay>
  /** The beat it was sorted at; rows move only when it is another. */
  beat: number
  /** How often somebody asked for the waiting rows to move. */
  applied: number
}

interface Asked {
  view: GridView
  /** The calls as they would stand if they were sorted now. */
  asked: readonly Call[]
  beat: number
  applied: number
  held: boolean
  /** The bay a call belongs to; by its level when absent. */
  bayOf?: (call: Call) => Bay
}

export interface NextOrder {
  order: Order
  /** Rows that would stand elsewhere if the order were not held. */
  waiting: number
  /** Of those, rows that belong under Act now and do not stand there. */
  urgent: number
}

/**
 * The order to show next. Pure. While held, a row changes its place only because somebody put it on the watch list or
 * took it off.
 */
export function nextOrder(
  last: Order | null,
  { view, asked, beat, applied, held, bayOf = levelOf }: Asked,
): NextOrder {
  const askedIds = asked.map((call) => call.id)
  const levels = new Map<string, Bay>(asked.map((call) => [call.id, bayOf(call)]))
  const anew = !last || last.view !== view || last.applied !== applied || last.ids.length === 0
  if (anew || (!held && beat !== last.beat))
    return { order: { view, ids: askedIds, bays: levels, beat, applied }, waiting: 0, urgent: 0 }
  const { shown, waiting } = held
    ? holdOrder(last.ids, askedIds, true)
    : { shown: mergeOrder(last.ids, askedIds), waiting: 0 }
  const bays = new Map<string, Bay>()
  let [changed, urgent] = [0, 0]
  for (const id of shown) {
    const wanted = levels.get(id)
    const stood = last.bays.get(id)
    const isOwnAct = wanted !== undefined && (wanted === 'mine' || stood === 'mine')
    const bay = isOwnAct ? wanted : (stood ?? (held ? 'new' : (wanted ?? 'calm')))
    bays.set(id, bay)
    if (bay === wanted) continue
    changed += 1
    if (wanted === 'act') urgent += 1
  }
  // A row may want another bay without changing its place among its neighbours.
  return {
    order: { view, ids: shown, bays, beat: last.beat, applied },
    waiting: Math.max(waiting, held ? changed : 0),
    urgent: held ? urgent : 0,
  }
}

/** The ids bay by bay, each bay in its own order. */
export function groupByBay({ ids, bays }: Order): readonly string[] {
  const groups: Record<Bay, string[]> = { mine: [], act: [], watch: [], calm: [], rest: [], new: [] }
  for (const id of ids) groups[bays.get(id) ?? 'calm'].push(id)
  return bayOrder.flatMap((bay) => groups[bay])
}
