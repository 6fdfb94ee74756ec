// Many rows in one statement: columns as lists, unnested by the database, the same on both engines.
import { type RawBuilder, sql } from 'kysely'
import { LongText } from '#server/db/long-text.ts'

/** One column: its name, the SQL type of one value, and how to read it off a row. */
export interface BulkColumn<R> {
  name: string
  /** `text[]` and `json` travel as text and are cast, for arrays of arrays cannot be unnested. */
  type: 'text' | 'bigint' | 'timestamptz' | 'boolean' | 'double precision' | 'json' | 'jsonb' | 'text[]'
  value: (row: R) => unknown
}

/** Stand between the values of a list, and for a value that is not there. */
const separator = '\x1f'
const nothing = '\x1e'

/**
 * `insert into table (…) select … from unnest(…)`, with `tail` for the conflict clause. `company` is the company's id, or a
 * part of the same statement that yields it as `company_id`: where that yields nothing, nothing is inserted.
 */
export function bulkInsert<R>(
  table: string,
  company: string | { from: string },
  columns: readonly BulkColumn<R>[],
  rows: readonly R[],
  tail = '',
): RawBuilder<unknown> {
  const lists = columns.map((column) => listOf(column, rows))
  const names = columns.map(({ name }) => name)
  const picks = columns.map(({ name, type }) => (type === 'text' ? `r.${name}` : `r.${name}::${type}`))
  return sql`insert into ${sql.raw(table)} (company_id, ${sql.raw(names.join(', '))})
    select ${typeof company === 'string' ? company : sql.raw(`${company.from}.company_id`)}, ${sql.raw(picks.join(', '))}
    from ${typeof company === 'string' ? sql`` : sql.raw(`${company.from}, `)}unnest(${sql.join(lists)})
      as r(${sql.raw(names.join(', '))}) ${sql.raw(tail)}`
}

/**
 * The values of a column as a list of texts. Bytes that the database splits cost a fifth of an array that is quoted,
 * copied and parsed value by value; what holds one of the two marks goes as an array after all.
 */
function listOf<R>(column: BulkColumn<R>, rows: readonly R[]): RawBuilder<unknown> {
  // Everything else is written by machines, and JSON escapes control characters: only free text can hold a mark.
  const isFree = column.type === 'text' || column.type === 'text[]'
  const parts: string[] = []
  for (const row of rows) {
    const text = asText(column.type, column.value(row))
    if (isFree && text !== null && (text.includes(separator) || text.includes(nothing)))
      return arrayOf(column, rows)
    parts.push(text ?? nothing)
  }
  const joined = parts.join(separator)
  // A single empty value would be split into none.
  if (joined === '') return arrayOf(column, rows)
  return sql`string_to_array(${new LongText(joined)}::text, ${sql.raw(`E'\\x1f', E'\\x1e'`)})`
}

function arrayOf<R>({ type, value }: BulkColumn<R>, rows: readonly R[]): RawBuilder<unknown> {
  return sql`${rows.map((row) => asText(type, value(row)))}::text[]`
}

function asText(type: BulkColumn<unknown>['type'], value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (type === 'text[]') return arrayLiteral(value as readonly string[])
  return String(value as string | number | boolean)
}

/** A text array as PostgreSQL writes it. */
function arrayLiteral(values: readonly string[]): string {
  if (values.length === 0) return '{}'
  return `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`
}
