// Indexing words in one call of the database, and without adding up sums that stay as they are.
import { type Kysely, sql } from 'kysely'
import { addCells, countedColumns } from '#server/db/call-sums.ts'

/**
 * Up to `most` calls of any company that wait for their words; returns how many there were, and what that took in ms without
 * the wait for a turn. A function: between its statements nobody waits for the way to the server and back.
 */
const indexWords = `create function index_words(most integer, out done integer, out took double precision)
  language plpgsql as $$
  declare
    begun timestamptz := clock_timestamp();
    companies text[];
    ids text[];
  begin
    -- Locked before their lines are read: a line that comes meanwhile asks for the call once more.
    select array_agg(company_id), array_agg(id) into companies, ids from (select company_id, id from call_history
      where not worded order by company_id, id limit most for update skip locked) due;
    done := coalesce(cardinality(ids), 0);
    if done > 0 then
      -- A text vector has an end: of a call that talks for days its beginning is found.
      insert into call_words (company_id, call_id, words)
        select due.company_id, due.id, to_tsvector('english', left(coalesce(string_agg(l.text, ' ' order by l.id), ''), 400000))
        from unnest(companies, ids) as due(company_id, id)
          left join interactions l on l.company_id = due.company_id and l.call_id = due.id
        group by due.company_id, due.id
        on conflict (company_id, call_id) do update set words = excluded.words
          where call_words.words <> excluded.words;
      update call_history h set worded = true from unnest(companies, ids) as due(company_id, id)
        where h.company_id = due.company_id and h.id = due.id;
    end if;
    took := extract(epoch from clock_timestamp() - begun) * 1000;
  end $$`

const changed = `select 1 as sign, n.* from (select ${countedColumns} from new_rows except all select ${countedColumns} from old_rows) n
  union all select -1, o.* from (select ${countedColumns} from old_rows except all select ${countedColumns} from new_rows) o`

/** An update leaves as many rows as there were: where none is new, none is gone. */
const countOnUpdate = `create or replace function count_calls_on_update() returns trigger language plpgsql as $$ begin
    if exists (select from new_rows) then
      if exists (select ${countedColumns} from new_rows except all select ${countedColumns} from old_rows) then
        ${addCells('call_cells', changed)};
        ${addCells('call_tallies', changed)};
      end if;
    end if;
    return null;
  end $$`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(indexWords).execute(db)
  await sql.raw(countOnUpdate).execute(db)
}
