// The reference: the rows a measured server wrote, inserted again by a loop without HTTP, signatures, rules or promises.
import { sql } from 'kysely'
import { register } from 'tsx/esm/api'
import { readWritten, slice } from './written.mjs'

register()
const { openDatabase } = await import('#server/db/database.ts')
const { LongText, LongValue } = await import('#server/db/long-value.ts')
const { createCompany } = await import('#server/db/create-company.ts')
const { bulkInsert } = await import('#server/ingest/bulk.ts')
/** Facts whose rows go into one transaction: as many as the server takes together at most. */
const { defaultGroupFacts: factsPerBatch } = await import('#server/ingest/ingest.ts')

const companyId = 'demo'

/** `on conflict … do update`, as the server has it for rows that change. */
const overwriting = (columns, ...key) =>
  `on conflict (company_id, ${key.join(', ')}) do update set ${columns
    .filter(({ name }) => !key.includes(name))
    .map(({ name }) => `${name} = excluded.${name}`)
    .join(', ')}`

/** The statement with the texts of its columns, which the server makes while it sends them. */
const made = (statement) => ({
  ...statement,
  parameters: statement.parameters.map((value) =>
    value instanceof LongValue ? new LongText(value.text) : value,
  ),
})

/** The statements of one transaction, compiled before anything is timed. */
function statements(db, written, part, index, count) {
  const compiled = []
  const { tables, calls, history, columns } = written
  const add = (table, rows, tail) => {
    if (rows.length > 0)
      compiled.push(made(bulkInsert(table, companyId, columns[table], rows, tail).compile(db)))
  }
  const of = (table) => slice(tables[table][part], index, count)
  const log = of('log')
  const touched = [...new Set(log.map((row) => row.call_id))].map((id) => calls.get(id))
  const ended = log.filter(({ event }) => event === 'call.ended').map((row) => history.get(row.call_id))
  const words = of('call_words')
  add('deliveries', of('deliveries'))
  add('calls', touched, overwriting(columns.calls, 'id'))
  add('interactions', of('interactions'))
  add('escalations', of('escalations'))
  add('alerts', of('alerts'))
  // Sums for analytics follow from these by the schema itself, here as there.
  add('call_history', ended, overwriting(columns.call_history, 'id'))
  add('log', log)
  add('audit_entries', of('audit_entries'))
  const head = log.at(-1)?.seq ?? 0
  compiled.push(sql`update company_heads set head = ${head} where company_id = ${companyId}`.compile(db))
  add('call_words', words)
  if (words.length > 0)
    compiled.push(
      sql`update call_history set worded = true where company_id = ${companyId}
        and id = any(${words.map(({ call_id }) => call_id)}::text[])`.compile(db),
    )
  return compiled
}

async function commit(live, compiled) {
  await live.transaction().execute(async (tx) => {
    for (const statement of compiled) await tx.executeQuery(statement)
  })
}

async function insertAll(handle, written, part, facts) {
  const count = Math.max(1, Math.round(facts / factsPerBatch))
  const batches = Array.from({ length: count }, (_, index) =>
    statements(handle.live, written, part, index, count),
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
  const database = await openDatabase(source)
  const written = await readWritten(database.db, companyId, from)
  await database.close()
  const handle = await openDatabase(into)
  try {
    await createCompany(handle.db, {
      id: companyId,
      slug: companyId,
      name: companyId,
      webhookSecret: '',
      now: Date.now(),
    })
    await insertAll(handle, written, 'before', written.tables.log.before.length)
    const seconds = await insertAll(handle, written, 'timed', facts)
    const timed = Object.entries(written.tables).map(([table, rows]) => [table, rows.timed.length])
    return {
      rate: facts / seconds,
      rows: Object.fromEntries(timed),
      entries: written.tables.log.timed.length,
    }
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
