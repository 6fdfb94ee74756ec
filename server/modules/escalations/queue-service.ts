// The queue of escalations, and finding one, always within what the reader may see.
import { sql } from 'kysely'
import type { EscalationItem, EscalationsListQuery } from '#contract/escalation-endpoints.ts'
import { callScope } from '#contract/permissions.ts'
import type { Pagination } from '#contract/primitives.ts'
import type { Escalation } from '#contract/transcript.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { CallState } from '#server/domain/call-state.ts'
import type { Principal } from '#server/domain/principal.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'

/** Escalations of calls that the reader may see. */
function visible(db: Db, { companyId, role, userId }: Principal) {
  const scope = callScope(role, userId)
  const joined = db
    .selectFrom('escalations')
    .innerJoin('calls', (join) =>
      join
        .onRef('calls.company_id', '=', 'escalations.company_id')
        .onRef('calls.id', '=', 'escalations.call_id'),
    )
    .where('escalations.company_id', '=', companyId)
  return scope === 'all' ? joined : joined.where(sql<boolean>`calls.owners && ${[...scope]}::text[]`)
}

/** One page: open ones first, who waits longest on top; settled ones newest first. */
export async function listEscalations(
  db: Db,
  principal: Principal,
  given: EscalationsListQuery,
): Promise<{ escalations: EscalationItem[]; pagination: Pagination }> {
  const { page, limit, status, mine, settled_since } = wellFormed(given)
  let base = visible(db, principal)
  if (status) base = base.where('escalations.status', 'in', status)
  if (mine)
    base = base.where(
      sql<boolean>`(escalations.agent_id = ${principal.userId} or escalations.agent_id in (
        select id from agents where company_id = ${principal.companyId} and user_id = ${principal.userId}))`,
    )
  if (settled_since)
    base = base.where(
      sql<boolean>`(escalations.settled_at is null or escalations.settled_at >= ${settled_since}::timestamptz)`,
    )
  const counted = await base.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const total = Number(counted.total)
  const rows = await base
    .select(['escalations.data', 'calls.state'])
    .orderBy(sql`escalations.settled_at desc nulls first`)
    .orderBy('escalations.requested_at')
    .orderBy('escalations.id')
    .limit(limit)
    .offset((page - 1) * limit)
    .execute()
  const total_pages = Math.ceil(total / limit)
  return {
    escalations: rows.map(({ data, state }) => present(data as Escalation, state as CallState)),
    pagination: { page, limit, total, total_pages, has_next: page < total_pages, has_prev: page > 1 },
  }
}

function present(escalation: Escalation, { call }: CallState): EscalationItem {
  const { contact_name, from_number, to_number, direction, status, business_name } = call
  return {
    ...escalation,
    call: {
      from_number,
      to_number,
      direction,
      status,
      ...(contact_name === undefined ? {} : { contact_name }),
      ...(business_name === undefined ? {} : { business_name }),
    },
  }
}

/** The call of an escalation that the reader may see; 404 for any other, whether or not it exists (P13). */
export async function callOfEscalation(db: Db, principal: Principal, id: number): Promise<string> {
  const row = await visible(db, principal)
    .select('escalations.call_id')
    .where('escalations.id', '=', id)
    .executeTakeFirst()
  if (!row) throw new ApiError('NOT_FOUND', 'There is no such escalation.')
  return row.call_id
}
