// What a call's reader missed is read by position, as the floor's is: no index of the log by call.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Written with every entry at a place of its own, and asked only for stretches of 20,000 positions at most (P4).
  await sql.raw(`drop index log_by_call`).execute(db)
}
