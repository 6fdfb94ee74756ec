// Sums over ended calls for analytics, kept by the database itself in the transaction of whatever writes `call_history`.
import { type Kysely, sql } from 'kysely'
import { addCells, countedColumns, type SumTable, sumTables } from '#server/db/call-sums.ts'

/** What was flagged on the call, without "(3 times)"; null when nothing was. */
const issuesOfState = `create function call_issues(state json) returns text[] language sql immutable parallel safe as $$
  select array_agg(distinct regexp_replace(issue, ' \\(\\d+ times\\)$', '') order by regexp_replace(issue, ' \\(\\d+ times\\)$', ''))
  from (select json_array_elements_text(state->'qaScore'->'compliance_issues')
    union all select json_array_elements_text(state->'qaScore'->'flagged_issues')) as i(issue) $$`

/** Requests for a person on the call: why, where each stands, and how many ms its completion took. */
const requestsOfState = `create function call_requests(state json) returns jsonb language sql immutable parallel safe as $$
  select case when json_typeof(state->'escalation') = 'object' then
    coalesce((state->'earlierRequests')::jsonb, '[]') || jsonb_build_array(jsonb_build_object(
      'trigger', state->'escalation'->>'trigger_type', 'status', state->'escalation'->>'status',
      'ms', case when state->'escalation'->>'status' = 'completed' then round(extract(epoch from
        (state->'escalation'->>'completed_at')::timestamptz - (state->'escalation'->>'requested_at')::timestamptz) * 1000)::bigint end)) end $$`

const millionths = (name: string) =>
  `round((c.state->'qaScore'->>'${name}_score')::float8 * 1000000)::integer`

/** Requests before the last one were only in `escalations`; now the call's state knows them too. */
const earlierRequests = `update calls c set state = (c.state::jsonb || jsonb_build_object('earlierRequests', e.requests))::json
  from (select company_id, call_id, jsonb_agg(jsonb_build_object('trigger', data->>'trigger_type', 'status', status,
      'ms', case when status = 'completed' then round(extract(epoch from settled_at - requested_at) * 1000)::bigint end) order by id) as requests
    from escalations x where x.id < (select max(l.id) from escalations l where l.company_id = x.company_id and l.call_id = x.call_id)
    group by 1, 2) e
  where c.company_id = e.company_id and c.id = e.call_id`

const backfill = `update call_history h set issues = call_issues(c.state), requests = call_requests(c.state),
    disposition = c.state->'call'->>'disposition', qa_sentiment = ${millionths('sentiment')},
    qa_compliance = ${millionths('compliance')}, qa_accuracy = ${millionths('accuracy')},
    qa_professionalism = ${millionths('professionalism')}
  from calls c where c.company_id = h.company_id and c.id = h.id
    and (json_typeof(c.state->'qaScore') = 'object' or json_typeof(c.state->'escalation') = 'object')`

function tableOf(table: SumTable): string {
  const { sums, names } = sumTables[table]
  return `create table ${table} (company_id text not null references companies (id), grain smallint not null,
    slot timestamptz not null, business_id text not null, direction text not null,
    ${names.map((name) => `${name} text not null, `).join('')}${sums.map(({ name, type }) => `${name} ${type} not null`).join(', ')},
    primary key (company_id, grain, slot, business_id, direction${names.map((name) => `, ${name}`).join('')}))`
}

const changed = `select 1 as sign, n.* from (select ${countedColumns} from new_rows except all select ${countedColumns} from old_rows) n
  union all select -1, o.* from (select ${countedColumns} from old_rows except all select ${countedColumns} from new_rows) o`

const triggers = {
  insert: { rows: 'select 1 as sign, n.* from new_rows n', any: 'new_rows', tables: 'new table as new_rows' },
  update: { rows: changed, any: 'new_rows', tables: 'new table as new_rows old table as old_rows' },
  delete: {
    rows: 'select -1 as sign, o.* from old_rows o',
    any: 'old_rows',
    tables: 'old table as old_rows',
  },
} as const

const triggerStatements = Object.entries(triggers).flatMap(([on, { rows, any, tables }]) => [
  `create function count_calls_on_${on}() returns trigger language plpgsql as $$ begin
    if exists (select from ${any}) then
      ${addCells('call_cells', rows)};
      ${addCells('call_tallies', rows)};
    end if;
    return null;
  end $$`,
  `create trigger count_calls_on_${on} after ${on} on call_history referencing ${tables}
    for each statement execute function count_calls_on_${on}()`,
])

const statements = [
  `alter table call_history add column qa_sentiment integer, add column qa_compliance integer, add column qa_accuracy integer,
    add column qa_professionalism integer, add column disposition text, add column issues text[], add column requests jsonb`,
  issuesOfState,
  requestsOfState,
  earlierRequests,
  backfill,
  tableOf('call_cells'),
  tableOf('call_tallies'),
  addCells('call_cells', 'select * from call_history', false),
  addCells('call_tallies', 'select * from call_history', false),
  ...triggerStatements,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
