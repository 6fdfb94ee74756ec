// Sums over calls in spans of time: kept cells, what lies beside them call by call, and the calls that run, in one statement.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#server/db/database.ts'
import { type SumTable, type TallyKind, sumTables, sumsOf } from '#server/db/call-sums.ts'
import { type Span, joined, piecesOf, rowsOf } from '#server/db/pieces.ts'

export interface SumsWish {
  companyId: string
  businessId?: string | undefined
  direction?: string | undefined
  table: SumTable
  /** Names of the sums that are wanted. */
  sums: readonly string[]
  /** Apart from each other. Their keys are those of the rows. */
  spans: readonly Span[]
  /** Keys of the rows are hours of the week (0 Monday 0:00 to 167); the keys of the spans are offsets of the zone, ms. */
  byHourOfWeek?: boolean
  /** A row for each value of these too. */
  by?: readonly ('business_id' | 'kind' | 'name' | 'status')[]
  kinds?: readonly TallyKind[]
}

/** Columns of `call_history` that a live call has in its state alone; read only where a sum wants them. */
const fromState: Record<string, string> = {
  answered_by: 'j.answered_by',
  sentiment_score: 'j.sentiment_score',
  disposition: 'j.disposition',
  qa_sentiment: 'round(q.sentiment_score * 1000000)::integer',
  qa_compliance: 'round(q.compliance_score * 1000000)::integer',
  qa_accuracy: 'round(q.accuracy_score * 1000000)::integer',
  qa_professionalism: 'round(q.professionalism_score * 1000000)::integer',
  issues: 'call_issues(c.state)',
  requests: 'call_requests(c.state)',
}
/** Each part of a state is read once, however many of its members are wanted. */
const partsOfState: Record<string, string> = {
  'j.': `left join lateral json_to_record(c.state->'call')
    as j(answered_by text, sentiment_score float8, disposition text) on true`,
  'q.': `left join lateral json_to_record((c.state->>'qaScore')::json) as q(sentiment_score float8, compliance_score float8,
    accuracy_score float8, professionalism_score float8) on true`,
}

const list = (values: readonly number[], type: string): RawBuilder<unknown> =>
  sql`${[...values]}::${sql.raw(type)}[]`
/** Where spans begin and, before a gap, end; `key` is that of the span from there on, null in a gap. */
function edgesOf(spans: readonly Span[]): { at: number; key: number | null }[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from)
  return sorted.flatMap(({ from, until, key }, index) =>
    sorted[index + 1]?.from === until
      ? [{ at: from, key }]
      : [
          { at: from, key },
          { at: until, key: null },
        ],
  )
}

