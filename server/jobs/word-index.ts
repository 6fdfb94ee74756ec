// Indexes what was said on calls that ended, a second later and in small steps, so that storing a line stays cheap.
import { sql } from 'kysely'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Logger } from '#server/telemetry/logger.ts'

export interface WordIndexOptions {
  db: Db
  clock: Clock
  log: Pick<Logger, 'warn'>
  everyMs?: number
}

const fewest = 2
const most = 64
/** A step that took this long is halved, one that took a third is doubled, ms. */
const longMs = 15

/** Indexes up to `count` calls of any company that wait for it; how many there were. */
export function indexWords(db: Db, count: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    // Locked before their lines are read: a line that comes meanwhile asks for the call once more.
    const due = await sql<{ company_id: string; id: string }>`select company_id, id from call_history
      where not worded order by company_id, id limit ${count} for update skip locked`.execute(tx)
    if (due.rows.length === 0) return 0
    const companies = due.rows.map(({ company_id }) => company_id)
    const ids = due.rows.map(({ id }) => id)
    const wanted = sql`unnest(${companies}::text[], ${ids}::text[]) as due(company_id, id)`
    // A text vector has an end: of a call that talks for days its beginning is found.
    await sql`insert into call_words (company_id, call_id, words)
      select due.company_id, due.id, to_tsvector('english', left(coalesce(string_agg(l.text, ' ' order by l.id), ''), 400000))
      from ${wanted} left join interactions l on l.company_id = due.company_id and l.call_id = due.id
      group by due.company_id, due.id
      on conflict (company_id, call_id) do update set words = excluded.words
        where call_words.words <> excluded.words`.execute(tx)
    await sql`update call_history h set worded = true from ${wanted}
      where h.company_id = due.company_id and h.id = due.id`.execute(tx)
    return due.rows.length
  })
}

/**
 * Tells the planner how many rows there are: the embedded engine has nobody who does, and would sort what an index holds
 * in order. Looks at 3,000 rows of each table.
 */
async function tellPlanner(db: Db): Promise<void> {
  await sql`analyze calls (company_id, id)`.execute(db)
  await sql`analyze call_history (company_id, id, started_at)`.execute(db)
  await sql`analyze call_words (company_id)`.execute(db)
}

/** Starts the rounds; the returned function stops them and resolves when the current step is over. */
export function startWordIndex({ db, clock, log, everyMs = 1000 }: WordIndexOptions): () => Promise<void> {
  let stopped = false
  let round: Promise<void> | null = null
  let count = 8
  /** Calls that were indexed since the planner was told, and from how many on it is told again. */
  let news = 0
  let tellFrom = 0

  async function work(): Promise<void> {
    while (!stopped) {
      const begun = clock.now()
      const done = await indexWords(db, count)
      const took = clock.now() - begun
      news += done
      if (tellFrom === 0 || news >= tellFrom) {
        await tellPlanner(db)
        tellFrom = Math.max(1000, tellFrom + news / 2)
        news = 0
      }
      // A long backlog, as after an import, is left to the next round now and then: others want the database too.
      if (done < count) return
      if (took >= longMs) {
        count = Math.max(fewest, count / 2)
        await new Promise<void>((resolve) => void clock.setTimeout(resolve, took / 2))
      } else if (took <= longMs / 3) count = Math.min(most, count * 2)
    }
  }

  const timer = clock.setInterval(() => {
    round ??= work()
      .catch((err: unknown) =>
        log.warn({ err }, 'words of ended calls could not be indexed; they are tried again'),
      )
      .finally(() => {
        round = null
      })
  }, everyMs)
  return async () => {
    stopped = true
    clock.clearInterval(timer)
    await round
  }
}
