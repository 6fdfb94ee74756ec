// Calls are rewritten with every fact: packing each version would cost more than the room it saves.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table calls set (toast_tuple_target = 4064)`).execute(db)
}
