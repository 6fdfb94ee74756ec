// Looks once a second for calls that need the server by itself; the time is stored with the call, so a restart forgets none.
import { sql } from 'kysely'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Logger } from '#server/telemetry/logger.ts'

export interface DeadlinesOptions {
  db: Db
  clock: Clock
  log: Pick<Logger, 'warn'>
  /** Does what is due about the call; when it fails the call is looked at again with the next round. */
  onDue: (companyId: string, callId: string) => Promise<void>
  everyMs?: number
}

const atOnce = 200

/** Starts the rounds; the returned function stops them and resolves when the current one is over. */
export function startDeadlines({
  db,
  clock,
  log,
  onDue,
  everyMs = 1000,
}: DeadlinesOptions): () => Promise<void> {
  let stopped = false
  let round: Promise<void> | null = null

  async function look(): Promise<void> {
    // Over all companies: each call is then handled under its own.
    const due = await db
      .selectFrom('calls')
      .select(['company_id', 'id'])
      .where(sql<boolean>`due_at <= ${new Date(clock.now()).toISOString()}::timestamptz`)
      .orderBy('due_at')
      .limit(atOnce)
      .execute()
    for (const { company_id, id } of due) {
      if (stopped) return
      await onDue(company_id, id).catch((err: unknown) =>
        log.warn({ err }, 'a deadline of a call could not be kept; it is tried again'),
      )
    }
  }

  const timer = clock.setInterval(() => {
    round ??= look()
      .catch((err: unknown) => log.warn({ err }, 'deadlines could not be read; they are tried again'))
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
