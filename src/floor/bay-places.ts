// Where the groups of rows begin, and how many rows each has.
import type { Call } from '#contract/call.ts'
import { type Bay, bayOrder } from '#src/floor/board-order.ts'
import type { BayPlace } from '#src/floor/desk.ts'

interface Standing {
  bays: ReadonlyMap<string, Bay>
  /** The rows in their order, bay by bay. */
  ids: readonly string[]
  calls: ReadonlyMap<string, Call>
  /** Sorted by attention: Act now is there even while it is empty. */
  byBay: boolean
}

/** The groups in their order. */
export function placeBays({ bays, ids, calls, byBay }: Standing): BayPlace[] {
  const counts: Record<Bay, number> = { mine: 0, act: 0, watch: 0, calm: 0, rest: 0, new: 0 }
  for (const bay of bays.values()) counts[bay] += 1
  let first = 0
  return bayOrder.flatMap((bay) => {
    const count = counts[bay]
    const at = first
    first += count
    if (count === 0 && !(bay === 'act' && byBay)) return []
    const top = bay === 'act' && count > 0 ? calls.get(ids[at] ?? '') : undefined
    return [{ bay, first: at, count, oldest: top ? Date.parse(top.started_at) : null }]
  })
}
