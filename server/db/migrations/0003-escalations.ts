// The queue of escalations in the order in which it is read, and what callers are owed.
import { type Kysely, sql } from 'kysely'

const statements = [
  `alter table escalations add column settled_at timestamptz`,
  `update escalations set settled_at = (data->>'completed_at')::timestamptz where status in ('completed', 'cancelled')`,
  `create index escalations_by_status on escalations (company_id, status, requested_at)`,
  `create table followups (
    company_id text not null references companies (id), id text not null, call_id text not null, status text not null,
    due_at timestamptz not null, data json not null, primary key (company_id, id))`,
  `create index followups_due on followups (company_id, status, due_at)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
