// A fresh database for a test file: the embedded engine in memory, or PostgreSQL when TEST_DATABASE_URL names one.
import { afterAll, beforeAll } from 'vitest'
import { type DatabaseHandle, openDatabase } from '#server/db/database.ts'

/** Opens before the file's tests and closes after them; `current()` gives the handle. */
export function useDatabase(): () => DatabaseHandle {
  let handle: DatabaseHandle | undefined
  beforeAll(async () => {
    handle = await openDatabase({})
  })
  afterAll(() => handle?.close())
  return () => {
    if (!handle) throw new Error('The database opens in beforeAll.')
    return handle
  }
}
