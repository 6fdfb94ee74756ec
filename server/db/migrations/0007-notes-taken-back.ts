// A note that its author took back stays for the record.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table notes add column removed_at timestamptz`).execute(db)
}
