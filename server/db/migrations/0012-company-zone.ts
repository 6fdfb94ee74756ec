// The zone by whose clocks a company lives: its days, weeks and months in analytics.
import { type Kysely, sql } from 'kysely'

const statements = [
  `alter table companies add column zone text`,
  `update companies set zone = 'America/Chicago' where id = 'demo'`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