/** Reads them. The rows come in no order, and none for what has no calls. */
export async function readSums<By extends string = never>(
  db: Db,
  wish: SumsWish,
): Promise<(Record<By, string> & Record<string, number>)[]> {
  const { companyId, businessId, direction, table, spans, by = [], kinds } = wish
  const { from, grains } = sumTables[table]
  const wanted = new Set(wish.sums)
  const names = sumTables[table].sums.map(({ name }) => name).filter((name) => wanted.has(name))
  const pieces = joined(spans.flatMap((span) => piecesOf(span, grainsFor(wish, span, grains))))
  const edges = edgesOf(spans)
  // As numbers: a list of instants would be made from its text once a row.
  const place = (slot: string) =>
    sql`width_bucket((extract(epoch from ${sql.raw(slot)}) * 1000)::bigint, ${list(
      edges.map(({ at }) => at),
      'bigint',
    )})`
  const kept = pieces.filter(({ grain }) => grain > 0)
  const beside = pieces.filter(({ grain }) => grain === 0)
  // The place among the edges is the key, until the rows are here: an array with gaps would be searched from its begin.
  const keyOf = (slot: string): RawBuilder<unknown> =>
    wish.byHourOfWeek
      ? sql`(floor((extract(epoch from ${sql.raw(slot)}) * 1000
          + (${list(
            edges.map(({ key }) => key ?? 0),
            'bigint',
          )})[${place(slot)}]) / 3600000)::bigint + 72) % 168`
      : place(slot)
  const groups = (row: string) =>
    by.map((name) =>
      name === 'business_id'
        ? `, coalesce(${row}.business_id, '') as business_id`
        : `, ${row === 'c' ? 'c' : 't'}.${name}`,
    )
  const grouped = ['1', ...by.map((_, index) => String(index + 2))].join(', ')
  const filters = (row: 'c' | 'r') => sql`${sql.raw(row)}.company_id = ${companyId}
    ${businessId === undefined ? sql`` : sql`and ${sql.raw(row)}.business_id = ${businessId}`}
    ${direction === undefined ? sql`` : sql`and ${sql.raw(row)}.direction = ${direction}`}
    ${kinds ? sql`and ${sql.raw(row === 'c' ? 'c' : 't')}.kind = any(${[...kinds]}::text[])` : sql``}`

  const parts: RawBuilder<unknown>[] = []
  if (kept.length > 0)
    // Each piece is a look into the index: the planner is not left to join pieces and cells another way.
    parts.push(sql`select s.* from ${rowsOf(kept)} cross join lateral (
      select ${keyOf('c.slot')} as key${sql.raw(groups('c').join(''))},
        ${sql.raw(names.map((name) => `sum(c.${name})::bigint as ${name}`).join(', '))}
      from ${sql.raw(table)} c where ${filters('c')} and c.grain = p.grain and c.slot >= p.since and c.slot < p.until
      group by ${sql.raw(grouped)}) s`)
  if (beside.length > 0)
    parts.push(sql`select s.* from ${rowsOf(beside)} cross join lateral (
      select ${keyOf('r.started_at')} as key${sql.raw(groups('r').join(''))},
        ${sql.raw(sumsOf(table, wanted))}
      from call_history ${sql.raw(from)} where ${filters('r')} and r.started_at >= p.since and r.started_at < p.until
      group by ${sql.raw(grouped)}) s`)
  parts.push(sql`select ${keyOf('r.started_at')} as key${sql.raw(groups('r').join(''))},
      ${sql.raw(sumsOf(table, wanted))}
    from live ${sql.raw(from)} where ${filters('r')} group by ${sql.raw(grouped)}`)

  const { rows } = await sql<Record<By, string> & Record<string, number>>`
    with live as materialized (${liveCalls(wish, wanted)})
    select key${sql.raw(by.map((name) => `, ${name}`).join(''))},
      ${sql.raw(names.map((name) => `sum(${name})::bigint as ${name}`).join(', '))}
    from (${sql.join(parts, sql` union all `)}) found group by ${sql.raw(grouped)}`.execute(db)
  if (wish.byHourOfWeek) return rows
  return rows.flatMap((row) => {
    const key = edges[Number(row['key']) - 1]?.key
    return key === undefined || key === null ? [] : [{ ...row, key }]
  })
}

const quarterMs = 15 * 60_000
const hourMs = 4 * quarterMs

/** Cells whose hours are also hours of the zone's clocks, where hours are told apart. */
function grainsFor({ byHourOfWeek }: SumsWish, { key: offset }: Span, grains: readonly number[]): number[] {
  const longest = !byHourOfWeek ? 1440 : offset % hourMs === 0 ? 60 : offset % quarterMs === 0 ? 15 : 0
  return grains.filter((grain) => grain <= longest).sort((a, b) => b - a)
}

/** The calls that run and started between the first and the last instant asked for, as rows of `call_history`. */
function liveCalls({ companyId, table, spans }: SumsWish, wanted: ReadonlySet<string>): RawBuilder<unknown> {
  const { sums } = sumTables[table]
  const text =
    sums
      .filter(({ name }) => wanted.has(name))
      .map(({ of }) => of)
      .join(' ') + sumTables[table].from
  const columns = Object.entries(fromState).map(([name, value]) =>
    text.includes(`r.${name}`) ? `${value} as ${name}` : `null as ${name}`,
  )
  const parts = Object.entries(partsOfState).flatMap(([prefix, join]) =>
    columns.some((column) => column.includes(prefix)) ? [join] : [],
  )
  const first = Math.min(...spans.map(({ from }) => from))
  const last = Math.max(...spans.map(({ until }) => until))
  return sql`select c.company_id, c.status, c.direction, c.business_id, c.agent_id, s.started_at,
      null::float8 as duration_seconds, c.qa_score, c.sentiment, c.escalation_status, c.missed, ${sql.raw(columns.join(', '))}
    from calls c cross join lateral (select c.started_at::timestamptz(3) as started_at) s
      ${sql.raw(parts.join(' '))}
    where c.company_id = ${companyId} and c.live
      and s.started_at >= ${new Date(first).toISOString()}::timestamptz
      and s.started_at < ${new Date(last).toISOString()}::timestamptz`
}
