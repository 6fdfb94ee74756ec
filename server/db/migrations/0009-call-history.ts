// Ended calls as narrow rows for lists and figures, with their indexes; and what was said on them, for the search.
import { type Kysely, sql } from 'kysely'

const statements = [
  // `calls` is rewritten with every fact: an index over what changes there would be paid hundreds of times a call.
  `create table call_history (
    company_id text not null references companies (id), id text not null, status text not null, direction text not null,
    from_number text not null, to_number text not null, business_id text, agent_id text, answered_by text,
    started_at timestamptz(3) not null, duration_seconds double precision, qa_score double precision, sentiment text,
    sentiment_score double precision, escalation_status text, missed boolean not null, owners text[] not null,
    worded boolean not null default false, primary key (company_id, id))`,
  `insert into call_history (company_id, id, status, direction, from_number, to_number, business_id, agent_id, answered_by,
      started_at, duration_seconds, qa_score, sentiment, sentiment_score, escalation_status, missed, owners)
    select company_id, id, status, direction, from_number, to_number, business_id, agent_id, state->'call'->>'answered_by',
      started_at, duration_seconds, qa_score, sentiment, (state->'call'->>'sentiment_score')::double precision,
      escalation_status, missed, owners
    from calls where not live`,
  // Ties by id in the order of bytes, which every engine, locale and program agrees on.
  `create index call_history_by_start on call_history (company_id, started_at, id collate "C")`,
  `create index call_history_by_duration on call_history (company_id, duration_seconds, id collate "C")`,
  `create index call_history_by_qa on call_history (company_id, qa_score, id collate "C")`,
  `create index call_history_by_agent on call_history (company_id, agent_id) where agent_id is not null`,
  `create index call_history_escalated on call_history (company_id) where escalation_status is not null`,
  `create index call_history_by_owner on call_history using gin (owners) where owners <> '{}'`,
  `create index call_history_unworded on call_history (company_id, id) where not worded`,
  // The planner has to know that many rows are of one company; little has to be read for that.
  `alter table call_history alter column company_id set statistics 10, alter column id set statistics 10,
    alter column started_at set statistics 10`,
  `alter table calls alter column company_id set statistics 10, alter column id set statistics 10`,
  `create table call_words (
    company_id text not null references companies (id), call_id text not null, words tsvector not null,
    primary key (company_id, call_id))`,
  `alter table call_words alter column company_id set statistics 10`,
  // Without the list of pending entries: emptying it would hold everybody up at a moment nobody chose.
  `create index call_words_by_word on call_words using gin (words) with (fastupdate = off)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
