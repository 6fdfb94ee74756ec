// The order of the list, once for the database and once for what is put together here, and the mark that says where a page ended.
import { type RawBuilder, sql } from 'kysely'
import type { CallsListQuery } from '#contract/call-endpoints.ts'
import { ApiError } from '#server/domain/api-error.ts'

/** A row's place: what it is sorted by (epoch ms, seconds, or 0–1; null comes last either way), and its id. */
export interface Place {
  key: number | null
  id: string
}

export interface CallOrder {
  by: CallsListQuery['sort_by']
  desc: boolean
}

const columns = {
  started_at: 'h.started_at',
  duration: 'h.duration_seconds',
  qa_score: 'h.qa_score',
} as const

/** The sorted column of the row `h`. */
export const keyColumn = ({ by }: CallOrder): RawBuilder<unknown> => sql.raw(columns[by])

/** A row's place as columns `key` and `id`. */
export const placeColumns = (order: CallOrder): RawBuilder<Place> =>
  order.by === 'started_at'
    ? sql<Place>`(extract(epoch from h.started_at) * 1000)::double precision as key, h.id`
    : sql<Place>`${keyColumn(order)} as key, h.id`

/** A key as the column's type. */
export const keyValue = ({ by }: CallOrder, key: number): RawBuilder<unknown> =>
  by === 'started_at' ? sql`${new Date(key).toISOString()}::timestamptz` : sql`${key}::double precision`

/** Compares as the database does: ids by their bytes. */
export function comparePlaces({ desc }: CallOrder): (a: Place, b: Place) => number {
  const sign = desc ? -1 : 1
  return (a, b) => {
    if (a.key === b.key)
      return a.id === b.id ? 0 : sign * Buffer.compare(Buffer.from(a.id), Buffer.from(b.id))
    if (a.key === null) return 1
    if (b.key === null) return -1
    return a.key < b.key ? -sign : sign
  }
}

/** Where a page ended: `offset` rows into the list. */
export interface PageMark extends Place {
  offset: number
}

/** The mark as text for `after`; opaque to clients. */
export function writeMark({ by, desc }: CallOrder, { offset, key, id }: PageMark): string {
  return Buffer.from(JSON.stringify([by, desc, offset, key, id])).toString('base64url')
}

/** Reads a mark. Throws 400 for what is none, and for the mark of a list in another order. */
export function readMark({ by, desc }: CallOrder, text: string): PageMark {
  const refuse = (message: string) =>
    new ApiError('VALIDATION_ERROR', `query.after: ${message}`, [{ field: 'query.after', message }])
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    throw refuse('Write the `next` of an earlier page.')
  }
  const [sortedBy, sortedDesc, offset, key, id] = Array.isArray(parts) ? (parts as unknown[]) : []
  const isPlace =
    (key === null || (typeof key === 'number' && Math.abs(key) <= 8.64e15)) &&
    typeof id === 'string' &&
    typeof offset === 'number' &&
    Number.isSafeInteger(offset) &&
    offset >= 0
  if (!isPlace) throw refuse('Write the `next` of an earlier page.')
  if (sortedBy !== by || sortedDesc !== desc) throw refuse('This list has another order; begin with page 1.')
  return { offset, key, id }
}
