// A fresh database for a test file: the embedded engine in memory, or PostgreSQL when TEST_DATABASE_URL names one.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { type DatabaseHandle, openDatabase } from '#server/db/database.ts'

/** Migrated, and empty unless the demo people are asked for, whom `seedDemo` then finds. On PostgreSQL it is a database of its own, which goes when it is closed. */
export async function openTestDatabase({
  server = process.env['TEST_DATABASE_URL'],
  demo = false,
} = {}): Promise<DatabaseHandle> {
  if (!server) return openDatabase({ template: inject('databaseTemplate')[demo ? 'demo' : 'empty'] })
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(server, `create database ${name}`)
  const handle = await openDatabase({ url: Object.assign(new URL(server), { pathname: `/${name}` }).href })
  return {
    ...handle,
    async close() {
      await handle.close()
      await administer(server, `drop database ${name} with (force)`)
    },
  }
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** Opens before the file's tests and closes after them; `current()` gives the handle. */
export function useDatabase(): () => DatabaseHandle {
  let handle: DatabaseHandle | undefined
  beforeAll(async () => {
    handle = await openTestDatabase()
  })
  afterAll(() => handle?.close())
  return () => {
    if (!handle) throw new Error('The database opens in beforeAll.')
    return handle
  }
}
