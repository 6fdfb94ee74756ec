// What is summed over calls, said once: for the sums that are kept, for calls that still run, and for counting anew.

/** One sum: its column, and what a call `r` (a row of `call_history`) adds to it, as SQL. Scores are in millionths. */
export interface Sum {
  name: string
  type: 'integer' | 'bigint'
  of: string
}

const count = (name: string, condition: string): Sum => ({
  name,
  type: 'integer',
  of: `coalesce(${condition}, false)::integer`,
})
const total = (name: string, value: string): Sum => ({
  name,
  type: 'bigint',
  of: `coalesce((${value})::bigint, 0)`,
})

const millionths = (column: string) => `round(r.${column} * 1000000)`
/** Squares of millionths would leave the range of whole numbers: correlations are taken from ten-thousandths. */
const m4 = 'round(r.sentiment_score * 10000)'
const q4 = 'round(r.qa_score * 10000)'
/** What a report leaves out of a score's parts is as the whole. */
const part = (column: string) => `coalesce(r.${column}, ${millionths('qa_score')})`

/** Lower edges of the bars of durations, seconds. */
export const durationEdges = [0, 15, 30, 60, 120, 180, 300, 600, 900, 1800] as const

/** Ten bars of a column; the first and the last have no outer edge. */
function bars(prefix: string, column: string, edges: readonly number[]): Sum[] {
  return edges.map((edge, index) => {
    const next = edges[index + 1]
    const low = index === 0 ? `r.${column} is not null` : `r.${column} >= ${edge}::float8`
    return count(`${prefix}${index}`, next === undefined ? low : `${low} and r.${column} < ${next}::float8`)
  })
}
const tenths = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

const outcome: readonly Sum[] = [
  { name: 'calls', type: 'integer', of: '1' },
  count('failed', `r.status = 'failed'`),
  count('escalated', 'r.escalation_status is not null'),
  count('answered', `r.answered_by in ('ai', 'human')`),
  count('timed', 'r.duration_seconds is not null'),
  total('duration_ms', 'round(r.duration_seconds * 1000)'),
  count('scored', 'r.qa_score is not null'),
  total('score', millionths('qa_score')),
  count('mooded', 'r.sentiment_score is not null'),
  total('mood', millionths('sentiment_score')),
  count('disposed', `r.disposition <> ''`),
  // A booking, whatever else the word says: booked, booking, "appointment booked".
  count('converted', `r.disposition ilike '%book%'`),
]

/** Sums of every cell. */
export const cellSums: readonly Sum[] = [
  ...outcome,
  count('live', `r.status not in ('completed', 'failed')`),
  count('completed', `r.status = 'completed'`),
  count('inbound', `r.direction = 'inbound'`),
  count('missed', 'r.missed'),
  count('ai', `r.answered_by = 'ai'`),
  count('human', `r.answered_by = 'human'`),
  total('qa_sentiment', part('qa_sentiment')),
  total('qa_compliance', part('qa_compliance')),
  total('qa_accuracy', part('qa_accuracy')),
  total('qa_professionalism', part('qa_professionalism')),
  count('positive', `r.sentiment = 'positive'`),
  count('neutral', `r.sentiment = 'neutral'`),
  count('negative', `r.sentiment = 'negative'`),
  total('requests', 'jsonb_array_length(r.requests)'),
  count('pairs', 'r.sentiment_score is not null and r.qa_score is not null'),
  total('pair_m', `case when r.qa_score is not null then ${m4} end`),
  total('pair_q', `case when r.sentiment_score is not null then ${q4} end`),
  total('pair_mm', `case when r.qa_score is not null then ${m4} * ${m4} end`),
  total('pair_qq', `case when r.sentiment_score is not null then ${q4} * ${q4} end`),
  total('pair_mq', `${m4} * ${q4}`),
  total('mood_m', m4),
  total('mood_mm', `${m4} * ${m4}`),
  count('mood_escalated', 'r.sentiment_score is not null and r.escalation_status is not null'),
  total('mood_escalated_m', `case when r.escalation_status is not null then ${m4} end`),
  ...bars('d', 'duration_seconds', durationEdges),
  ...bars('q', 'qa_score', tenths),
  ...bars('m', 'sentiment_score', tenths),
]

