import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createCompany } from '#server/db/create-company.ts'
import { migrate } from '#server/db/migrate.ts'
import { useDatabase } from '#tests/support/database.ts'

const database = useDatabase()

interface Column {
  table_name: string
  column_name: string
  data_type: string
}

const schema = async () =>
  (
    await sql<Column>`select table_name, column_name, data_type from information_schema.columns
      where table_schema = 'public' order by table_name, column_name`.execute(database().db)
  ).rows

test('migrating again changes neither the schema nor the data', async () => {
  const { db } = database()
  await createCompany(db, { id: 'kept', slug: 'kept', name: 'Kept', webhookSecret: 'whsec_kept', now: 0 })
  const head = () =>
    db.selectFrom('company_heads').selectAll().where('company_id', '=', 'kept').executeTakeFirstOrThrow()
  const before = { schema: await schema(), head: await head() }
  expect(before.schema.length).toBeGreaterThan(50)
  await migrate(db)
  await Promise.all([migrate(db), migrate(db)])
  expect({ schema: await schema(), head: await head() }).toEqual(before)
})

test('every table of the product names its company', async () => {
  const columns = await schema()
  const tables = new Set(
    columns.map(({ table_name }) => table_name).filter((name) => !name.startsWith('kysely_')),
  )
  const withCompany = new Set(
    columns.filter(({ column_name }) => column_name === 'company_id').map(({ table_name }) => table_name),
  )
  tables.delete('companies')
  expect([...tables].filter((name) => !withCompany.has(name))).toEqual([])
  expect(tables.size).toBeGreaterThanOrEqual(12)
})

test('a company that is there already is refused, and its log keeps its name', async () => {
  const { db } = database()
  const company = { id: 'twice', slug: 'twice', name: 'Twice', webhookSecret: 'whsec_twice', now: 0 }
  await createCompany(db, company)
  const logOf = () =>
    db
      .selectFrom('company_heads')
      .select('log_id')
      .where('company_id', '=', 'twice')
      .executeTakeFirstOrThrow()
  const before = await logOf()
  await expect(createCompany(db, company)).rejects.toThrow()
  await expect(createCompany(db, { ...company, id: 'other' })).rejects.toThrow()
  expect(await logOf()).toEqual(before)
  const other = db.selectFrom('company_heads').selectAll().where('company_id', '=', 'other').execute()
  expect(await other).toEqual([])
})
