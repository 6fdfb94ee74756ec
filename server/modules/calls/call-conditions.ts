// The filters of the list as conditions of SQL, on ended calls (`call_history`) and on live ones alike; `h` is the row.
import { type RawBuilder, sql } from 'kysely'
import type { CallsListQuery } from '#contract/call-endpoints.ts'
import { digitsSought } from '#contract/call-filter.ts'
import { firstInstantOf, lastInstantOf } from '#contract/call-times.ts'
import { callScope } from '#contract/permissions.ts'
import { ofBusiness } from '#server/db/of-business.ts'
import type { Principal } from '#server/domain/principal.ts'
import type { WordsSought } from '#server/modules/calls/words-sought.ts'

export type Condition = RawBuilder<boolean>

/** Live calls with the columns of `call_history`. */
export const liveRows = (companyId: string) => sql`(
  select company_id, id, status, direction, from_number, to_number, business_id, agent_id,
    state->'call'->>'answered_by' as answered_by, started_at::timestamptz(3) as started_at, duration_seconds, qa_score,
    sentiment, (state->'call'->>'sentiment_score')::double precision as sentiment_score, escalation_status, missed, owners,
    call_issues(state) as issues, call_requests(state) as requests
  from calls where company_id = ${companyId} and live)`

const between = (column: string, min: number | undefined, max: number | undefined): Condition[] => [
  ...(min === undefined ? [] : [sql<boolean>`${sql.raw(column)} >= ${min}`]),
  ...(max === undefined ? [] : [sql<boolean>`${sql.raw(column)} <= ${max}`]),
]

/** From and to, which an index answers where the list is sorted by start. */
export function dateConditions({ from_date, to_date, zone }: CallsListQuery): Condition[] {
  return [
    ...(from_date ? [sql<boolean>`h.started_at >= ${firstInstantOf(from_date, zone)}::timestamptz`] : []),
    ...(to_date ? [sql<boolean>`h.started_at <= ${lastInstantOf(to_date, zone)}::timestamptz`] : []),
  ]
}

/** Weekday and hour as the zone's clocks showed them. */
function clockConditions({ weekday, hour, zone = 'UTC' }: CallsListQuery): Condition[] {
  const part = (name: 'dow' | 'hour', value: number | undefined): Condition[] =>
    value === undefined
      ? []
      : [sql<boolean>`extract(${sql.raw(name)} from h.started_at at time zone ${zone}) = ${value}`]
  return [...part('dow', weekday), ...part('hour', hour)]
}

/** The ranges that the index of each order answers by itself. */
export function rangeOf(by: CallsListQuery['sort_by'], wish: CallsListQuery): Condition[] {
  if (by === 'started_at') return dateConditions(wish)
  return by === 'qa_score'
    ? between('h.qa_score', wish.min_qa_score, wish.max_qa_score)
    : between('h.duration_seconds', wish.min_duration, wish.max_duration)
}

/** What of the company's calls the reader sees (R-10, R-12); the empty lists are left out so that the index serves. */
function scopeConditions({ role, userId }: Principal): Condition[] {
  const scope = callScope(role, userId)
  return scope === 'all' ? [] : [sql<boolean>`h.owners && ${[...scope]}::text[] and h.owners <> '{}'`]
}

function searchConditions(search: string | undefined): Condition[] {
  const sought = search?.trim()
  if (!sought) return []
  const digits = digitsSought(sought)
  const prefix = `${sought.replace(/[\\%_]/g, '\\$&')}%`
  if (digits === '') return [sql<boolean>`h.id collate "C" like ${prefix}`]
  return [
    sql<boolean>`(h.id collate "C" like ${prefix} or h.from_number like ${`%${digits}%`} or h.to_number like ${`%${digits}%`})`,
  ]
}

const escalatedCondition = (escalated: boolean | undefined): Condition[] =>
  escalated === undefined
    ? []
    : [sql<boolean>`h.escalation_status is ${sql.raw(escalated ? 'not null' : 'null')}`]

// A scalar subquery is asked row by row; `exists` might be made a join with everything that has a note.
const noteCondition = (companyId: string, hasNote: boolean | undefined): Condition[] =>
  hasNote === undefined
    ? []
    : [
        sql<boolean>`coalesce((select true from notes n where n.company_id = ${companyId} and n.call_id = h.id
          and n.removed_at is null limit 1), false) = ${hasNote}`,
      ]

/** A request for a person that has all that is asked of one. */
const requestConditions = ({ trigger_type, request_status }: CallsListQuery): Condition[] =>
  trigger_type === undefined && request_status === undefined
    ? []
    : [
        sql<boolean>`h.requests @> ${JSON.stringify([{ trigger: trigger_type, status: request_status }])}::text::jsonb`,
      ]

const issueConditions = ({ qa_issue }: CallsListQuery): Condition[] =>
  qa_issue === undefined ? [] : [sql<boolean>`h.issues @> ${[qa_issue]}::text[]`]

/**
 * All filters but dates and words; what `passesFilter` says of a call, in SQL. Without the range of the order that is
 * walked, where one is named.
 */
