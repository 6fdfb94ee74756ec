// The list of what callers are owed.
import { sql } from 'kysely'
import { type FollowUp, followupsList } from '#contract/follow-up.ts'
import { callScope } from '#contract/permissions.ts'
import type { Db } from '#server/db/database.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'

export function registerFollowups(register: RegisterEndpoint, { db }: { db: Db }): void {
  register(followupsList, async ({ principal, query }) => {
    const { page, limit, status, call_id } = wellFormed(query)
    const scope = callScope(principal.role, principal.userId)
    let base = db.selectFrom('followups').where('followups.company_id', '=', principal.companyId)
    if (status) base = base.where('followups.status', '=', status)
    if (call_id) base = base.where('followups.call_id', '=', call_id)
    if (scope !== 'all')
      base = base.where(
        sql<boolean>`exists (select 1 from calls where calls.company_id = ${principal.companyId}
          and calls.id = followups.call_id and calls.owners && ${[...scope]}::text[])`,
      )
    const counted = await base.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
    const total = Number(counted.total)
    const rows = await base
      .select('data')
      .orderBy('due_at')
      .orderBy('id')
      .limit(limit)
      .offset((page - 1) * limit)
      .execute()
    const total_pages = Math.ceil(total / limit)
    return {
      status: 200,
      body: {
        followups: rows.map(({ data }) => data as FollowUp),
        pagination: { page, limit, total, total_pages, has_next: page < total_pages, has_prev: page > 1 },
      },
    }
  })
}
