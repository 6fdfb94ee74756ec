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
/** A step that took this long is halved, one that took a third is doubled, ms; waiting for a turn does not count. */
const longMs = 15

/** Indexes up to `count` calls of any company that wait for it; how many there were, and the database's own ms for it. */
export async function indexWords(db: Db, count: number): Promise<{ done: number; took: number }> {
  const { rows } = await sql<{
    done: number
    took: number
  }>`select done, took from index_words(${count})`.execute(db)
  return rows[0] ?? { done: 0, took: 0 }
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
      const { done, took } = await indexWords(db, count)
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
