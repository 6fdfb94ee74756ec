// What a measured server has written, table by table: before the measuring began, and while it was measured.
import { sql } from 'kysely'

/**
 * Tables whose rows are inserted once, by what puts them in order. `xmin` is the transaction that wrote a row: what jobs
 * write beside the facts belongs to the measuring where its transaction lies between those of the measured log.
 */
const inserted = {
  log: 'seq',
  interactions: 'id',
  escalations: 'id',
  alerts: 'active_at',
  audit_entries: 'seq',
  deliveries: 'at',
  call_words: 'xmin::text::bigint',
}
/** What the load brings about no rows of; a server that writes some all the same would be compared with less than its work. */
const unexpected = ['notes', 'interventions', 'followups', 'exports']

/** Names and types of a table's columns, for `bulkInsert`. */
async function columnsOf(db, table) {
  const { rows } = await sql`select column_name as name, data_type as type from information_schema.columns
    where table_schema = current_schema() and table_name = ${table} order by ordinal_position`.execute(db)
  const short = { ARRAY: 'text[]', 'timestamp with time zone': 'timestamptz' }
  return rows
    .filter(({ name }) => name !== 'company_id')
    .map(({ name, type }) => ({ name, type: short[type] ?? type, value: (row) => row[name] }))
}

const asText = new Set(['json', 'jsonb', 'timestamptz', 'tsvector'])

/** All rows of the company in a table with the transaction that wrote them, arrays as arrays, what is not plain as text. */
async function readRows(db, companyId, table, columns, tail = '') {
  const picks = columns.map(({ name, type }) => (asText.has(type) ? `${name}::text as ${name}` : name))
  const { rows } = await sql`select xmin::text::bigint as written_by, ${sql.raw(picks.join(', '))}
    from ${sql.raw(table)} where company_id = ${companyId} ${sql.raw(tail)}`.execute(db)
  return rows
}

/**
 * @typedef {object} Written
 * @property {Record<string, object[]>} columns by table
 * @property {Record<string, { before: object[], timed: object[] }>} tables rows in order
 * @property {Map<string, object>} calls as they are in the end, by id
 * @property {Map<string, object>} history rows of ended calls as they are when a call ends, by id
 */

/**
 * Rows of `db` from before the epoch ms `from`, and of the measuring from then on.
 * @returns {Promise<Written>}
 */
export async function readWritten(db, companyId, from) {
  for (const table of unexpected) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db)
    if (rows.length > 0) throw new Error(`The server wrote to ${table}, which the reference leaves out.`)
  }
  const columns = {}
  const all = {}
  for (const [table, order] of Object.entries(inserted)) {
    columns[table] = await columnsOf(db, table)
    all[table] = await readRows(db, companyId, table, columns[table], `order by ${order}`)
  }
  const timedLog = all.log.filter(({ at }) => Date.parse(at) >= from)
  const writers = timedLog.map(({ written_by }) => written_by)
  const first = writers.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)
  const last = writers.reduce((most, one) => Math.max(most, one), 0)
  const tables = {}
  for (const table of Object.keys(inserted))
    tables[table] = {
      before: all[table].filter(({ written_by }) => written_by < first),
      timed: all[table].filter(({ written_by }) => written_by >= first && written_by <= last),
    }
  for (const table of ['calls', 'call_history']) columns[table] = await columnsOf(db, table)
  const calls = await readRows(db, companyId, 'calls', columns.calls)
  const history = await readRows(db, companyId, 'call_history', columns.call_history)
  return {
    columns,
    tables,
    calls: new Map(calls.map((row) => [row.id, row])),
    history: new Map(history.map((row) => [row.id, { ...row, worded: false }])),
  }
}

/** The `index`th of `count` equal slices. */
export const slice = (rows, index, count) =>
  rows.slice(Math.floor((index * rows.length) / count), Math.floor(((index + 1) * rows.length) / count))
