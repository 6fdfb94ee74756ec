// Fills a database with ended calls and their lines by SQL alone: what a company has after months.
import { say } from '../support/report.mjs'

const usual =
  'technician tomorrow morning eight noon furnace loud noise starts leak kitchen sink water heater cold price repair quote roof shingles storm insurance appointment confirm address phone number thank calling help today please hold moment card payment billing the and of for with it is you'.split(
    ' ',
  )
const usualWords = `array[${usual.map((word) => `'${word}'`).join(', ')}]`

/** Different talks; calls take them in turn. What a search costs is decided by how many calls hold a word. */
const talks = 2000
/** One call in so many also holds the word "asbestos". */
const rareEvery = 50_000

/** A number from 0 to 1 that looks random and is the same every time. */
const chance = (of) => `((hashtextextended('${of}' || n, 7) & 1048575)::float8 / 1048576)`

const history =
  'company_id, id, status, direction, from_number, to_number, business_id, agent_id, started_at, duration_seconds, qa_score, sentiment, escalation_status, missed, owners'

/** Ended calls fill this long before 1 November 2026. */
const spanSeconds = 90 * 24 * 3600

const calls = (from, to, count) => `select 'demo' as company_id, 'h-' || lpad(n::text, 9, '0') as id,
    case when ${chance('status')} < 0.04 then 'failed' else 'completed' end as status,
    case when ${chance('direction')} < 0.8 then 'inbound' else 'outbound' end as direction,
    '+1210' || lpad((${chance('from')} * 9999999)::int::text, 7, '0') as from_number, '+12105550100' as to_number,
    'business-' || (${chance('business')} * 4)::int as business_id,
    case when ${chance('agent')} < 0.05 then 'agent-' || (${chance('which')} * 100)::int end as agent_id,
    case when ${chance('agent')} < 0.05 then 'human' else 'ai' end as answered_by,
    ('2026-11-01T00:00:00Z'::timestamptz - n * interval '${spanSeconds / count} seconds')::timestamptz(3) as started_at,
    round((20 + 600 * ${chance('duration')} ^ 2)::numeric)::float8 as duration_seconds,
    case when ${chance('scored')} < 0.9 then round((0.4 + 0.6 * ${chance('qa')})::numeric, 3)::float8 end as qa_score,
    case when ${chance('mood')} < 0.2 then 'negative' when ${chance('mood')} < 0.8 then 'neutral' else 'positive' end as sentiment,
    ${chance('mood')} as sentiment_score,
    case when ${chance('agent')} < 0.05 then 'completed' end as escalation_status,
    case when ${chance('issue')} < 0.5 then array[(array['No greeting', 'Long silence', 'No recording notice',
      'The customer had to repeat themselves', 'Talked over the customer', 'lookup failed'])[1 + (${chance('issue')} * 12)::int]] end as issues,
    case when ${chance('agent')} < 0.05 then json_build_array(json_build_object('trigger',
      case when ${chance('mood')} < 0.5 then 'sentiment' else 'asked_for_human' end, 'status', 'completed', 'ms', 60000))::jsonb end as requests,
    ${chance('missed')} < 0.03 as missed,
    case when ${chance('missed')} < 0.03 then '{@csr}'::text[] when ${chance('own')} < 0.002 then '{demo-tech}'::text[]
      else '{}'::text[] end as owners
  from generate_series(${from}::int, ${to}::int) n`

