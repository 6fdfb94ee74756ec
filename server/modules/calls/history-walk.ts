// Goes through the ended calls in the order of the list, in slices: between two of them live commits have the database.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import { type Condition, every } from '#server/modules/calls/call-conditions.ts'
import {
  type CallOrder,
  type Place,
  keyColumn,
  keyValue,
  placeColumns,
} from '#server/modules/calls/call-order.ts'

export interface WalkOptions {
  db: Db
  clock: Pick<Clock, 'now'>
  companyId: string
  order: CallOrder
  /** What the index of the order answers by itself. */
  bounds: readonly Condition[]
  /** What is asked row by row. */
  filters: readonly Condition[]
  /** Rows of a slice at least: few where each is dear to look at, else many, for a question has a price of its own. */
  least: number
  /** Begins behind this place. */
  after?: Place | undefined
}

const largest = 50_000
/** A slice that took this long is halved, one that took a third is doubled, ms. */
const longMs = 15
/** Fewer rows than this are taken and dropped where they are to be passed. */
const fewRows = 200

export class HistoryWalk {
  readonly #options: WalkOptions
  #size: number
  #place: Place | null
  /** Rows without a key come behind all others, whichever way the list is sorted. */
  #part: 'keyed' | 'keyless' | 'over'

  constructor(options: WalkOptions) {
    this.#options = options
    this.#size = options.least
    this.#place = options.after ?? null
    this.#part = this.#place?.key === null ? 'keyless' : 'keyed'
  }

  /** The last row that was passed; null at the beginning. */
  get place(): Place | null {
    return this.#place
  }

  /** The next rows that match, `count` of them unless the list is over. */
  async take(count: number): Promise<Place[]> {
    const found: Place[] = []
    while (found.length < count && this.#part !== 'over') {
      const wanted = count - found.length
      if (this.#options.filters.length === 0) {
        const rows = await this.#rows(null, wanted)
        found.push(...rows)
        this.#goOn(rows.length < wanted ? null : (rows.at(-1) ?? null))
        continue
      }
      const end = await this.#bound(this.#size)
      const rows = await this.#timed(() => this.#rows(end, wanted))
      found.push(...rows)
      this.#goOn(rows.length === wanted ? (rows.at(-1) ?? null) : end)
    }
    return found
  }

  /** Passes `count` rows that match, without carrying them over where they are many. */
  async skip(count: number): Promise<void> {
    let left = count
    while (left > 0 && this.#part !== 'over') {
      if (left <= fewRows) {
        await this.take(left)
        return
      }
      if (this.#options.filters.length === 0) {
        const step = Math.min(left, this.#size)
        const end = await this.#timed(() => this.#bound(step))
        left -= end ? step : await this.#matching(null)
        this.#goOn(end)
        continue
      }
      const end = await this.#bound(this.#size)
      const passed = await this.#timed(() => this.#matching(end))
      if (passed > left) {
        await this.take(left)
        return
      }
      left -= passed
      this.#goOn(end)
    }
  }

  /** Counts what follows, until `budgetMs` have gone by: then there are more, and `exact` is false. */
  async count(budgetMs: number): Promise<{ count: number; exact: boolean }> {
    const { clock } = this.#options
    const begun = clock.now()
    let count = 0
    while (this.#part !== 'over') {
      if (clock.now() - begun > budgetMs) return { count, exact: false }
      const end = await this.#bound(this.#size)
      count += await this.#timed(() => this.#matching(end))
      this.#goOn(end)
    }
    return { count, exact: true }
  }

  /** Behind `end`, or to the next part where this one has no more. */
  #goOn(end: Place | null): void {
    if (end) this.#place = end
    else if (this.#part === 'keyed' && this.#options.order.by !== 'started_at') {
      this.#part = 'keyless'
      this.#place = null
    } else this.#part = 'over'
  }

  async #timed<T>(read: () => Promise<T>): Promise<T> {
    const begun = this.#options.clock.now()
    const answer = await read()
    const took = this.#options.clock.now() - begun
    if (took >= longMs) this.#size = Math.max(this.#options.least, this.#size / 2)
    else if (took <= longMs / 3) this.#size = Math.min(largest, this.#size * 2)
    return answer
  }

  /** The row `size` rows on, whether or not it matches; null where this part is over before. */
  async #bound(size: number): Promise<Place | null> {
    const { db, order } = this.#options
    const { rows } = await sql<Place>`select ${placeColumns(order)} from call_history h
      where ${every(this.#range(null))} order by ${this.#direction()} offset ${size - 1} limit 1`.execute(db)
    return rows[0] ?? null
  }

  async #rows(end: Place | null, limit: number): Promise<Place[]> {
    const { db, order, filters } = this.#options
    const { rows } = await sql<Place>`select ${placeColumns(order)} from call_history h
      where ${every([...this.#range(end), ...filters])} order by ${this.#direction()} limit ${limit}`.execute(
      db,
    )
    return rows
  }

  async #matching(end: Place | null): Promise<number> {
    const { db, filters } = this.#options
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from call_history h
      where ${every([...this.#range(end), ...filters])}`.execute(db)
    return rows[0]?.count ?? 0
  }

  #direction(): RawBuilder<unknown> {
    const way = sql.raw(this.#options.order.desc ? 'desc' : 'asc')
    return sql`${keyColumn(this.#options.order)} ${way}, h.id collate "C" ${way}`
  }

  /** Behind the place, up to and with `end`. */
  #range(end: Place | null): Condition[] {
    const { companyId, order, bounds } = this.#options
    const key = keyColumn(order)
    const part = this.#part === 'keyless' ? 'null' : 'not null'
    const conditions = [
      sql<boolean>`h.company_id = ${companyId}`,
      ...bounds,
      ...(order.by === 'started_at' ? [] : [sql<boolean>`${key} is ${sql.raw(part)}`]),
    ]
    const side = (sign: string, place: Place): Condition =>
      place.key === null
        ? sql<boolean>`h.id collate "C" ${sql.raw(sign)} ${place.id}`
        : sql<boolean>`(${key}, h.id collate "C") ${sql.raw(sign)} (${keyValue(order, place.key)}, ${place.id})`
    if (this.#place) conditions.push(side(order.desc ? '<' : '>', this.#place))
    if (end) conditions.push(side(order.desc ? '>=' : '<=', end))
    return conditions
  }
}
