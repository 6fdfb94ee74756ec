// Reading and handling alerts, always within the company, the caller's calls and what is addressed to their role.
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Alert, AlertsListQuery } from '#contract/alert.ts'
import { snoozeMs } from '#contract/alert-rules.ts'
import { isInStorm, stormSince } from '#contract/alert-words.ts'
import { callScope } from '#contract/permissions.ts'
import type { Pagination } from '#contract/primitives.ts'
import type { Db } from '#server/db/database.ts'
import type { Database } from '#server/db/schema.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Fact } from '#server/domain/fact.ts'
import type { Principal } from '#server/domain/principal.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'

type AlertsQuery<O> = SelectQueryBuilder<Database, 'alerts', O>

/** Alerts of calls the caller may see (P13). */
function within<O>(query: AlertsQuery<O>, { companyId, role, userId }: Principal): AlertsQuery<O> {
  const ofCompany = query.where('alerts.company_id', '=', companyId)
  const scope = callScope(role, userId)
  if (scope === 'all') return ofCompany
  return ofCompany.where(sql<boolean>`exists (select 1 from calls
    where calls.company_id = alerts.company_id and calls.id = alerts.call_id and calls.owners && ${[...scope]}::text[])`)
}

/** Those that the caller's role is told of, and those they own. */
function addressed<O>(query: AlertsQuery<O>, { role, userId }: Principal): AlertsQuery<O> {
  return query.where((eb) =>
    eb.or([sql<boolean>`recipients && ${[role]}::text[]`, eb('owner_id', '=', userId)]),
  )
}

export interface AlertPage {
  alerts: Alert[]
  pagination: Pagination
  storm: { since: string; count: number } | null
}

/** One page, newest first; and the storm that the caller's open alerts are part of. */
export async function listAlerts(db: Db, principal: Principal, wish: AlertsListQuery): Promise<AlertPage> {
  const { page, limit, state, severity, mine } = wish
  let base = addressed(within(db.selectFrom('alerts'), principal), principal)
  if (state === 'open') base = base.where('state', '<>', 'resolved')
  else if (state !== undefined) base = base.where('state', '=', state)
  if (severity !== undefined) base = base.where('severity', '=', severity)
  if (mine) base = base.where('owner_id', '=', principal.userId)
  if (wish.call_id !== undefined) base = base.where('call_id', '=', wellFormed(wish.call_id))
  const counted = await base.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await base
    .select('data')
    .orderBy('active_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset((page - 1) * limit)
    .execute()
  const total = Number(counted.total)
  const total_pages = Math.ceil(total / limit)
  return {
    alerts: rows.map(({ data }) => data as Alert),
    pagination: { page, limit, total, total_pages, has_next: page < total_pages, has_prev: page > 1 },
    storm: await readStorm(db, principal),
  }
}

async function readStorm(db: Db, principal: Principal): Promise<AlertPage['storm']> {
  const rows = await addressed(within(db.selectFrom('alerts'), principal), principal)
    .select('data')
    .where('state', '<>', 'resolved')
    .where('severity', '<>', 'info')
    .execute()
  const open = rows.map(({ data }) => data as Alert)
  const since = stormSince(open)
  if (since === null) return null
  const count = open.filter((alert) => isInStorm(alert, since)).length
  return { since: new Date(since).toISOString(), count }
}

/** The alert, when the caller may see its call; 404 otherwise, whether or not it exists. */
export async function findAlert(db: Db, principal: Principal, id: string): Promise<Alert> {
  const row = await within(db.selectFrom('alerts'), principal)
    .select('data')
    .where('id', '=', wellFormed(id))
    .executeTakeFirst()
  if (!row) throw new ApiError('ALERT_NOT_FOUND', 'There is no such alert.')
  return row.data as Alert
}

export type AlertAct =
  | { action: 'acknowledge'; note?: string | undefined; force?: boolean | undefined }
  | { action: 'resolve'; note?: string | undefined }
  | { action: 'snooze'; for: keyof typeof snoozeMs }

interface HandleOptions {
  db: Db
  ingest: Ingest
  /** Epoch ms. */
  now: number
}

/**
 * Acknowledges, snoozes or resolves. Throws 409 when it is resolved already, or when a colleague has it; resolving twice is
 * not a fault.
 */
export async function handleAlert(
  { db, ingest, now }: HandleOptions,
  principal: Principal,
  id: string,
  act: AlertAct,
): Promise<Alert> {
  const alert = await findAlert(db, principal, id)
  if (alert.state === 'resolved') return settled(alert, act)
  const { entries } = await ingest.submit({
    companyId: principal.companyId,
    facts: [factOf(alert, principal, act, now)],
  })
  const changed = entries.find(({ event }) => event === 'alert.updated')
  if (changed) return (JSON.parse(changed.data) as { alert: Alert }).alert
  // Somebody was quicker, or the condition went away in this moment.
  const present = await findAlert(db, principal, id)
  if (present.state === 'resolved') return settled(present, act)
  throw new ApiError('CONFLICT', `${present.owner?.name ?? 'A colleague'} has this alert already.`, {
    owner: present.owner,
    acknowledged_at: present.acknowledged_at,
  })
}

function factOf(alert: Alert, { userId, name }: Principal, act: AlertAct, now: number): Fact {
  return {
    event: 'desk.alert_change',
    data: {
      call_id: alert.call_id,
      alert_id: alert.id,
      change: act.action,
      by: { id: userId, name },
      note: 'note' in act ? act.note : undefined,
      force: act.action === 'acknowledge' ? act.force : undefined,
      until: act.action === 'snooze' ? new Date(now + snoozeMs[act.for]).toISOString() : undefined,
    },
  }
}

/** The same for several at once, in one commit; what cannot be changed any more is skipped. 404 when one is not there. */
export async function handleAlerts(
  { db, ingest, now }: HandleOptions,
  principal: Principal,
  ids: readonly string[],
  act: AlertAct,
): Promise<{ alerts: Alert[]; skipped: string[] }> {
  const wanted = [...new Set(ids.map(wellFormed))]
  const rows = await within(db.selectFrom('alerts'), principal)
    .select('data')
    .where('id', 'in', wanted)
    .execute()
  if (rows.length < wanted.length) throw new ApiError('ALERT_NOT_FOUND', 'There is no such alert.')
  const facts = rows.map(({ data }) => factOf(data as Alert, principal, act, now))
  const { entries } = await ingest.submit({ companyId: principal.companyId, facts })
  const alerts = entries
    .filter(({ event }) => event === 'alert.updated')
    .map(({ data }) => (JSON.parse(data) as { alert: Alert }).alert)
  const changed = new Set(alerts.map(({ id }) => id))
  return { alerts, skipped: wanted.filter((id) => !changed.has(id)) }
}

function settled(alert: Alert, act: AlertAct): Alert {
  if (act.action === 'resolve') return alert
  throw new ApiError('CONFLICT', 'This alert is resolved already.', { resolution: alert.resolution })
}
