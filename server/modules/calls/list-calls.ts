// One page of calls, live and ended together, whatever is filtered, sorted and sought; the ended ones are never read as a whole.
import { sql } from 'kysely'
import type { Call } from '#contract/call.ts'
import type { CallHit, CallsListQuery, CallsPagination } from '#contract/call-endpoints.ts'
import { partOf } from '#contract/call-filter.ts'
import type { Db } from '#server/db/database.ts'
import type { CallState } from '#server/domain/call-state.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Principal } from '#server/domain/principal.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'
import {
  type Condition,
  dateConditions,
  every,
  liveRows,
  rangeOf,
  rowConditions,
  shortcuts,
  wordsCondition,
} from '#server/modules/calls/call-conditions.ts'
import {
  type CallOrder,
  type Place,
  comparePlaces,
  placeColumns,
  readMark,
  writeMark,
} from '#server/modules/calls/call-order.ts'
import { callsOf, endedStretches, placeBehind } from '#server/modules/calls/ended-count.ts'
import { HistoryWalk } from '#server/modules/calls/history-walk.ts'
import { type WordsSought, askWords, callsThatHold, readHits } from '#server/modules/calls/words-sought.ts'

export interface ListCallsOptions {
  db: Db
  clock: Pick<Clock, 'now'>
}

/** Up to so many ended calls are fetched by an index and sorted here; more are walked through in their order. */
const fewCalls = 2000
/** More calls than this are passed by sums of whole days, where such are kept. */
const farDown = 1000
/** Ended calls that are fetched in one statement. */
const callsAtOnce = 500
/** Ended calls whose words are not indexed yet and that are read line by line. */
const unwordedAtMost = 300
/** Counting stops after this long, ms; then the answer says "more than". */
const countForMs = 60

/** A question about calls, with what follows from it once. */
export interface Search extends ListCallsOptions {
  principal: Principal
  wish: CallsListQuery
  order: CallOrder
  words: WordsSought | null
  /** All but words. */
  conditions: readonly Condition[]
}

/** Understands what is asked. Throws 400 where `text` holds no word. */
export async function prepareSearch(
  options: ListCallsOptions,
  principal: Principal,
  asked: CallsListQuery,
): Promise<Search> {
  const wish = wellFormed(asked)
  const order: CallOrder = { by: wish.sort_by, desc: wish.sort_order === 'desc' }
  const words = wish.text === undefined ? null : await askWords(options.db, wish.text)
  const conditions = [...rowConditions(wish, principal), ...dateConditions(wish)]
  return { ...options, principal, wish, order, words, conditions }
}

/** One page of the calls a reader may see. Throws 400 where `after` or `text` cannot be used. */
export async function listCalls(
  options: ListCallsOptions,
  principal: Principal,
  asked: CallsListQuery,
): Promise<{ calls: Call[]; pagination: CallsPagination; hits?: CallHit[]; not_searched?: number }> {
  const search = await prepareSearch(options, principal, asked)
  const { wish, order, words } = search
  const { limit } = wish
  const mark = wish.after === undefined ? undefined : readMark(order, wish.after)
  const offset = Math.max((wish.page - 1) * limit, mark?.offset ?? 0)

  const part = partOf(wish)
  const live = part === 'ended' ? [] : await liveCalls(search)
  const young = words && part !== 'live' ? await unworded(search, words) : { places: [], beyond: 0 }
  const few = part === 'live' ? [] : await fewEnded(search)
  const held = sorted(order, [...live, ...young.places, ...(few ?? [])])
  const walk = few
    ? null
    : { ...search, after: mark, held, skip: offset - (mark?.offset ?? 0), take: limit + 1 }
  const [places, counted] = await Promise.all([
    walk ? walkedPage(walk) : heldPage(search, held, mark, offset - (mark?.offset ?? 0)),
    few ? { count: 0, exact: true } : countEnded(search, countForMs),
  ])

  const shown = places.slice(0, limit)
  const hasMore = places.length > limit
  const last = shown.at(-1)
  const known = held.length + counted.count
  const total = counted.exact ? known : Math.max(known, offset + places.length)
  const calls = await readCalls(options.db, principal.companyId, shown)
  return {
    calls,
    pagination: {
      page: Math.floor(offset / limit) + 1,
      limit,
      total,
      total_pages: Math.ceil(total / limit),
      has_next: hasMore,
      has_prev: offset > 0,
      ...(counted.exact ? {} : { total_exact: false }),
      ...(hasMore && last ? { next: writeMark(order, { ...last, offset: offset + limit }) } : {}),
    },
    ...(words
      ? {
          hits: await readHits(
            options.db,
            principal.companyId,
            words,
            shown.map(({ id }) => id),
          ),
        }
      : {}),
    ...(young.beyond > 0 ? { not_searched: young.beyond } : {}),
  }
}

/** In order, each call once: one that ended between two questions is in both answers. */
export function sorted(order: CallOrder, places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [place.id, place])).values()].sort(comparePlaces(order))
}

/** The live calls that match, in no order. */
export async function liveCalls({ db, principal, order, words, conditions }: Search): Promise<Place[]> {
  const { rows } = await sql<Place>`select ${placeColumns(order)} from ${liveRows(principal.companyId)} h
    where ${every(conditions)}`.execute(db)
  return words ? holding(db, principal.companyId, words, rows) : rows
}

