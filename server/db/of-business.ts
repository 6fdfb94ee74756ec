// The business of a call as a condition of SQL, for the list of calls and for analytics alike.
import { type RawBuilder, sql } from 'kysely'
import { noBusiness } from '#contract/call-filter.ts'

/** `column` holds a business id, null or '' where the call has none; `id` is asked for, `none` for calls without one. */
export const ofBusiness = (column: string, id: string): RawBuilder<boolean> =>
  id === noBusiness
    ? sql<boolean>`coalesce(${sql.raw(column)}, '') = ''`
    : sql<boolean>`${sql.raw(column)} = ${id}`
