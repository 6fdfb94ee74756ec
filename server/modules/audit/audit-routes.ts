// The endpoint of a call's trail.
import { auditCall } from '#contract/audit.ts'
import type { Db } from '#server/db/database.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import { readTrail } from '#server/modules/audit/audit-service.ts'
import { findCall } from '#server/modules/calls/calls-service.ts'

export function registerAudit(register: RegisterEndpoint, { db }: { db: Db }): void {
  register(auditCall, async ({ principal, params, query }) => {
    const { call } = await findCall(db, principal, params.call_id)
    const trail = await readTrail(db, principal.companyId, call)
    const { limit, offset } = query
    return { status: 200, body: { events: trail.slice(offset, offset + limit), total: trail.length } }
  })
}
