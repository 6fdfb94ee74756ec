// What the server does by itself so that its tables stay small, searchable and counted right: started and stopped as one.
import type { DatabaseHandle } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import { startHousekeeping } from '#server/jobs/housekeeping.ts'
import { startSumsCheck } from '#server/jobs/sums-check.ts'
import { startWordIndex } from '#server/jobs/word-index.ts'
import type { Logger } from '#server/telemetry/logger.ts'

export interface UpkeepOptions {
  database: DatabaseHandle
  clock: Clock
  log: Pick<Logger, 'warn'>
}

/** Starts all of it; the returned function stops it and resolves when nothing is under way any more. */
export function startUpkeep({ database, clock, log }: UpkeepOptions): () => Promise<void> {
  const { db } = database
  const stops = [
    startHousekeeping({ database, clock, log }),
    startWordIndex({ db, clock, log }),
    startSumsCheck({ db, clock, log }),
  ]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}
