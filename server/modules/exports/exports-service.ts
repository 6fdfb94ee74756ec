// Exports as their owner asks for them, follows them and takes them away. Making them is the runner's.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { pdfCallsAtMost } from '#contract/export-columns.ts'
import type { CallsExportBody, ExportJob } from '#contract/export.ts'
import { filterWords } from '#contract/filter-words.ts'
import { isoIn } from '#contract/zone-calendar.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Principal } from '#server/domain/principal.ts'
import { CallsWalk } from '#server/modules/calls/walk-calls-service.ts'
import { type ExportRow, type ExportWish, presentExport } from '#server/modules/exports/export-row.ts'

export interface ExportsOptions {
  db: Db
  clock: Clock
  /** Signs the links to files. */
  secret: string
  /** Exports a person may make in 24 hours. */
  perDay: number
}

/** How long counting may hold up the answer, ms; the runner counts on. */
const countForMs = 250
const dayMs = 24 * 3600_000
/** The list shows so many of one's own. */
const listed = 50

const text = (at: number) => new Date(at).toISOString()

/** The row of an export that is the reader's own; any other does not exist. */
async function findOwn({ db }: ExportsOptions, principal: Principal, id: string): Promise<ExportRow> {
  const row = await db
    .selectFrom('exports')
    .selectAll()
    .where('company_id', '=', principal.companyId)
    .where('owner_id', '=', principal.userId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new ApiError('EXPORT_NOT_FOUND', 'There is no such export.')
  return row
}

async function waitingBefore({ db }: ExportsOptions, row: ExportRow): Promise<number | undefined> {
  if (row.state !== 'queued') return undefined
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from exports
    where company_id = ${row.company_id} and state in ('queued', 'running')
      and (created_at, id) < (${row.created_at.toISOString()}::timestamptz, ${row.id})`.execute(db)
  return rows[0]?.count ?? 0
}

async function present(options: ExportsOptions, row: ExportRow): Promise<ExportJob> {
  return presentExport(row, options.secret, options.clock.now(), await waitingBefore(options, row))
}

/** How many exports the person may still make, and when one more. Failed and cancelled ones do not count. */
async function leftOf(
  { db, clock, perDay }: ExportsOptions,
  { companyId, userId }: Principal,
): Promise<{ left: number; moreAt?: string }> {
  const rows = await db
    .selectFrom('exports')
    .select('created_at')
    .where('company_id', '=', companyId)
    .where('owner_id', '=', userId)
    .where('state', 'not in', ['failed', 'cancelled'])
    .where('created_at', '>', sql<Date>`${text(clock.now() - dayMs)}::timestamptz`)
    .orderBy('created_at')
    .execute()
  const blocking = rows[Math.max(0, rows.length - perDay)]
  return {
    left: Math.max(0, perDay - rows.length),
    ...(rows.length >= perDay && blocking ? { moreAt: text(blocking.created_at.getTime() + dayMs) } : {}),
  }
}

async function namesOf(db: Db, companyId: string) {
  const businesses = await db
    .selectFrom('businesses')
    .select(['id', 'name'])
    .where('company_id', '=', companyId)
    .execute()
  const agents = await db
    .selectFrom('agents')
    .select(['id', 'name'])
    .where('company_id', '=', companyId)
    .execute()
  const lookUp = (rows: readonly { id: string; name: string }[]) => {
    const byId = new Map(rows.map(({ id, name }) => [id, name]))
    return (id: string) => byId.get(id)
  }
  return { business: lookUp(businesses), agent: lookUp(agents) }
}

/** Days of the filter and clocks of the file are the company's where nothing else is said, as in the list. */
const withZone = ({ zone, filters, ...rest }: CallsExportBody, { companyZone }: Principal): ExportWish => ({
  ...rest,
  zone: zone ?? companyZone ?? 'UTC',
  filters: { ...filters, zone: filters.zone ?? companyZone },
})

/** Puts an export in the queue. Throws EXPORT_LIMIT past the day's number, and 400 for more calls than a PDF takes. */
export async function createExport(
  options: ExportsOptions,
  principal: Principal,
  asked: CallsExportBody,
): Promise<ExportJob> {
  const { db, clock, perDay } = options
  const body = withZone(asked, principal)
  const { left, moreAt } = await leftOf(options, principal)
  const now = clock.now()
  if (left === 0)
    throw new ApiError(
      'EXPORT_LIMIT',
      `You have used your ${perDay} exports for today.`,
      undefined,
      Math.max(1, Math.ceil((Date.parse(moreAt ?? text(now)) - now) / 1000)),
    )
  const walk = await CallsWalk.open({ db, clock }, principal, body.filters)
  const { count, exact } = await walk.count(countForMs)
  if (body.format === 'pdf' && count > pdfCallsAtMost) throw tooManyForPdf()
  const zoned = (at: number) => isoIn(body.zone, at)
  const names = await namesOf(db, principal.companyId)
  const words = filterWords(body.filters, { ...names, instant: (one) => zoned(Date.parse(one)) })
  const row = await db
    .insertInto('exports')
    .values({
      company_id: principal.companyId,
      id: randomUUID(),
      owner_id: principal.userId,
      owner_name: principal.name,
      role: principal.role,
      format: body.format,
      state: 'queued',
      wish: JSON.stringify(body),
      words: JSON.stringify(words),
      file_name: `calls-${zoned(now).slice(0, 16).replace('T', '-').replace(':', '')}.${body.format}`,
      created_at: text(now),
      total: exact ? count : null,
      error: null,
      holder: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return present(options, row)
}

/** The refusal of a PDF that nobody could read. */
export const tooManyForPdf = () =>
  new ApiError(
    'VALIDATION_ERROR',
    `body.format: A PDF holds at most ${pdfCallsAtMost} calls. Choose CSV, or filter more.`,
    [{ field: 'body.format', message: `A PDF holds at most ${pdfCallsAtMost} calls.` }],
  )

/** One's own exports that were not taken off the list, newest first, and how many more may be made. */
export async function listExports(options: ExportsOptions, principal: Principal) {
  const rows = await options.db
    .selectFrom('exports')
    .selectAll()
    .where('company_id', '=', principal.companyId)
    .where('owner_id', '=', principal.userId)
    .where('hidden', '=', false)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(listed)
    .execute()
  const exports: ExportJob[] = []
  for (const row of rows) exports.push(await present(options, row))
  return { exports, ...(await leftOf(options, principal)) }
}

/** How far one's own export is. */
export async function getExport(
  options: ExportsOptions,
  principal: Principal,
  id: string,
): Promise<ExportJob> {
  return present(options, await findOwn(options, principal, id))
}

/** Stops an export that is not finished; takes a finished one off the list, with its file. Doing it twice is no fault. */
export async function cancelExport(
  options: ExportsOptions,
  principal: Principal,
  id: string,
): Promise<ExportJob> {
  const { db, clock } = options
  await findOwn(options, principal, id)
  const { companyId } = principal
  await sql`update exports set hidden = hidden or state not in ('queued', 'running'), holder = null,
      finished_at = coalesce(finished_at, ${text(clock.now())}::timestamptz),
      state = case state when 'queued' then 'cancelled' when 'running' then 'cancelled' when 'done' then 'expired' else state end
    where company_id = ${companyId} and id = ${id}`.execute(db)
  await db
    .deleteFrom('export_pieces')
    .where('company_id', '=', companyId)
    .where('export_id', '=', id)
    .execute()
  return present(options, await findOwn(options, principal, id))
}
