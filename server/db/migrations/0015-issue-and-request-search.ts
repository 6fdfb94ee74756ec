// What finds ended calls by what QA flagged on them, and by the requests for a person.
import { type Kysely, sql } from 'kysely'

const statements = [
  `create index call_history_by_issue on call_history using gin (issues) with (fastupdate = off) where issues is not null`,
  `create index call_history_by_request on call_history using gin (requests jsonb_path_ops) with (fastupdate = off)
    where requests is not null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
