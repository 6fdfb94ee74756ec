// The tables of the live path: companies and their people, calls and what is said on them, receipts, the log.
import { type Kysely, sql } from 'kysely'

const statements = [
  `create table companies (
    id text primary key, slug text not null unique, name text not null, external_id text unique,
    webhook_secret text not null, created_at timestamptz not null)`,
  `create table company_heads (
    company_id text primary key references companies (id), log_id text not null,
    head bigint not null, last_id bigint not null)`,
  `create table users (
    company_id text not null references companies (id), id text not null, email text not null unique, name text not null,
    role text not null, password_hash text, is_active boolean not null, external_id text, created_at timestamptz not null,
    primary key (company_id, id))`,
  `create table sessions (
    company_id text not null, id text primary key, user_id text not null, refresh_hash text not null,
    previous_hash text, rotated_at timestamptz, expires_at timestamptz not null, revoked_at timestamptz,
    created_at timestamptz not null, user_agent text)`,
  `create index sessions_by_user on sessions (company_id, user_id)`,
  `create index sessions_by_refresh on sessions (refresh_hash)`,
  `create index sessions_by_previous on sessions (previous_hash)`,
  `create table businesses (
    company_id text not null references companies (id), id text not null, name text not null, type text not null,
    phone_number text, ai_name text, config_data json not null, is_active boolean not null,
    created_at timestamptz not null, updated_at timestamptz not null, primary key (company_id, id))`,
  `create table agents (
    company_id text not null references companies (id), id text not null, user_id text, name text not null,
    email text not null, phone_number text, extension text, is_available boolean not null, is_active boolean not null,
    skills text[] not null, departments text[] not null, total_calls_handled integer not null, average_rating real,
    metadata json not null, created_at timestamptz not null, updated_at timestamptz not null, last_active_at timestamptz,
    primary key (company_id, id))`,
  `create table calls (
    company_id text not null references companies (id), id text not null, status text not null, live boolean not null,
    direction text not null, from_number text not null, to_number text not null, business_id text, agent_id text,
    started_at timestamptz not null, ended_at timestamptz, duration_seconds double precision,
    updated_at timestamptz not null, qa_score double precision, sentiment text, escalation_status text,
    missed boolean not null, owners text[] not null, state json not null, primary key (company_id, id))`,
  `create index calls_by_start on calls (company_id, started_at desc, id desc)`,
  `create index calls_live on calls (company_id) where live`,
  `create index calls_ended on calls (company_id, ended_at)`,
  `create table interactions (
    company_id text not null, call_id text not null, id bigint not null, fact_id text not null, speaker text not null,
    text text not null, audio_url text, at timestamptz not null, sentiment_score double precision, metadata json not null,
    primary key (company_id, call_id, id))`,
  `create unique index interactions_by_fact on interactions (company_id, call_id, fact_id)`,
  `create table escalations (
    company_id text not null, id bigint not null, call_id text not null, status text not null, agent_id text,
    requested_at timestamptz not null, data json not null, primary key (company_id, id))`,
  `create index escalations_by_call on escalations (company_id, call_id)`,
  `create index escalations_open on escalations (company_id, agent_id) where status in ('pending', 'in_progress')`,
  `create table notes (
    company_id text not null, id bigint not null, call_id text not null, created_at timestamptz not null,
    data json not null, primary key (company_id, id))`,
  `create index notes_by_call on notes (company_id, call_id)`,
  `create table interventions (
    company_id text not null, command_id text not null, call_id text not null, state text not null,
    created_at timestamptz not null, data json not null, primary key (company_id, command_id))`,
  `create index interventions_by_call on interventions (company_id, call_id)`,
  `create index interventions_open on interventions (company_id) where state in ('sent', 'delivered')`,
  `create table deliveries (
    company_id text not null, id text not null, at timestamptz not null, primary key (company_id, id))`,
  `create index deliveries_by_age on deliveries (at)`,
  `create table log (
    company_id text not null, seq bigint not null, call_id text not null, event text not null, at timestamptz not null,
    data text not null, owners text[] not null, owners_before text[], status_changed boolean not null,
    primary key (company_id, seq))`,
  `create index log_by_call on log (company_id, call_id, seq)`,
  `create index log_by_age on log (at)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
