// Saved views: one's own and the team's. Who did not make a view sees it only while it is shared.
import { randomUUID } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { can } from '#contract/permissions.ts'
import { type SavedView, type ViewArea, viewsPerPerson } from '#contract/view.ts'
import type { Db } from '#server/db/database.ts'
import type { SavedViewTable } from '#server/db/schema.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Principal } from '#server/domain/principal.ts'

/** A deleted view can be brought back for so long, ms. */
const keptDeletedMs = 30 * 24 * 3600_000

type Row = Selectable<SavedViewTable>

const mayChange = (row: Pick<Row, 'owner_id' | 'shared'>, { userId, role }: Principal) =>
  row.owner_id === userId || (row.shared && can(role, 'views.manage'))

function presentView(row: Row, principal: Principal): SavedView {
  return {
    id: row.id,
    name: row.name,
    area: row.area as ViewArea,
    query: row.query,
    shared: row.shared,
    owner: { id: row.owner_id, name: row.owner_name },
    can_change: mayChange(row, principal),
    position: row.position,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}

/** The views the person sees, in their order. */
export async function listViews(db: Db, principal: Principal, area?: ViewArea): Promise<SavedView[]> {
  let query = db
    .selectFrom('saved_views')
    .selectAll()
    .where('company_id', '=', principal.companyId)
    .where('deleted_at', 'is', null)
    .where((eb) => eb.or([eb('owner_id', '=', principal.userId), eb('shared', '=', true)]))
  if (area) query = query.where('area', '=', area)
  const rows = await query.orderBy('position').orderBy('created_at').orderBy('id').execute()
  return rows.map((row) => presentView(row, principal))
}

function refuseSharing({ role }: Principal): void {
  if (!can(role, 'views.share')) throw new ApiError('FORBIDDEN', "You don't have permission to share a view.")
}

/** The same name twice in one list would leave nothing to tell the two apart. */
async function refuseTakenName(
  db: Db,
  { companyId }: Principal,
  view: { id?: string; ownerId: string; area: string; name: string; shared: boolean },
): Promise<void> {
  const same = await db
    .selectFrom('saved_views')
    .select('id')
    .where('company_id', '=', companyId)
    .where('area', '=', view.area)
    .where('deleted_at', 'is', null)
    .where((eb) => (view.shared ? eb('shared', '=', true) : eb('owner_id', '=', view.ownerId)))
    .where(sql`lower(name)`, '=', view.name.toLowerCase())
    .execute()
  if (same.some(({ id }) => id !== view.id))
    throw new ApiError('CONFLICT', 'There is a view of this name already.', [
      { field: 'body.name', message: 'Choose another name.' },
    ])
}

export interface NewView {
  name: string
  area: ViewArea
  query: string
  shared: boolean
  position?: number | undefined
}

/** Saves a view; `now` in epoch ms. Throws CONFLICT for a name that is taken and past the number a person may keep. */
export async function createView(
  db: Db,
  principal: Principal,
  wish: NewView,
  now: number,
): Promise<SavedView> {
  const { companyId: company_id, userId: owner_id } = principal
  if (wish.shared) refuseSharing(principal)
  await refuseTakenName(db, principal, { ...wish, ownerId: owner_id })
  await db
    .deleteFrom('saved_views')
    .where('company_id', '=', company_id)
    .where('deleted_at', '<', sql<Date>`${new Date(now - keptDeletedMs).toISOString()}::timestamptz`)
    .execute()
  const { count, last } = await db
    .selectFrom('saved_views')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('position').as('last')])
    .where('company_id', '=', company_id)
    .where('owner_id', '=', owner_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (Number(count) >= viewsPerPerson)
    throw new ApiError('CONFLICT', `A person may keep ${viewsPerPerson} views. Delete one that is not used.`)
  const at = new Date(now).toISOString()
  const row = await db
    .insertInto('saved_views')
    .values({
      company_id,
      id: randomUUID(),
      owner_id,
      owner_name: principal.name,
      area: wish.area,
      name: wish.name,
      query: wish.query,
      shared: wish.shared,
      position: wish.position ?? (last ?? 0) + 1,
      created_at: at,
      updated_at: at,
      deleted_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return presentView(row, principal)
}

/** A view the person sees, deleted ones of theirs included; any other does not exist. */
async function findView(db: Db, principal: Principal, id: string): Promise<Row> {
  const row = await db
    .selectFrom('saved_views')
    .selectAll()
    .where('company_id', '=', principal.companyId)
    .where('id', '=', id)
    .where((eb) => eb.or([eb('owner_id', '=', principal.userId), eb('shared', '=', true)]))
    .executeTakeFirst()
  if (!row) throw new ApiError('NOT_FOUND', 'There is no such view.')
  if (!mayChange(row, principal))
    throw new ApiError('FORBIDDEN', `Only ${row.owner_name} or a manager may change this view.`)
  return row
}

export interface ViewChange {
  name?: string | undefined
  query?: string | undefined
  shared?: boolean | undefined
  position?: number | undefined
  deleted?: false | undefined
}

/** Changes a view or brings a deleted one back; `now` in epoch ms. */
export async function updateView(
  db: Db,
  principal: Principal,
  id: string,
  change: ViewChange,
  now: number,
): Promise<SavedView> {
  const before = await findView(db, principal, id)
  if (before.deleted_at !== null && change.deleted !== false)
    throw new ApiError('NOT_FOUND', 'This view was deleted.')
  if (change.shared && !before.shared) refuseSharing(principal)
  const name = change.name ?? before.name
  const shared = change.shared ?? before.shared
  await refuseTakenName(db, principal, { id, ownerId: before.owner_id, area: before.area, name, shared })
  const row = await db
    .updateTable('saved_views')
    .set({
      name,
      shared,
      query: change.query ?? before.query,
      position: change.position ?? before.position,
      deleted_at: null,
      updated_at: new Date(now).toISOString(),
    })
    .where('company_id', '=', principal.companyId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return presentView(row, principal)
}

/** Deletes a view for 30 days, then for good; `now` in epoch ms. Deleting it twice is no fault. */
export async function deleteView(db: Db, principal: Principal, id: string, now: number): Promise<void> {
  await findView(db, principal, id)
  await db
    .updateTable('saved_views')
    .set({ deleted_at: new Date(now).toISOString() })
    .where('company_id', '=', principal.companyId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .execute()
}
