// The reference: the rows a measured server wrote, inserted again by a loop without HTTP, signatures, rules or promises.
import { sql } from 'kysely'
import { register } from 'tsx/esm/api'

register()
const { openDatabase } = await import('#server/db/database.ts')
const { createCompany } = await import('#server/db/create-company.ts')
const { bulkInsert } = await import('#server/ingest/bulk.ts')

/** Facts whose rows go into one transaction: as many as the server takes together at most. */
const factsPerBatch = 500
const companyId = 'demo'

/** Tables by the column that puts their rows in order, and the one that says when they were written. */
const tables = {
  log: { order: 'seq', at: 'at' },
  interactions: { order: 'id', at: 'at' },
  escalations: { order: 'id', at: 'requested_at' },
  deliveries: { order: 'at', at: 'at' },
}

/** Names and types of a table's columns, for `bulkInsert`. */
async function columnsOf(db, table) {
  const { rows } = await sql`select column_name as name, data_type as type from information_schema.columns
    where table_schema = current_schema() and table_name = ${table} order by ordinal_position`.execute(db)
  const short = { ARRAY: 'text[]', 'timestamp with time zone': 'timestamptz' }
  return rows
    .filter(({ name }) => name !== 'company_id')
    .map(({ name, type }) => ({ name, type: short[type] ?? type, value: (row) => row[name] }))
}

/** All rows of the company in a table, arrays as arrays, JSON and instants as text. */
async function readRows(db, table, columns, tail = '') {
  const picks = columns.map(({ name, type }) =>
    type === 'json' || type === 'timestamptz' ? `${name}::text as ${name}` : name,
  )
  const { rows } = await sql`select ${sql.raw(picks.join(', '))} from ${sql.raw(table)}
    where company_id = ${companyId} ${sql.raw(tail)}`.execute(db)
  return rows
}

async function readProduct(db, from) {
  const read = {}
  for (const [table, { order, at }] of Object.entries(tables)) {
    const columns = await columnsOf(db, table)
    const rows = await readRows(db, table, columns, `order by ${order}`)
    const cut = rows.findIndex((row) => Date.parse(row[at]) >= from)
    const split = cut < 0 ? rows.length : cut
    read[table] = { columns, before: rows.slice(0, split), timed: rows.slice(split) }
  }
  const columns = await columnsOf(db, 'calls')
  const calls = await readRows(db, 'calls', columns)
  return { read, calls: { columns, rows: new Map(calls.map((row) => [row.id, row])) } }
}

/** The `index`th of `count` equal slices. */
const slice = (rows, index, count) =>
  rows.slice(Math.floor((index * rows.length) / count), Math.floor(((index + 1) * rows.length) / count))

/** The statements of one transaction, compiled before anything is timed. */
function statements(db, { read, calls }, part, index, count) {
  const compiled = []
  const add = (table, columns, rows, tail) => {
    if (rows.length > 0) compiled.push(bulkInsert(table, companyId, columns, rows, tail).compile(db))
  }
  const log = slice(read.log[part], index, count)
  const touched = [...new Set(log.map((row) => row.call_id))].map((id) => calls.rows.get(id))
  const updates = calls.columns.slice(1).map(({ name }) => `${name} = excluded.${name}`)
  add('deliveries', read.deliveries.columns, slice(read.deliveries[part], index, count))
  add('calls', calls.columns, touched, `on conflict (company_id, id) do update set ${updates.join(', ')}`)
  add('interactions', read.interactions.columns, slice(read.interactions[part], index, count))
  add('escalations', read.escalations.columns, slice(read.escalations[part], index, count))
  add('log', read.log.columns, log)
  const head = log.at(-1)?.seq ?? 0
  compiled.push(sql`update company_heads set head = ${head} where company_id = ${companyId}`.compile(db))
  return compiled
}

async function commit(live, compiled) {
  await live.transaction().execute(async (tx) => {
    for (const statement of compiled) await tx.executeQuery(statement)
  })
}

async function insertAll(handle, product, part, facts) {
  const count = Math.max(1, Math.round(facts / factsPerBatch))
  const batches = Array.from({ length: count }, (_, index) =>
    statements(handle.live, product, part, index, count),
  )
  const began = performance.now()
  for (const compiled of batches) await commit(handle.live, compiled)
  return (performance.now() - began) / 1000
}

/**
 * Reads what the server wrote from `source` (rows before the epoch ms `from` are laid down untimed) and inserts it into
 * the empty database `into`.
 */
async function run({ source, into, from, facts }) {
  const written = await openDatabase(source)
  const product = await readProduct(written.db, from)
  await written.close()
  const handle = await openDatabase(into)
  try {
    await createCompany(handle.db, {
      id: companyId,
      slug: companyId,
      name: companyId,
      webhookSecret: '',
      now: Date.now(),
    })
    await insertAll(handle, product, 'before', product.read.log.before.length)
    const seconds = await insertAll(handle, product, 'timed', facts)
    const rows = Object.values(product.read).reduce((sum, { timed }) => sum + timed.length, 0)
    return { rate: facts / seconds, rows, entries: product.read.log.timed.length }
  } finally {
    await handle.close()
  }
}

process.once('message', (task) => {
  void run(task).then(
    (outcome) => process.send({ outcome }, () => process.exit(0)),
    (error) => process.send({ error: String(error?.stack ?? error) }, () => process.exit(1)),
  )
})
