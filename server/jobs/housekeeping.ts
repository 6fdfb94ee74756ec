// Keeps the log and the deliveries within their age, in small bites, so that no live commit waits behind a long delete.
import { sql } from 'kysely'
import { protocolDefaults } from '#contract/protocol.ts'
import type { DatabaseHandle } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import { expireExports } from '#server/jobs/expire-exports.ts'
import type { Logger } from '#server/telemetry/logger.ts'

export interface HousekeepingOptions {
  database: DatabaseHandle
  clock: Clock
  log: Pick<Logger, 'warn'>
  /** The log keeps entries this young (P2), ms. */
  logAgeMs?: number
  /** And at most this many a company. */
  logEntries?: number
  /** A delivery's id is remembered this long, ms; signatures are refused after five minutes. */
  deliveryAgeMs?: number
  everyMs?: number
}

const bite = 2000
/** What is rewritten or taken away all day. */
const vacuumed = [
  'log',
  'calls',
  'deliveries',
  'company_heads',
  'call_cells',
  'call_tallies',
  'exports',
  'export_pieces',
] as const
const day = 24 * 3600_000

/** Starts the rounds; the returned function stops them and resolves when the current one is over. */
export function startHousekeeping(options: HousekeepingOptions): () => Promise<void> {
  const { clock, log } = options
  let stopped = false
  let round: Promise<void> | null = null
  const run = () => {
    round ??= sweep(options, () => stopped)
      .catch((err: unknown) => log.warn({ err }, 'housekeeping failed; it is tried again'))
      .finally(() => {
        round = null
      })
  }
  const timer = clock.setInterval(run, options.everyMs ?? 10 * 60_000)
  return async () => {
    stopped = true
    clock.clearInterval(timer)
    await round
  }
}

/** One round over everything. */
export async function sweep(
  options: HousekeepingOptions,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const { database, clock } = options
  const { db } = database
  const ago = (ms: number) => new Date(clock.now() - ms).toISOString()
  const logAge = ago(options.logAgeMs ?? protocolDefaults.logAgeMs)
  const heads = await db.selectFrom('company_heads').select(['company_id', 'head']).execute()
  for (const { company_id, head } of heads) {
    const oldest = head - (options.logEntries ?? protocolDefaults.logEntries)
    // Only from the front of the log: what is left is always without a hole.
    const cut = sql`delete from log where company_id = ${company_id} and seq in (
      select seq from log where company_id = ${company_id} order by seq limit ${bite})
      and (seq <= ${oldest} or at < ${logAge}::timestamptz)`
    await repeat(() => cut.execute(db), isStopped)
  }
  const deliveryAge = ago(options.deliveryAgeMs ?? day)
  const forget = sql`delete from deliveries where (company_id, id) in (
    select company_id, id from deliveries where at < ${deliveryAge}::timestamptz limit ${bite})`
  await repeat(() => forget.execute(db), isStopped)
  await expireExports(db, clock.now(), isStopped)
  // What nodes that died have left; nobody believed it any more for long.
  await sql`delete from node_presence where seen_at < clock_timestamp() - interval '1 hour'`.execute(db)
  // PostgreSQL looks after itself; the embedded engine has nobody to vacuum for it.
  if (database.kind === 'embedded' && !isStopped())
    for (const table of vacuumed) await sql`vacuum (analyze) ${sql.table(table)}`.execute(db)
}

async function repeat(
  step: () => Promise<{ numAffectedRows?: bigint | undefined }>,
  isStopped: () => boolean,
): Promise<void> {
  while (!isStopped()) if (Number((await step()).numAffectedRows ?? 0) < bite) return
}
