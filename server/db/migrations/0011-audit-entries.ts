// What has to be told of a call for as long as it is kept, although the log lets go of it after a day.
import { type Kysely, sql } from 'kysely'

const statements = [
  `create table audit_entries (
    company_id text not null references companies (id), seq bigint not null, call_id text not null, event text not null,
    at timestamptz not null, by_id text, by_name text, data text not null, primary key (company_id, seq))`,
  `create index audit_entries_by_call on audit_entries (company_id, call_id)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
