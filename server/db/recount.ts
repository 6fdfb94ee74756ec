// Looks whether the kept sums of a day are those of its calls, and counts them anew where they are not.
import { sql } from 'kysely'
import type { Db } from '#server/db/database.ts'
import { type SumTable, addCells, cellsOf, sumTables } from '#server/db/call-sums.ts'

const dayMs = 24 * 3600_000
const tables: readonly SumTable[] = ['call_cells', 'call_tallies']

/** The first day of UTC (epoch ms) from `from` on in which calls of the company started; null when there is none. */
export async function nextDayWithCalls(db: Db, companyId: string, from: number): Promise<number | null> {
  const { rows } = await sql<{ at: Date }>`select started_at as at from call_history
    where company_id = ${companyId} and started_at >= ${new Date(from).toISOString()}::timestamptz
    order by started_at limit 1`.execute(db)
  const at = rows[0]?.at.getTime()
  return at === undefined ? null : Math.floor(at / dayMs) * dayMs
}

const bounds = (day: number) => [new Date(day).toISOString(), new Date(day + dayMs).toISOString()] as const

/** Ended calls of the day as SQL text; ids of companies come from the database, and are quoted. */
function callsOf(companyId: string, day: number): string {
  const [from, until] = bounds(day)
  return `select * from call_history where company_id = '${companyId.replaceAll("'", "''")}'
    and started_at >= '${from}' and started_at < '${until}'`
}

/** True when every kept sum of the day is what counting its calls gives; in one statement, so whatever is committed meanwhile. */
export async function isCountedRight(db: Db, companyId: string, day: number): Promise<boolean> {
  const [from, until] = bounds(day)
  for (const table of tables) {
    const { names, sums } = sumTables[table]
    const columns = sql.raw(
      ['grain', 'slot', 'business_id', 'direction', ...names, ...sums.map(({ name }) => name)].join(', '),
    )
    const kept = sql`select ${columns} from ${sql.raw(table)} where company_id = ${companyId}
      and slot >= ${from}::timestamptz and slot < ${until}::timestamptz and calls <> 0`
    const counted = sql`select ${columns} from (${sql.raw(cellsOf(table, callsOf(companyId, day), false))}) counted`
    const { rows } = await sql<{ differ: boolean }>`select exists ((${kept}) except (${counted}))
      or exists ((${counted}) except (${kept})) as differ`.execute(db)
    if (rows[0]?.differ) return false
  }
  return true
}

/** Counts the day anew while no live commit of the company can come between. */
export async function recountDay(db: Db, companyId: string, day: number): Promise<void> {
  const [from, until] = bounds(day)
  await db.transaction().execute(async (tx) => {
    await sql`select 1 from company_heads where company_id = ${companyId} for update`.execute(tx)
    for (const table of tables) {
      await sql`delete from ${sql.raw(table)} where company_id = ${companyId}
        and slot >= ${from}::timestamptz and slot < ${until}::timestamptz`.execute(tx)
      await sql.raw(addCells(table, callsOf(companyId, day), false)).execute(tx)
    }
  })
}
