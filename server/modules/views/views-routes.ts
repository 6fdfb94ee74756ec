// The endpoints of saved views.
import { viewsCreate, viewsDelete, viewsList, viewsUpdate } from '#contract/view.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'
import { createView, deleteView, listViews, updateView } from '#server/modules/views/views-service.ts'

export function registerViews(register: RegisterEndpoint, { db, clock }: { db: Db; clock: Clock }): void {
  register(viewsList, async ({ principal, query }) => ({
    status: 200,
    body: { views: await listViews(db, principal, query.area) },
  }))

  register(viewsCreate, async ({ principal, body }) => ({
    status: 201,
    body: { view: await createView(db, principal, wellFormed(body), clock.now()) },
  }))

  register(viewsUpdate, async ({ principal, params, body }) => ({
    status: 200,
    body: { view: await updateView(db, principal, params.view_id, wellFormed(body), clock.now()) },
  }))

  register(viewsDelete, async ({ principal, params }) => {
    await deleteView(db, principal, params.view_id, clock.now())
    return { status: 200, body: { success: true } }
  })
}
