// Goes through the days of all companies, one every few minutes, and counts anew what is not counted right.
import type { Db } from '#server/db/database.ts'
import { isCountedRight, nextDayWithCalls, recountDay } from '#server/db/recount.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Logger } from '#server/telemetry/logger.ts'

export interface SumsCheckOptions {
  db: Db
  clock: Pick<Clock, 'setInterval' | 'clearInterval'>
  log: Pick<Logger, 'warn'>
  everyMs?: number
}

const dayMs = 24 * 3600_000

/** Checks one day a step, oldest first, company after company; `step` is for tests. */
export function createSumsCheck({ db, log }: Pick<SumsCheckOptions, 'db' | 'log'>) {
  let company: string | null = null
  let from = 0

  /** The company behind `company`, by id; the first one after the last. */
  async function nextCompany(): Promise<string | null> {
    const companies = await db.selectFrom('companies').select('id').orderBy('id').execute()
    const ids = companies.map(({ id }) => id)
    return ids[(company === null ? -1 : ids.indexOf(company)) + 1] ?? null
  }

  return {
    /** True when there was a day to look at; false when a round is over. */
    async step(): Promise<boolean> {
      while (true) {
        const day = company === null ? null : await nextDayWithCalls(db, company, from)
        if (company !== null && day !== null) {
          from = day + dayMs
          if (await isCountedRight(db, company, day)) return true
          await recountDay(db, company, day)
          log.warn(
            { companyId: company, day: new Date(day).toISOString() },
            'sums of a day were counted anew',
          )
          return true
        }
        company = await nextCompany()
        from = 0
        if (company === null) return false
      }
    },
  }
}

/** Starts the steps; the returned function stops them and resolves when the current one is over. */
export function startSumsCheck(options: SumsCheckOptions): () => Promise<void> {
  const { clock, log, everyMs = 5 * 60_000 } = options
  const check = createSumsCheck(options)
  let running: Promise<unknown> | null = null
  const timer = clock.setInterval(() => {
    running ??= check
      .step()
      .catch((err: unknown) => log.warn({ err }, 'sums could not be checked; they are tried again'))
      .finally(() => {
        running = null
      })
  }, everyMs)
  return async () => {
    clock.clearInterval(timer)
    await running
  }
}