export function rowConditions(
  wish: CallsListQuery,
  principal: Principal,
  walked?: CallsListQuery['sort_by'],
): Condition[] {
  const { status, direction, business_id, sentiment, agent_id, answered_by, escalation_status } = wish
  return [
    ...scopeConditions(principal),
    ...(status ? [sql<boolean>`h.status = any(${[...status]}::text[])`] : []),
    ...(direction ? [sql<boolean>`h.direction = ${direction}`] : []),
    ...(business_id ? [ofBusiness('h.business_id', business_id)] : []),
    ...(sentiment ? [sql<boolean>`h.sentiment = ${sentiment}`] : []),
    ...(agent_id ? [sql<boolean>`h.agent_id = ${agent_id}`] : []),
    ...(answered_by ? [sql<boolean>`h.answered_by = ${answered_by}`] : []),
    ...(escalation_status ? [sql<boolean>`h.escalation_status = ${escalation_status}`] : []),
    ...(wish.answered === undefined
      ? []
      : [sql<boolean>`coalesce(h.answered_by in ('ai', 'human'), false) = ${wish.answered}`]),
    ...escalatedCondition(wish.escalated),
    ...requestConditions(wish),
    ...issueConditions(wish),
    ...(wish.missed === undefined ? [] : [sql<boolean>`h.missed = ${wish.missed}`]),
    ...(walked === 'qa_score' ? [] : rangeOf('qa_score', wish)),
    ...between('h.sentiment_score', wish.min_sentiment_score, wish.max_sentiment_score),
    ...(walked === 'duration' ? [] : rangeOf('duration', wish)),
    ...clockConditions(wish),
    ...searchConditions(wish.search),
    ...noteCondition(principal.companyId, wish.has_note),
  ]
}

/** Fewer digits than this stand in so many numbers that walking comes upon them at once. */
const gramLength = 4

/** The ids that an index finds for a search: of calls whose id begins so, or whose numbers hold all its groups of digits. */
function soughtIds(company: string, search: string | undefined): RawBuilder<{ id: string }>[] {
  const sought = search?.trim()
  if (!sought) return []
  const digits = digitsSought(sought)
  const prefix = `${sought.replace(/[\\%_]/g, '\\$&')}%`
  const byId = sql<{ id: string }>`select h.id from call_history h
    where h.company_id = ${company} and h.id collate "C" like ${prefix}`
  if (digits === '') return [byId]
  if (digits.length < gramLength) return []
  const grams = Array.from({ length: digits.length - gramLength + 1 }, (_, from) =>
    Number(digits.slice(from, from + gramLength)),
  )
  return [
    sql<{ id: string }>`select id from (${byId} union all select h.id from call_history h
      where h.company_id = ${company} and number_grams(h.from_number, h.to_number) @> ${[...new Set(grams)]}::int[]) sought`,
  ]
}

/** The words, asked of one ended call after the other: for words that so many calls hold that an index is no help. */
export const wordsCondition = (companyId: string, { query }: WordsSought): Condition =>
  sql<boolean>`(h.worded and coalesce((select w.words @@ ${query}::tsquery from call_words w
    where w.company_id = ${companyId} and w.call_id = h.id), false))`

/**
 * Ways by which an index may find the few ended calls that can match at all, each a query of ids. Which of them finds few
 * is known only by asking.
 */
export function shortcuts(
  wish: CallsListQuery,
  principal: Principal,
  words: WordsSought | null,
): RawBuilder<{ id: string }>[] {
  const company = principal.companyId
  // In the order of an index nothing is collected before the first row comes.
  const by = (
    conditions: readonly Condition[],
    order: RawBuilder<unknown> = sql``,
  ): RawBuilder<{ id: string }>[] =>
    conditions.length === 0
      ? []
      : [
          sql<{
            id: string
          }>`select h.id from call_history h where h.company_id = ${company} and ${every(conditions)} ${order}`,
        ]
  const range = (column: CallsListQuery['sort_by'], order: RawBuilder<unknown>) =>
    // Where the list is sorted by it, walking does not leave the range anyway.
    wish.sort_by === column ? [] : by(rangeOf(column, wish), order)
  return [
    ...(words
      ? [
          sql<{
            id: string
          }>`select call_id as id from call_words where company_id = ${company} and words @@ ${words.query}::tsquery`,
        ]
      : []),
    ...soughtIds(company, wish.search),
    ...by(scopeConditions(principal)),
    ...(wish.has_note
      ? [
          sql<{
            id: string
          }>`select distinct call_id as id from notes where company_id = ${company} and removed_at is null`,
        ]
      : []),
    ...(wish.agent_id ? by([sql<boolean>`h.agent_id = ${wish.agent_id}`]) : []),
    ...(wish.escalated || wish.escalation_status
      ? by([
          sql<boolean>`h.escalation_status is not null`,
          ...(wish.escalation_status ? [sql<boolean>`h.escalation_status = ${wish.escalation_status}`] : []),
        ])
      : []),
    ...by(requestConditions(wish)),
    ...by(issueConditions(wish)),
    ...range('started_at', sql`order by h.started_at`),
    ...range('qa_score', sql`order by h.qa_score`),
    ...range('duration', sql`order by h.duration_seconds`),
  ]
}

/** All of them at once. */
export const every = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join([...conditions], sql` and `)}`
