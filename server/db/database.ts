// Opens the database: PostgreSQL when an address is given, otherwise the embedded engine. The SQL is the same.
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { EmbeddedDialect, EmbeddedEngine } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import type { Database } from '#server/db/schema.ts'

export type Db = Kysely<Database>

/** Thrown when the database cannot take the query now; nothing was committed. Answered as 503. */
export { DatabaseUnavailable } from '#server/db/unavailable.ts'

export interface DatabaseHandle {
  /** For reads and for writes that can wait. */
  db: Db
  /** For live commits; on the embedded engine they go ahead of everything that waits. */
  live: Db
  kind: 'embedded' | 'postgres'
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** PostgreSQL address; absent means embedded. */
  url?: string | undefined
  /** Folder of the embedded database; absent means in memory, for tests. */
  dataDir?: string | undefined
  /** Told when the embedded engine died and when it is back. */
  onState?: ((state: 'down' | 'up', reason?: string) => void) | undefined
}

// int8 as number, as the embedded engine gives it: positions and ids stay far below 2^53.
pg.types.setTypeParser(20, Number)

/** Opens, migrates and hands over. Rejects when another process has the folder, or the address does not answer. */
export async function openDatabase(options: DatabaseOptions): Promise<DatabaseHandle> {
  const handle = options.url ? openPostgres(options.url) : await openEmbedded(options)
  try {
    await migrate(handle.db)
  } catch (error) {
    await handle.close()
    throw error
  }
  return handle
}

function openPostgres(connectionString: string): DatabaseHandle {
  const open = (max: number) => {
    const pool = new pg.Pool({ connectionString, max })
    // A connection that dies while idle must not take the process with it; the next query reports it.
    pool.on('error', () => undefined)
    return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  }
  const db = open(8)
  const live = open(2)
  return {
    db,
    live,
    kind: 'postgres',
    close: async () => {
      await live.destroy()
      await db.destroy()
    },
  }
}

async function openEmbedded(options: DatabaseOptions): Promise<DatabaseHandle> {
  const engine = await EmbeddedEngine.open({ dataDir: options.dataDir, onState: options.onState })
  return {
    db: new Kysely<Database>({ dialect: new EmbeddedDialect(engine, 'normal') }),
    live: new Kysely<Database>({ dialect: new EmbeddedDialect(engine, 'live') }),
    kind: 'embedded',
    close: () => engine.close(),
  }
}
