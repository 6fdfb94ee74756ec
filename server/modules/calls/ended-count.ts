// How many ended calls a list has, and where in it a page far down begins, from the sums that are kept for analytics.
import { sql } from 'kysely'
import type { CallsListQuery } from '#contract/call-endpoints.ts'
import { firstInstantOf, lastInstantOf } from '#contract/call-times.ts'
import { sumTables } from '#server/db/call-sums.ts'
import type { Db } from '#server/db/database.ts'
import { piecesOf, rowsOf } from '#server/db/pieces.ts'
import type { Principal } from '#server/domain/principal.ts'
import { rowConditions } from '#server/modules/calls/call-conditions.ts'
import type { Place } from '#server/modules/calls/call-order.ts'
import type { WordsSought } from '#server/modules/calls/words-sought.ts'

/** Ended calls of a stretch of time, epoch ms; `until` is the first instant behind it. */
interface Stretch {
  from: number
  until: number
  calls: number
}

const dayMs = 24 * 3_600_000

/**
 * The ended calls of the list, day of UTC by day of UTC and what lies beside whole days, in the order of time; null where
 * the list is filtered by what no sum is kept of.
 */
export async function endedStretches({
  db,
  principal,
  wish,
  words,
}: {
  db: Db
  principal: Principal
  wish: CallsListQuery
  words: WordsSought | null
}): Promise<Stretch[] | null> {
  const { direction, business_id, from_date, to_date, zone } = wish
  const others = rowConditions({ ...wish, direction: undefined, business_id: undefined }, principal)
  if (words || others.length > 0) return null
  const ofCells = sql`c.company_id = ${principal.companyId}
    ${direction === undefined ? sql`` : sql`and c.direction = ${direction}`}
    ${business_id === undefined ? sql`` : sql`and c.business_id = ${business_id}`}`
  const { rows: ends } = await sql<{ first: number | null; last: number | null }>`
    select extract(epoch from min(c.slot))::float8 * 1000 as first, extract(epoch from max(c.slot))::float8 * 1000 as last
    from call_cells c where ${ofCells} and c.grain = 1440`.execute(db)
  const { first, last } = ends[0] ?? { first: null, last: null }
  if (first === null || last === null) return []
  const span = {
    key: 0,
    from: Math.max(first, from_date ? Date.parse(firstInstantOf(from_date, zone)) : first),
    until: Math.min(last + dayMs, to_date ? Date.parse(lastInstantOf(to_date, zone)) + 1 : last + dayMs),
  }
  const pieces = piecesOf(
    span,
    [...sumTables.call_cells.grains].sort((a, b) => b - a),
  )
  if (pieces.length === 0) return []
  const kept = pieces.filter(({ grain }) => grain > 0)
  const beside = pieces.filter(({ grain }) => grain === 0)
  const { rows } = await sql<{ since: number; minutes: number; calls: number }>`
    select extract(epoch from s.slot)::float8 * 1000 as since, p.grain as minutes, s.calls::int as calls
      from ${rowsOf(kept)} cross join lateral (select c.slot, sum(c.calls) as calls from call_cells c
        where ${ofCells} and c.grain = p.grain and c.slot >= p.since and c.slot < p.until group by c.slot) s
    union all select extract(epoch from p.since)::float8 * 1000, -1, s.calls
      from ${rowsOf(beside)} cross join lateral (select count(*)::int as calls from call_history c
        where ${ofCells} and c.started_at >= p.since and c.started_at < p.until) s`.execute(db)
  return rows
    .map(({ since, minutes, calls }) => ({
      from: since,
      until:
        minutes > 0 ? since + minutes * 60_000 : (beside.find(({ from }) => from === since)?.until ?? since),
      calls,
    }))
    .sort((a, b) => a.from - b.from)
}

/** Calls of all stretches. */
export const callsOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { calls }) => sum + calls, 0)

/**
 * The place to begin at so that as many whole stretches as fit into `count` calls are passed, and how many calls that are;
 * a list by start, youngest first where `desc`. The place is between two calls.
 */
export function placeBehind(
  stretches: readonly Stretch[],
  count: number,
  desc: boolean,
): { place: Place; passed: number } | null {
  let found: { place: Place; passed: number } | null = null
  let passed = 0
  for (const { from, until, calls } of desc ? stretches.toReversed() : stretches) {
    if (passed + calls > count) break
    passed += calls
    // No call has an empty id: this place is before all calls of its instant, whichever way the list is read.
    found = { place: { key: desc ? from : until, id: '' }, passed }
  }
  return found
}
