// Many rows in one statement: columns as arrays, unnested by the database, the same on both engines.
import { type RawBuilder, sql } from 'kysely'

/** One column: its name, the SQL type of one value, and how to read it off a row. */
export interface BulkColumn<R> {
  name: string
  /** `text[]` and `json` travel as text and are cast, for arrays of arrays cannot be unnested. */
  type: 'text' | 'bigint' | 'timestamptz' | 'boolean' | 'double precision' | 'json' | 'text[]'
  value: (row: R) => unknown
}

/** `insert into table (…) select … from unnest(…)`, with `tail` for the conflict clause. */
export function bulkInsert<R>(
  table: string,
  companyId: string,
  columns: readonly BulkColumn<R>[],
  rows: readonly R[],
  tail = '',
): RawBuilder<unknown> {
  const asText = (type: string) => type === 'text[]' || type === 'json'
  const arrays = columns.map((column) => {
    const values = rows.map((row) => {
      const value = column.value(row)
      return column.type === 'text[]' && value !== null
        ? arrayLiteral(value as readonly string[])
        : (value ?? null)
    })
    return sql`${values}::${sql.raw(asText(column.type) ? 'text' : column.type)}[]`
  })
  const names = columns.map(({ name }) => name)
  const picks = columns.map(({ name, type }) => (asText(type) ? `r.${name}::${type}` : `r.${name}`))
  return sql`insert into ${sql.raw(table)} (company_id, ${sql.raw(names.join(', '))})
    select ${companyId}, ${sql.raw(picks.join(', '))}
    from unnest(${sql.join(arrays)}) as r(${sql.raw(names.join(', '))}) ${sql.raw(tail)}`
}

/** A text array as PostgreSQL writes it. */
function arrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`
}
