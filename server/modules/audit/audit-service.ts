// Gathers what is kept of a call and makes one trail of it.
import type { Alert } from '#contract/alert.ts'
import type { AuditEvent } from '#contract/audit.ts'
import type { Call } from '#contract/call.ts'
import type { Db } from '#server/db/database.ts'
import { readEscalations, readInterventions, readStoredNotes } from '#server/db/read-call-parts.ts'
import { type KeptNews, auditTrail } from '#server/domain/audit-trail.ts'

/** The whole trail of a call of the company, oldest first. */
export async function readTrail(db: Db, companyId: string, call: Call): Promise<AuditEvent[]> {
  const users = await db
    .selectFrom('users')
    .select(['id', 'role'])
    .where('company_id', '=', companyId)
    .execute()
  const roles = new Map(users.map(({ id, role }) => [id, role]))
  return auditTrail({
    call,
    escalations: await readEscalations(db, companyId, call.id),
    interventions: await readInterventions(db, companyId, call.id),
    notes: await readStoredNotes(db, companyId, call.id),
    alerts: await readAlerts(db, companyId, call),
    kept: await readKept(db, companyId, call.id),
    roleOf: (id) => roles.get(id),
  })
}

/** Alerts are raised only while their call is live, so its times narrow the search to their index. */
async function readAlerts(db: Db, companyId: string, call: Call): Promise<Alert[]> {
  let alerts = db
    .selectFrom('alerts')
    .select('data')
    .where('company_id', '=', companyId)
    .where('call_id', '=', call.id)
    .where('active_at', '>=', new Date(Date.parse(call.created_at) - 60_000))
  if (call.ended_at !== undefined)
    alerts = alerts.where('active_at', '<=', new Date(Date.parse(call.ended_at) + 60_000))
  const rows = await alerts.orderBy('active_at').orderBy('id').execute()
  return rows.map(({ data }) => data as Alert)
}

async function readKept(db: Db, companyId: string, callId: string): Promise<KeptNews[]> {
  const rows = await db
    .selectFrom('audit_entries')
    .select(['seq', 'event', 'at', 'by_id', 'by_name', 'data'])
    .where('company_id', '=', companyId)
    .where('call_id', '=', callId)
    .orderBy('seq')
    .execute()
  return rows.map(
    ({ seq, event, at, by_id, by_name, data }) =>
      ({
        seq,
        event,
        at: at.toISOString(),
        by: by_id === null ? null : { id: by_id, name: by_name ?? by_id },
        data: JSON.parse(data),
      }) as KeptNews,
  )
}
