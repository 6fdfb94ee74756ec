// Alert rules, and what became of each alert they raised.
import { type Kysely, sql } from 'kysely'

const statements = [
  `create table alert_rules (
    company_id text not null references companies (id), id text not null, data json not null, enabled boolean not null,
    created_at timestamptz not null, updated_at timestamptz not null, deleted_at timestamptz,
    primary key (company_id, id))`,
  `create table alerts (
    company_id text not null references companies (id), id text not null, rule_id text not null, call_id text not null,
    state text not null, severity text not null, owner_id text, recipients text[] not null,
    active_at timestamptz not null, data json not null, primary key (company_id, id))`,
  // One open alert of a rule on a call, whoever raises it.
  `create unique index alerts_once_open on alerts (company_id, rule_id, call_id) where state <> 'resolved'`,
  `create index alerts_by_time on alerts (company_id, active_at desc, id desc)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
