// What people choose for themselves, the views they save, and the articles the company looks things up in.
import { type Kysely, sql } from 'kysely'

const statements = [
  `create table preferences (
    company_id text not null references companies (id), user_id text not null, key text not null, value json not null,
    changed_at timestamptz not null, primary key (company_id, user_id, key))`,
  `create table saved_views (
    company_id text not null references companies (id), id uuid not null, owner_id text not null,
    owner_name text not null, area text not null, name text not null, query text not null, shared boolean not null,
    position double precision not null, created_at timestamptz not null, updated_at timestamptz not null,
    deleted_at timestamptz, primary key (company_id, id))`,
  `create index saved_views_by_owner on saved_views (company_id, owner_id)`,
  `create index saved_views_shared on saved_views (company_id) where shared`,
  `create table knowledge (
    company_id text not null references companies (id), id bigint not null, business_id text, title text not null,
    content text not null, source text, source_type text, vector_id text, metadata json not null,
    created_at timestamptz not null, updated_at timestamptz not null,
    search tsvector not null generated always as (
      setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', content), 'B')) stored,
    primary key (company_id, id))`,
  `create index knowledge_by_words on knowledge using gin (search)`,
  `create index knowledge_by_age on knowledge (company_id, created_at desc, id desc)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
