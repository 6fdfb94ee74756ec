// Makes exports one after the other, beside everything else: at most two of a company run, on whichever node gets to them.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { DatabaseHandle, Db } from '#server/db/database.ts'
import { DatabaseUnavailable } from '#server/db/unavailable.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Clock } from '#server/domain/clock.ts'
import { ExportLost, leaseMs } from '#server/modules/exports/export-file.ts'
import type { ExportRow } from '#server/modules/exports/export-row.ts'
import { ExportStopped, makeExport } from '#server/modules/exports/make-export.ts'
import type { Logger } from '#server/telemetry/logger.ts'

export interface ExportRunnerOptions {
  database: Pick<DatabaseHandle, 'db' | 'kind'>
  clock: Clock
  log: Pick<Logger, 'warn'>
  /** How often it is looked for what another node left or put in the queue, ms. */
  everyMs?: number
}

export interface ExportRunner {
  /** Begins; what an earlier run of this server left is gone on with. */
  start(): Promise<void>
  /** Something was put in the queue. */
  wake(): void
  /** Stops working on an export that was cancelled. */
  drop(id: string): void
  /** Ends after the current slice; what is not finished goes on after the next start. */
  stop(): Promise<void>
}

/** Of one company, over all nodes; and of all companies, on this node. */
const atOnce = 2
/** An export that was begun so often and never came to an end is given up. */
const attemptsAtMost = 8
/** Any number, the same on every node: who holds it chooses the next export. */
const turnstile = 620_014

export function createExportRunner(options: ExportRunnerOptions): ExportRunner {
  const { database, clock, log, everyMs = 2000 } = options
  const { db } = database
  const node = randomUUID()
  const running = new Map<string, AbortController>()
  const works = new Set<Promise<void>>()
  let stopped = false
  let looking: Promise<void> | null = null
  let again = false
  let timer: unknown = null

  async function look(): Promise<void> {
    while (!stopped && running.size < atOnce) {
      const row = await claim(db, node, clock.now())
      if (!row) return
      const control = new AbortController()
      running.set(row.id, control)
      const work = run(row, control.signal).finally(() => {
        running.delete(row.id)
        works.delete(work)
        wake()
      })
      works.add(work)
    }
  }

  async function run(row: ExportRow, signal: AbortSignal): Promise<void> {
    const beat = clock.setInterval(() => void renew(db, row, clock.now()).catch(() => undefined), leaseMs / 3)
    try {
      if (row.attempts > attemptsAtMost)
        throw new ApiError('INTERNAL_ERROR', 'It was interrupted too often. Make a new export.')
      await makeExport({ db, clock }, row, signal)
    } catch (error) {
      await end(row, error)
    } finally {
      clock.clearInterval(beat)
    }
  }

  async function end(row: ExportRow, error: unknown): Promise<void> {
    // Of an outage nothing can be written down; the export goes on when its time is up.
    if (error instanceof ExportLost || error instanceof DatabaseUnavailable) return
    if (error instanceof ExportStopped) return release(db, row)
    if (!(error instanceof ApiError)) log.warn({ err: error }, 'an export failed')
    await fail(
      db,
      row,
      error instanceof ApiError ? error.message : 'The export could not be made. Try it again.',
      clock.now(),
    )
  }

  function wake(): void {
    if (stopped) return
    again = true
    looking ??= (async () => {
      while (again && !stopped) {
        again = false
        await look()
      }
    })()
      .catch((err: unknown) => {
        if (!(err instanceof DatabaseUnavailable)) log.warn({ err }, 'exports could not be looked for')
      })
      .finally(() => {
        looking = null
      })
  }

  return {
    async start() {
      // The embedded database has one server: whatever is held there, is held by one that is gone.
      if (database.kind === 'embedded')
        await sql`update exports set held_until = null where state = 'running'`.execute(db)
      timer = clock.setInterval(wake, everyMs)
      wake()
    },
    wake,
    drop: (id) => running.get(id)?.abort(),
    async stop() {
      stopped = true
      if (timer !== null) clock.clearInterval(timer)
      for (const control of running.values()) control.abort()
      await looking
      await Promise.allSettled(works)
    },
  }
}

/** Takes the next export that waits, or that nobody works on any more; null when there is none. */
async function claim(db: Db, node: string, now: number): Promise<ExportRow | null> {
  const at = sql`${new Date(now).toISOString()}::timestamptz`
  const due = sql`(e.state = 'queued' or (e.state = 'running' and coalesce(e.held_until, '-infinity') < ${at}))
    and (select count(*) from exports r where r.company_id = e.company_id and r.state = 'running' and r.held_until >= ${at}) < ${atOnce}::int`
  const waiting = await sql`select 1 from exports e where ${due} limit 1`.execute(db)
  if (waiting.rows.length === 0) return null
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${turnstile})`.execute(tx)
    const { rows } = await sql<ExportRow>`update exports x set state = 'running', holder = ${node},
        held_until = ${new Date(now + leaseMs).toISOString()}::timestamptz, started_at = coalesce(x.started_at, ${at}),
        attempts = x.attempts + 1
      from (select e.company_id, e.id from exports e where ${due} order by e.created_at, e.id limit 1) next
      where x.company_id = next.company_id and x.id = next.id returning x.*`.execute(tx)
    return rows[0] ?? null
  })
}

type Held = Pick<ExportRow, 'company_id' | 'id' | 'holder'>

const own = ({ company_id, id, holder }: Held) =>
  sql`company_id = ${company_id} and id = ${id} and holder = ${holder} and state = 'running'`

const renew = (db: Db, row: Held, now: number) =>
  sql`update exports set held_until = ${new Date(now + leaseMs).toISOString()}::timestamptz where ${own(row)}`.execute(
    db,
  )

async function release(db: Db, row: Held): Promise<void> {
  await sql`update exports set held_until = null where ${own(row)}`.execute(db)
}

async function fail(db: Db, row: ExportRow, error: string, now: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`update exports set state = 'failed', error = ${error}, finished_at = ${new Date(now).toISOString()}::timestamptz
      where ${own(row)}`.execute(tx)
    await sql`delete from export_pieces where company_id = ${row.company_id} and export_id = ${row.id}`.execute(
      tx,
    )
  })
}
