// Takes away the files of exports when their time is up, and what is remembered of them later.
import { sql } from 'kysely'
import type { Db } from '#server/db/database.ts'

/** Pieces deleted in one statement: some megabytes. */
const bite = 20
/** How long an export stays on its owner's list after it was asked for, ms. */
const rememberedMs = 8 * 24 * 3600_000

/** One round; `now` in epoch ms. */
export async function expireExports(db: Db, now: number, isStopped: () => boolean): Promise<void> {
  const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`
  await sql`update exports set state = 'expired' where state = 'done' and expires_at <= ${at(now)}`.execute(
    db,
  )
  const forget = sql`delete from export_pieces where (company_id, export_id, place) in (
    select p.company_id, p.export_id, p.place from export_pieces p
      join exports e on e.company_id = p.company_id and e.id = p.export_id
    where e.state in ('expired', 'cancelled', 'failed') limit ${bite})`
  while (!isStopped()) if (Number((await forget.execute(db)).numAffectedRows ?? 0) < bite) break
  await sql`delete from exports where created_at < ${at(now - rememberedMs)}
    and state in ('expired', 'cancelled', 'failed')`.execute(db)
}
