// Exports and their files: pieces in the database, so that every node can go on with one and hand it out. And what finds ended
// calls by digits of their numbers and by the beginning of their ids.
import { type Kysely, sql } from 'kysely'

const statements = [
  `create table exports (
    company_id text not null references companies (id), id text not null, owner_id text not null, owner_name text not null,
    role text not null, format text not null, state text not null, wish jsonb not null, words jsonb not null,
    file_name text not null, created_at timestamptz(3) not null, started_at timestamptz(3), finished_at timestamptz(3), fetched_at timestamptz(3),
    expires_at timestamptz(3), done integer not null default 0, total integer, total_exact boolean not null default true,
    size bigint not null default 0, pieces integer not null default 0, progress jsonb, error text,
    attempts integer not null default 0, holder text, held_until timestamptz(3), hidden boolean not null default false,
    primary key (company_id, id))`,
  `create index exports_of_owner on exports (company_id, owner_id, created_at)`,
  `create index exports_open on exports (created_at) where state in ('queued', 'running')`,
  `create index exports_kept on exports (expires_at) where state = 'done'`,
  // Compressed already: the engine need not try again.
  `create table export_pieces (
    company_id text not null, export_id text not null, place integer not null, data bytea not null,
    primary key (company_id, export_id, place),
    foreign key (company_id, export_id) references exports (company_id, id) on delete cascade)`,
  `alter table export_pieces alter column data set storage external`,
  // Any four digits of either number that stand together, as numbers: a search for digits asks for all of its own.
  `create function number_grams(a text, b text) returns integer[] language sql immutable strict parallel safe as $$
    select coalesce(array_agg(distinct substr(d, i, 4)::integer), '{}')
    from (values (regexp_replace(a, '[^0-9]', '', 'g')), (regexp_replace(b, '[^0-9]', '', 'g'))) v(d),
      generate_series(1, length(d) - 3) i $$`,
  // Without the list of pending entries: emptying it would hold everybody up at a moment nobody chose.
  `create index call_history_by_number on call_history using gin (number_grams(from_number, to_number))
    with (fastupdate = off)`,
  `create index call_history_by_id on call_history (company_id, id collate "C")`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
