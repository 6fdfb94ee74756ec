// Reading calls: the list with its filters, one call, its lines and notes, always within what the reader may see.
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Call } from '#contract/call.ts'
import type { CallDetail, CallsListQuery } from '#contract/call-endpoints.ts'
import { callScope } from '#contract/permissions.ts'
import type { Pagination } from '#contract/primitives.ts'
import type { CallInteraction } from '#contract/transcript.ts'
import type { Db } from '#server/db/database.ts'
import { readInterventions, readNotes } from '#server/db/read-call-parts.ts'
import type { Database } from '#server/db/schema.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { CallState } from '#server/domain/call-state.ts'
import { presentLine } from '#server/domain/present-line.ts'
import type { Principal } from '#server/domain/principal.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'

type CallsQuery<O> = SelectQueryBuilder<Database, 'calls', O>

/** Narrows to the reader's company, and to their own calls where the role sees no others. */
function within<O>(query: CallsQuery<O>, principal: Principal): CallsQuery<O> {
  const scope = callScope(principal.role, principal.userId)
  const ofCompany = query.where('company_id', '=', principal.companyId)
  return scope === 'all' ? ofCompany : ofCompany.where(sql<boolean>`owners && ${[...scope]}::text[]`)
}

/** A date without a time is the whole day. */
const fromInstant = (text: string) => (text.length === 10 ? `${text}T00:00:00.000Z` : text)
const toInstant = (text: string) => (text.length === 10 ? `${text}T23:59:59.999Z` : text)

function filtered<O>(query: CallsQuery<O>, wish: CallsListQuery): CallsQuery<O> {
  let q = query
  if (wish.status) q = q.where('status', 'in', wish.status)
  if (wish.direction) q = q.where('direction', '=', wish.direction)
  if (wish.business_id) q = q.where('business_id', '=', wish.business_id)
  if (wish.from_date) q = q.where('started_at', '>=', sql<Date>`${fromInstant(wish.from_date)}::timestamptz`)
  if (wish.to_date) q = q.where('started_at', '<=', sql<Date>`${toInstant(wish.to_date)}::timestamptz`)
  if (wish.min_qa_score !== undefined) q = q.where('qa_score', '>=', wish.min_qa_score)
  if (wish.max_qa_score !== undefined) q = q.where('qa_score', '<=', wish.max_qa_score)
  if (wish.sentiment) q = q.where('sentiment', '=', wish.sentiment)
  if (wish.agent_id) q = q.where('agent_id', '=', wish.agent_id)
  if (wish.escalation_status) q = q.where('escalation_status', '=', wish.escalation_status)
  const search = wish.search?.trim()
  if (search) {
    // Letters make it an id: its digits are not those of a number.
    const digits = /\p{L}/u.test(search) ? '' : search.replace(/\D/g, '')
    const prefix = `${search.replace(/[\\%_]/g, '\\$&')}%`
    q = q.where((eb) =>
      eb.or([
        eb('id', 'like', prefix),
        ...(digits.length >= 3
          ? [eb('from_number', 'like', `%${digits}%`), eb('to_number', 'like', `%${digits}%`)]
          : []),
      ]),
    )
  }
  return q
}

const sortColumn = { started_at: 'started_at', duration: 'duration_seconds', qa_score: 'qa_score' } as const

/** One page of calls. */
export async function listCalls(
  db: Db,
  principal: Principal,
  wish: CallsListQuery,
): Promise<{ calls: Call[]; pagination: Pagination }> {
  const { page, limit, sort_by, sort_order } = wish
  const base = filtered(within(db.selectFrom('calls'), principal), wellFormed(wish))
  const counted = await base.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const total = Number(counted.total)
  const rows = await base
    .select('state')
    .orderBy(sortColumn[sort_by], (order) => (sort_order === 'asc' ? order.asc() : order.desc()).nullsLast())
    .orderBy('id', sort_order)
    .limit(limit)
    .offset((page - 1) * limit)
    .execute()
  const total_pages = Math.ceil(total / limit)
  return {
    calls: rows.map(({ state }) => (state as CallState).call),
    pagination: { page, limit, total, total_pages, has_next: page < total_pages, has_prev: page > 1 },
  }
}

/** The state of a call the reader may see; throws 404 for any other, whether or not it exists (P13). */
export async function findCall(db: Db, principal: Principal, callId: string): Promise<CallState> {
  const row = await within(db.selectFrom('calls'), principal)
    .select('state')
    .where('id', '=', wellFormed(callId))
    .executeTakeFirst()
  if (!row) throw new ApiError('CALL_NOT_FOUND', 'There is no such call.')
  return row.state as CallState
}

/** A call with what hangs on it. */
export async function readDetail(
  db: Db,
  principal: Principal,
  callId: string,
): Promise<Omit<CallDetail, 'agent'>> {
  const state = await findCall(db, principal, callId)
  return {
    call: state.call,
    interactions_count: state.lines,
    ...(state.qaScore ? { qa_scores: state.qaScore } : {}),
    ...(state.escalation ? { escalation: state.escalation } : {}),
    manager_notes: await readNotes(db, principal.companyId, callId),
    interventions: await readInterventions(db, principal.companyId, callId),
  }
}

interface LinesWish {
  limit: number
  offset: number
  speaker?: string | undefined
  before?: number | undefined
}

/** Lines oldest first. With `before`: the `limit` lines that come right before it. */
export async function readLines(
  db: Db,
  companyId: string,
  callId: string,
  wish: LinesWish,
): Promise<{ interactions: CallInteraction[]; total: number }> {
  let base = db.selectFrom('interactions').where('company_id', '=', companyId).where('call_id', '=', callId)
  if (wish.speaker !== undefined) base = base.where('speaker', '=', wish.speaker)
  const counted = await base.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const backwards = wish.before !== undefined
  if (wish.before !== undefined) base = base.where('id', '<', wish.before)
  const rows = await base
    .select(['id', 'call_id', 'speaker', 'text', 'audio_url', 'at', 'sentiment_score', 'metadata'])
    .orderBy('id', backwards ? 'desc' : 'asc')
    .limit(wish.limit)
    .offset(wish.offset)
    .execute()
  if (backwards) rows.reverse()
  return { interactions: rows.map(presentLine), total: Number(counted.total) }
}
