// Many rows in one statement: columns as lists, unnested by the database, the same on both engines.
import { type RawBuilder, sql } from 'kysely'
import type { ByteWriter } from '#server/db/byte-writer.ts'
import { LongValue } from '#server/db/long-value.ts'

/** One column: its name, the SQL type of one value, and how to read it off a row. */
export interface BulkColumn<R> {
  name: string
  /** `text[]` and `json` travel as text and are cast, for arrays of arrays cannot be unnested. */
  type: 'text' | 'bigint' | 'timestamptz' | 'boolean' | 'double precision' | 'json' | 'jsonb' | 'text[]'
  /** Of `json` and of a text that is JSON it may give several pieces that make one text together. */
  value: (row: R) => unknown
  /** Its texts are written by machines and hold no control characters. */
  isPlain?: true
}

/** Stand between the values of a list, and for a value that is not there. */
const separator = 0x1f
const nothing = 0x1e
const marks = [String.fromCharCode(separator), String.fromCharCode(nothing)] as const

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
  const { type, value } = column
  // A single empty value would be split into none.
  if (rows.length < 2 && rows.every((row) => asText(type, value(row)) === '')) return arrayOf(column, rows)
  // Everything else is written by machines, and JSON escapes control characters: only free text can hold a mark.
  const isFree = (type === 'text' || type === 'text[]') && !column.isPlain
  if (isFree && rows.some((row) => holdsMark(value(row)))) return arrayOf(column, rows)
  return sql`string_to_array(${new ColumnList(column, rows)}::text, ${sql.raw(`E'\\x1f', E'\\x1e'`)})`
}

/** Texts up to this length are looked through letter by letter: that costs less than two calls. */
const shortText = 32

function holdsMark(value: unknown): boolean {
  if (typeof value !== 'string') return Array.isArray(value) && value.some(holdsMark)
  if (value.length > shortText) return value.includes(marks[0]) || value.includes(marks[1])
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code === separator || code === nothing) return true
  }
  return false
}

/** The values of a column with marks between them, written when the message is that carries them. */
class ColumnList<R> extends LongValue {
  readonly #column: BulkColumn<R>
  readonly #rows: readonly R[]

  constructor(column: BulkColumn<R>, rows: readonly R[]) {
    super()
    this.#column = column
    this.#rows = rows
  }

  get text(): string {
    const { type, value } = this.#column
    return this.#rows.map((row) => asText(type, value(row)) ?? marks[1]).join(marks[0])
  }

  writeTo(out: ByteWriter): void {
    const { type, value } = this.#column
    let isFirst = true
    for (const row of this.#rows) {
      if (isFirst) isFirst = false
      else out.byte(separator)
      const found = value(row)
      if (typeof found === 'string') out.text(found)
      else if (found === null || found === undefined) out.byte(nothing)
      else if (type !== 'text[]' && Array.isArray(found)) for (const piece of found) out.text(piece)
      else out.text(asText(type, found) ?? '')
    }
  }
}

function arrayOf<R>({ type, value }: BulkColumn<R>, rows: readonly R[]): RawBuilder<unknown> {
  return sql`${rows.map((row) => asText(type, value(row)))}::text[]`
}

function asText(type: BulkColumn<unknown>['type'], value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (type === 'text[]') return arrayLiteral(value as readonly string[])
  if (Array.isArray(value)) return value.join('')
  return String(value as string | number | boolean)
}

/** A text array as PostgreSQL writes it. */
function arrayLiteral(values: readonly string[]): string {
  if (values.length === 0) return '{}'
  return `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`
}