/** What is stored of an ended call for screens, about as long as a real one. */
const state = `json_build_object('lines', 15, 'owners', '[]'::json, 'call', json_build_object('id', id,
  'twilio_call_sid', 'CA' || md5(id), 'direction', direction, 'status', status, 'from_number', from_number,
  'to_number', to_number, 'business_id', business_id, 'started_at', '2026-10-01T12:00:00.000Z',
  'ended_at', '2026-10-01T12:05:00.000Z', 'created_at', '2026-10-01T12:00:00.000Z', 'updated_at', '2026-10-01T12:05:00.000Z',
  'duration_seconds', duration_seconds, 'sentiment', sentiment, 'metadata', '{}'::json,
  'business_name', 'Hill Country Heating', 'ai_name', 'Ava', 'answered_by', answered_by,
  'mood', '[0.5,0.5,0.5,0.4,0.4,0.3,0.5,0.6,0.7,0.5,0.5,0.5,0.5,0.5,0.5,0.4,0.4,0.3,0.5,0.6,0.7,0.5,0.5,0.5]'::json,
  'last_line', json_build_object('id', 1, 'speaker', 'ai', 'text', repeat('Thank you for calling. ', 4),
    'at', '2026-10-01T12:05:00.000Z')))`

/**
 * @param {(statement: string) => Promise<unknown>} run one statement after the other, all on one connection
 * @param {{ calls: number, linesOf: number, vacuum: boolean }} size
 */
export async function fill(run, { calls: count, linesOf, vacuum }) {
  const began = Date.now()
  const told = (what) => say(`  ${what} (${Math.round((Date.now() - began) / 1000)} s)`)
  await run(`create table bench_talks as select n, place, (select string_agg((${usualWords})[
        1 + (hashtextextended(n || '/' || place || '/' || w, 7) & 1023)::int % ${usual.length}], ' ') from generate_series(1, 9) w)
      || case when n % 1000 = 7 and place = 2 then ' refund' else '' end as text
    from generate_series(0, ${talks - 1}) n, generate_series(1, ${linesOf}) place`)
  await run(`create table bench_words as select n, to_tsvector('english', string_agg(text, ' ' order by place)) as words
    from bench_talks group by n`)
  await run('create index on bench_talks (n)')
  await run('drop index call_words_by_word')
  const step = 10_000
  for (let from = 1; from <= count; from += step) {
    const to = Math.min(count, from + step - 1)
    await run(`with made as materialized (${calls(from, to, count)}),
      whole as (insert into calls (${history}, live, updated_at, state, rules)
        select ${history}, false, started_at, ${state}, '{}' from made)
      insert into call_history (${history}, answered_by, sentiment_score, issues, requests, worded)
        select ${history}, answered_by, sentiment_score, issues, requests, true from made`)
    await run(`insert into interactions (company_id, call_id, id, fact_id, speaker, text, at, sentiment_score, metadata)
      select 'demo', 'h-' || lpad(g::text, 9, '0'), g::bigint * 100 + place, place::text,
        case when place % 2 = 1 then 'ai' else 'customer' end,
        text || case when g % ${rareEvery} = 77 and place = 3 then ' asbestos' else '' end,
        '2026-10-01T12:00:00Z'::timestamptz + place * interval '5 seconds', 0.5, '{}'
      from generate_series(${from}::int, ${to}::int) g join bench_talks t on t.n = g % ${talks}`)
    await run(`insert into call_words (company_id, call_id, words)
      select 'demo', 'h-' || lpad(g::text, 9, '0'),
        words || case when g % ${rareEvery} = 77 then to_tsvector('english', 'asbestos') else '' end
      from generate_series(${from}::int, ${to}::int) g join bench_words t on t.n = g % ${talks}`)
    if ((to / step) % 10 === 0) told(`${to} calls, ${to * linesOf} lines`)
  }
  await run('create index call_words_by_word on call_words using gin (words) with (fastupdate = off)')
  told('words indexed')
  await run('drop table bench_talks, bench_words')
  // What the server does by itself, and PostgreSQL's autovacuum.
  for (const columns of [
    'calls (company_id, id)',
    'call_history (company_id, id, started_at)',
    'call_words (company_id)',
    'call_cells',
    'call_tallies',
  ])
    await run(`analyze ${columns}`)
  if (vacuum) await run('vacuum analyze')
  told('done')
}
