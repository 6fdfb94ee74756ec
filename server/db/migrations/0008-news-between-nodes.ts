// What nodes that share a database learn of each other beside the log: choices just written, and who has which call open.
import { type Kysely, sql } from 'kysely'

const statements = [
  `alter table preferences add column written_at timestamptz not null default now()`,
  `create index preferences_by_writing on preferences (company_id, written_at)`,
  // Of the moment: what a node that died has left here is not believed after some seconds.
  `create unlogged table node_presence (
    company_id text not null, node_id text not null, version bigint not null, seen_at timestamptz not null,
    looks json not null, primary key (company_id, node_id))`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
