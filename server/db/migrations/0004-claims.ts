// When a call needs the server by itself: a claim runs out, a pause ends, instructions are withdrawn.
import { type Kysely, sql } from 'kysely'

const statements = [
  `alter table calls add column due_at timestamptz`,
  // Few calls have one, so looking for those that are due is cheap however many calls there are.
  `create index calls_due on calls (due_at) where due_at is not null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
