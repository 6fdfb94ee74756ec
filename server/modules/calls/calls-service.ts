// Reading one call, its lines and notes, always within what the reader may see.
import { type SelectQueryBuilder, sql } from 'kysely'
import type { CallDetail } from '#contract/call-endpoints.ts'
import { callScope, can } from '#contract/permissions.ts'
import type { CallInteraction } from '#contract/transcript.ts'
import type { Db } from '#server/db/database.ts'
import { readEscalations, readInterventions, readNotes } from '#server/db/read-call-parts.ts'
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
    ...(state.escalation
      ? {
          escalation: state.escalation,
          escalations: await readEscalations(db, principal.companyId, callId),
        }
      : {}),
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

interface Named {
  id: string
  name: string
}

/** The company's businesses and agents by name; agents only for roles that may see them. */
export async function readFilterChoices(
  db: Db,
  { companyId, role }: Principal,
): Promise<{ businesses: Named[]; agents: Named[] }> {
  const named = (table: 'businesses' | 'agents') =>
    db.selectFrom(table).select(['id', 'name']).where('company_id', '=', companyId).orderBy('name').execute()
  return {
    businesses: await named('businesses'),
    agents: can(role, 'agents.read') ? await named('agents') : [],
  }
}
