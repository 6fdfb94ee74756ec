// Cheaper rows for what every fact rewrites: the rules' memory as plain text, room on the page, one index less.
import { type Kysely, sql } from 'kysely'

const statements = [
  // JSON is checked character by character when it is stored; nobody but the rules reads this half of a state.
  `alter table calls add column rules text`,
  // A new version of a row that fits on its page touches no index.
  `alter table calls set (fillfactor = 50)`,
  // The log is cut from its front, by position: nobody looks an entry up by its age.
  `drop index log_by_age`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