/** What is counted by name: who answered, which agent, which issue of QA, which reason for a person. */
export type TallyKind = 'answer' | 'agent' | 'issue' | 'request'

/** `t` of a call `r`: one row for each name it is counted under. */
const tallied = `lateral (
    select 'answer' as kind, coalesce(r.answered_by, '') as name, '' as status, null::bigint as ms
    union all select 'agent', r.agent_id, '', null where r.agent_id is not null
    union all select 'issue', issue, '', null from unnest(r.issues) as issue
    union all select 'request', q->>'trigger', q->>'status', (q->>'ms')::bigint from jsonb_array_elements(r.requests) as q) t`

const ofPeople = (sum: Sum): Sum => ({
  ...sum,
  of: `case when t.kind in ('answer', 'agent') then ${sum.of} else 0 end`,
})

/** Sums of every tally: of requests, `timed` are those that were resolved, and `duration_ms` what that took. */
export const tallySums: readonly Sum[] = outcome.map((sum) => {
  if (sum.name === 'calls') return sum
  if (sum.name === 'timed')
    return {
      ...sum,
      of: `case when t.kind = 'request' then (t.ms is not null)::integer else ${ofPeople(sum).of} end`,
    }
  if (sum.name === 'duration_ms')
    return { ...sum, of: `case when t.kind = 'request' then coalesce(t.ms, 0) else ${ofPeople(sum).of} end` }
  return ofPeople(sum)
})

/** The two tables of sums: for each quarter of an hour, hour and day of UTC, by business and direction. */
export const sumTables = {
  call_cells: { sums: cellSums, names: [] as readonly string[], grains: [15, 60, 1440], from: 'r' },
  // Only whole ranges are counted by name: what an hour does not cover is few calls.
  call_tallies: {
    sums: tallySums,
    names: ['kind', 'name', 'status'] as readonly string[],
    grains: [60, 1440],
    from: `r cross join ${tallied}`,
  },
} as const
export type SumTable = keyof typeof sumTables

/** `sum(…) as name, …` of calls `r`, each as often as `weight` says. */
export function sumsOf(table: SumTable, wanted?: ReadonlySet<string>, weight = ''): string {
  return sumTables[table].sums
    .filter(({ name }) => !wanted || wanted.has(name))
    .map(({ name, of }) => `coalesce(sum(${weight}(${of})), 0)::bigint as ${name}`)
    .join(', ')
}

/** Columns of `call_history` that are counted; where they stay as they are, no sum changes. */
export const countedColumns =
  'company_id, status, direction, business_id, agent_id, answered_by, started_at, duration_seconds, qa_score, qa_sentiment, ' +
  'qa_compliance, qa_accuracy, qa_professionalism, sentiment, sentiment_score, escalation_status, missed, disposition, issues, requests'

/** Cells of the calls that `rows` yields: SQL of rows like `call_history`, with `sign` where `signed`. */
export function cellsOf(table: SumTable, rows: string, signed: boolean): string {
  const { names, grains, from } = sumTables[table]
  const key = ['company_id', 'grain', 'slot', 'business_id', 'direction', ...names]
  return `select r.company_id, g.grain, date_bin(g.grain * interval '1 minute', r.started_at, 'epoch') as slot,
      coalesce(r.business_id, '') as business_id, r.direction${names.map((name) => `, t.${name}`).join('')},
      ${sumsOf(table, undefined, signed ? 'r.sign * ' : '')}
    from (${rows}) ${from} cross join (values ${grains.map((grain) => `(${grain})`).join(', ')}) g(grain)
    group by ${key.map((_, index) => index + 1).join(', ')}`
}

/** Adds the cells of `rows` to those that are kept. In the order of their keys, so that two writers never wait in a ring. */
export function addCells(table: SumTable, rows: string, signed = true): string {
  const { sums, names } = sumTables[table]
  const key = ['company_id', 'grain', 'slot', 'business_id', 'direction', ...names].join(', ')
  const columns = sums.map(({ name }) => name)
  return `insert into ${table} (${key}, ${columns.join(', ')})
    ${cellsOf(table, rows, signed)} order by ${key
      .split(', ')
      .map((_, index) => index + 1)
      .join(', ')}
    on conflict (${key}) do update set ${columns.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ')}`
}
