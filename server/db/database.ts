// Opens the database: PostgreSQL when an address is given, otherwise the embedded engine. The SQL is the same.
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { EmbeddedDialect, EmbeddedEngine } from '#server/db/embedded.ts'
import { migrate } from '#server/db/migrate.ts'
import type { Database } from '#server/db/schema.ts'
import { sendLong } from '#server/db/send-long.ts'
import { DatabaseUnavailable, meansUnavailable } from '#server/db/unavailable.ts'
import { isLong } from '#server/db/wire-message.ts'

export type Db = Kysely<Database>

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
  /** Dump of a data folder that a database in memory begins with; tests are spared the making of one. */
  template?: string | undefined
  /** Told when the embedded engine died and when it is back. */
  onState?: ((state: 'down' | 'up', reason?: string) => void) | undefined
}

// int8 as number, as the embedded engine gives it: positions and ids stay far below 2^53.
pg.types.setTypeParser(20, Number)

/** A server that does not answer, or a pool that is used up, is told as an outage after this long. */
const connectWithinMs = 5000

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
    const pool = new pg.Pool({ connectionString, max, connectionTimeoutMillis: connectWithinMs })
    // A connection that dies while idle must not take the process with it; the next query reports it.
    pool.on('error', () => undefined)
    return new Kysely<Database>({ dialect: new PostgresDialect({ pool: sayingUnavailable(pool) }) })
  }
  const db = open(8)
  const live = open(4)
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

/** The pool, with outages told as `DatabaseUnavailable` in place of a dozen codes. */
function sayingUnavailable(pool: pg.Pool): PostgresPool {
  const translate = (error: unknown): never => {
    throw meansUnavailable(error) ? new DatabaseUnavailable(error) : error
  }
  return {
    async connect() {
      const client = await pool.connect().catch(translate)
      // A connection that dies while it is held reports through its query.
      client.on('error', () => undefined)
      return {
        query: (sql: string, params?: readonly unknown[]) =>
          (params && isLong(params)
            ? sendLong(client, sql, params)
            : client.query(sql, params as unknown[])
          ).catch(translate),
        release: () => {
          client.removeAllListeners('error')
          client.release()
        },
      } as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
  }
}

async function openEmbedded(options: DatabaseOptions): Promise<DatabaseHandle> {
  const engine = await EmbeddedEngine.open({
    dataDir: options.dataDir,
    template: options.template,
    onState: options.onState,
  })
  return {
    db: new Kysely<Database>({ dialect: new EmbeddedDialect(engine, 'normal') }),
    live: new Kysely<Database>({ dialect: new EmbeddedDialect(engine, 'live') }),
    kind: 'embedded',
    close: () => engine.close(),
  }
}
