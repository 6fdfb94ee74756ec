// All calls of a list, one slice after the other in its order, for exports: never more than a slice in memory.
import type { Call } from '#contract/call.ts'
import type { CallsListQuery } from '#contract/call-endpoints.ts'
import { partOf } from '#contract/call-filter.ts'
import type { Principal } from '#server/domain/principal.ts'
import { type Place, comparePlaces } from '#server/modules/calls/call-order.ts'
import type { HistoryWalk } from '#server/modules/calls/history-walk.ts'
import {
  type ListCallsOptions,
  type Search,
  countEnded,
  fewEnded,
  liveCalls,
  prepareSearch,
  readCalls,
  sorted,
  startWalk,
  unworded,
} from '#server/modules/calls/list-calls.ts'

/** How far a walk is, as JSON: with it another one goes on behind the last call. */
export interface WalkProgress {
  last: Place | null
  /** Calls that were live, or not yet indexed, when the walk began: they are told at the places they had then. */
  held: Place[]
}

/** Goes through the list as `GET /api/v1/calls` shows it. Calls that come meanwhile stand before its place and are not told. */
export class CallsWalk {
  readonly #search: Search
  readonly #compare: (a: Place, b: Place) => number
  readonly #held: readonly Place[]
  readonly #heldIds: ReadonlySet<string>
  /** The few ended calls that an index found; then nothing is walked. */
  readonly #few: readonly Place[] | null
  /** Held ones, and the few, that are still to be told. */
  #ahead: readonly Place[]
  readonly #walk: HistoryWalk | null
  #walked: Place[] = []
  #isOver: boolean
  #last: Place | null
  /** Ended calls whose words are not indexed yet and were not looked at. */
  readonly notSearched: number

  private constructor(
    search: Search,
    from: WalkProgress,
    few: readonly Place[] | null,
    walks: boolean,
    notSearched: number,
  ) {
    this.#search = search
    this.#compare = comparePlaces(search.order)
    this.#held = from.held
    this.#heldIds = new Set(from.held.map(({ id }) => id))
    this.#last = from.last
    this.#few = few
    const held = sorted(search.order, [...(few ?? []), ...from.held])
    this.#ahead = from.last ? held.filter((place) => this.#compare(place, from.last as Place) > 0) : held
    this.#walk = walks ? startWalk(search, search.order.by, from.last ?? undefined) : null
    this.#isOver = !walks
    this.notSearched = notSearched
  }

  /** Begins, or goes on behind what an earlier walk told. Throws 400 where `text` holds no word. */
  static async open(
    options: ListCallsOptions,
    principal: Principal,
    wish: CallsListQuery,
    from?: WalkProgress,
  ): Promise<CallsWalk> {
    const search = await prepareSearch(options, principal, wish)
    const part = partOf(search.wish)
    const live = from || part === 'ended' ? [] : await liveCalls(search)
    const young =
      !from && search.words && part !== 'live'
        ? await unworded(search, search.words)
        : { places: [], beyond: 0 }
    const few = part === 'live' ? null : await fewEnded(search)
    const start = from ?? { last: null, held: sorted(search.order, [...live, ...young.places]) }
    return new CallsWalk(search, start, few, part !== 'live' && few === null, young.beyond)
  }

  get progress(): WalkProgress {
    return { last: this.#last, held: [...this.#held] }
  }

  /** How many calls there are from the beginning; counting stops after `budgetMs`, then `exact` is false. */
  async count(budgetMs: number): Promise<{ count: number; exact: boolean }> {
    const held = sorted(this.#search.order, [...(this.#few ?? []), ...this.#held]).length
    if (!this.#walk) return { count: held, exact: true }
    const ended = await countEnded(this.#search, budgetMs)
    return { count: held + ended.count, exact: ended.exact }
  }

  /** The next calls, up to `count`; empty when all were told. */
  async next(count: number): Promise<Call[]> {
    const places: Place[] = []
    while (places.length < count) {
      const place = await this.#nextPlace(count - places.length)
      if (!place) break
      places.push(place)
    }
    this.#last = places.at(-1) ?? this.#last
    const { db, principal } = this.#search
    return readCalls(db, principal.companyId, places)
  }

  async #nextPlace(wanted: number): Promise<Place | null> {
    while (this.#walk && this.#walked.length === 0 && !this.#isOver) {
      const found = await this.#walk.take(wanted)
      this.#isOver = found.length < wanted
      // One that was held when the walk began is told at the place it had then.
      this.#walked = found.filter(({ id }) => !this.#heldIds.has(id)).reverse()
    }
    const walked = this.#walked.at(-1)
    const [held] = this.#ahead
    if (held && (!walked || this.#compare(held, walked) < 0)) {
      this.#ahead = this.#ahead.slice(1)
      return held
    }
    return this.#walked.pop() ?? null
  }
}