async function holding(
  db: Db,
  companyId: string,
  words: WordsSought,
  places: readonly Place[],
): Promise<Place[]> {
  const ids = await callsThatHold(
    db,
    companyId,
    words,
    places.map(({ id }) => id),
  )
  return places.filter(({ id }) => ids.has(id))
}

/** Ended calls that hold the words though these are not indexed yet, and how many could not be looked at. */
export async function unworded(
  { db, principal, order, conditions }: Search,
  words: WordsSought,
): Promise<{ places: Place[]; beyond: number }> {
  const { companyId } = principal
  const { rows } = await sql<Place>`select ${placeColumns(order)} from call_history h
    where h.company_id = ${companyId} and not h.worded and ${every(conditions)} limit ${unwordedAtMost + 1}`.execute(
    db,
  )
  const places = await holding(db, companyId, words, rows.slice(0, unwordedAtMost))
  if (rows.length <= unwordedAtMost) return { places, beyond: 0 }
  const left = await sql<{ count: number }>`select count(*)::int as count from call_history h
    where h.company_id = ${companyId} and not h.worded`.execute(db)
  return { places, beyond: (left.rows[0]?.count ?? 0) - unwordedAtMost }
}

/** The ended calls that match, where an index says that they are few; null where only walking tells. */
export async function fewEnded({
  db,
  principal,
  wish,
  order,
  words,
  conditions,
}: Search): Promise<Place[] | null> {
  const all = words ? [...conditions, wordsCondition(principal.companyId, words)] : conditions
  for (const shortcut of shortcuts(wish, principal, words)) {
    const found = await sql<{ id: string }>`${shortcut} limit ${fewCalls + 1}`.execute(db)
    if (found.rows.length > fewCalls) continue
    const places: Place[] = []
    for (let from = 0; from < found.rows.length; from += callsAtOnce) {
      const ids = found.rows.slice(from, from + callsAtOnce).map(({ id }) => id)
      const { rows } = await sql<Place>`select ${placeColumns(order)} from call_history h
        where h.company_id = ${principal.companyId} and h.id = any(${ids}::text[]) and ${every(all)}`.execute(
        db,
      )
      places.push(...rows)
    }
    return places
  }
  return null
}

/** How many ended calls match; where only walking tells, counting stops after `budgetMs`, and `exact` is false. */
export async function countEnded(
  search: Search,
  budgetMs: number,
): Promise<{ count: number; exact: boolean }> {
  const { order, wish } = search
  const stretches = await endedStretches(search)
  if (stretches) return { count: callsOf(stretches), exact: true }
  return startWalk(search, rangeOf(order.by, wish).length > 0 ? order.by : 'started_at', undefined).count(
    budgetMs,
  )
}

/** The way through the ended calls that match, sorted by `by`, behind `after`. */
export function startWalk(search: Search, by: CallOrder['by'], after: Place | undefined): HistoryWalk {
  const { db, clock, principal, wish, words } = search
  return new HistoryWalk({
    db,
    clock,
    companyId: principal.companyId,
    order: { by, desc: search.order.desc },
    bounds: rangeOf(by, wish),
    filters: [
      ...rowConditions(wish, principal, by),
      ...(by === 'started_at' ? [] : dateConditions(wish)),
      ...(words ? [wordsCondition(principal.companyId, words)] : []),
    ],
    // The words of a call are looked up and unpacked one by one.
    least: words ? 250 : 4000,
    after,
  })
}

function heldPage({ order, wish }: Search, held: readonly Place[], after: Place | undefined, skip: number) {
  const compare = comparePlaces(order)
  const rest = after ? held.filter((place) => compare(place, after) > 0) : held
  return rest.slice(skip, skip + wish.limit + 1)
}

/** The page out of two ordered rows of calls: those held here, and those walked through. */
async function walkedPage(
  search: Search & { after: Place | undefined; held: readonly Place[]; skip: number; take: number },
): Promise<Place[]> {
  const { order, after, held, skip, take } = search
  const compare = comparePlaces(order)
  const ahead = after ? held.filter((place) => compare(place, after) > 0) : held
  // So many are passed at least, wherever the held ones stand between them.
  const jump = Math.max(0, skip - ahead.length)
  const stretches =
    order.by === 'started_at' && !after && jump > farDown ? await endedStretches(search) : null
  const behind = stretches && placeBehind(stretches, jump, order.desc)
  const walk = startWalk(search, order.by, behind?.place ?? after)
  await walk.skip(jump - (behind?.passed ?? 0))
  const { place } = walk
  const passed = jump > 0 && place ? ahead.filter((one) => compare(one, place) <= 0).length : 0
  const rest = skip - jump - passed
  const walked = await walk.take(rest + take)
  return sorted(order, [...ahead.slice(passed), ...walked]).slice(rest, rest + take)
}

/** The calls at these places, in their order. */
export async function readCalls(db: Db, companyId: string, places: readonly Place[]): Promise<Call[]> {
  if (places.length === 0) return []
  const rows = await db
    .selectFrom('calls')
    .select(['id', 'state'])
    .where('company_id', '=', companyId)
    .where(sql<boolean>`id = any(${places.map(({ id }) => id)}::text[])`)
    .execute()
  const byId = new Map(rows.map(({ id, state }) => [id, (state as CallState).call]))
  return places.flatMap(({ id }) => byId.get(id) ?? [])
}
