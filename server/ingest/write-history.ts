// Stores calls of the past: the rows of the live path without its log, which tells of nothing that nobody could have missed.
import { sql } from 'kysely'
import type { Db } from '#server/db/database.ts'
import { ScoreText } from '#server/ingest/score-text.ts'
import { type GroupRows, rowInserts } from '#server/ingest/write-rows.ts'

export type HistoryRows = Omit<GroupRows, 'log' | 'alerts' | 'kept' | 'scoreText' | 'rulesStay' | 'supposed'>

/** A block of numeric ids: those above `from`, up to `upTo`. */
export interface IdBlock {
  from: number
  upTo: number
}

/**
 * Takes the next `count` numeric ids of the company; of the block `before`, those above `used` are given back when nobody took
 * any since. The log's position stays as it is: a live writer finds the counter moved, reads it anew and goes on.
 */
export async function takeIds(
  db: Db,
  companyId: string,
  count: number,
  before?: { block: IdBlock; used: number },
): Promise<IdBlock> {
  const end = before?.block.upTo ?? -1
  const { rows } = await sql<{ last_id: number }>`update company_heads
    set last_id = (case when last_id = ${end}::bigint then ${before?.used ?? 0}::bigint else last_id end) + ${count}::bigint
    where company_id = ${companyId} returning last_id`.execute(db)
  const upTo = rows[0]?.last_id
  if (upTo === undefined) throw new Error('The company has no log.')
  return { from: upTo - count, upTo }
}

/** Stores calls that are over, all of them or none. */
export async function writeHistory(db: Db, companyId: string, rows: HistoryRows): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const insert of rowInserts(companyId, {
      ...rows,
      alerts: [],
      log: [],
      kept: [],
      scoreText: () => new ScoreText(),
      rulesStay: new Set(),
      supposed: new Set(),
    }))
      await insert.execute(tx)
  })
}

/** Lets the planner know what has come, once all is there. */
export async function analyzeHistory(db: Db): Promise<void> {
  for (const table of [
    'calls',
    'interactions',
    'escalations',
    'interventions',
    'notes',
    'followups',
    'call_history',
    'call_cells',
    'call_tallies',
  ])
    await sql`analyze ${sql.table(table)}`.execute(db)
}
