// Saved views: a name for what stands after the `?` of a page's address, one's own or shared with the team.
import { z } from 'zod'
import { endpoint } from '#contract/endpoint.ts'
import { Id, Instant } from '#contract/primitives.ts'

/** Views that one person may keep. */
export const viewsPerPerson = 100

/** The page a view belongs to. */
export const ViewArea = z.enum(['live', 'triage', 'history', 'analytics', 'escalations', 'leads'])
export type ViewArea = z.infer<typeof ViewArea>

/** 1–80 characters. */
const ViewName = z.string().trim().min(1, 'Give the view a name.').max(80, 'Use at most 80 characters.')

/** The query of the page's address, without `?`; it is kept as it is and read by the page alone. */
const ViewQuery = z
  .string()
  .max(2000, 'Use at most 2,000 characters.')
  .refine(
    (text) => !text.startsWith('?') && !/[\s#]/.test(text),
    'Write the query without "?", spaces and "#".',
  )

export const SavedView = z
  .object({
    id: Id,
    name: z.string(),
    area: ViewArea,
    query: z.string(),
    /** Everybody of the company sees it. */
    shared: z.boolean(),
    owner: z.object({ id: Id, name: z.string() }),
    /** The reader may rename, change, share and delete it. */
    can_change: z.boolean(),
    /** Smaller ones stand first; one between two others is allowed. */
    position: z.number(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'SavedView' })
export type SavedView = z.infer<typeof SavedView>

const viewParams = z.object({ view_id: z.uuid() })

export const viewsList = endpoint({
  id: 'views-list',
  summary: "One's own views and the team's, in their order",
  method: 'GET',
  path: '/api/v1/views',
  capability: 'signed-in',
  query: z.object({ area: ViewArea.optional() }),
  responses: { 200: z.object({ views: z.array(SavedView) }) },
})

export const viewsCreate = endpoint({
  id: 'views-create',
  summary: 'Save a view; sharing it takes `views.share`',
  method: 'POST',
  path: '/api/v1/views',
  capability: 'signed-in',
  body: z.object({
    name: ViewName,
    area: ViewArea,
    query: ViewQuery,
    shared: z.boolean().default(false),
    /** After the last one when absent. */
    position: z.number().optional(),
  }),
  responses: { 201: z.object({ view: SavedView }) },
  errors: ['CONFLICT'],
})

/** `deleted: false` brings a deleted view back for 30 days, so that deleting can be undone. */
export const viewsUpdate = endpoint({
  id: 'views-update',
  summary: 'Rename, change, share, move or bring back a view',
  method: 'PATCH',
  path: '/api/v1/views/:view_id',
  capability: 'signed-in',
  params: viewParams,
  body: z
    .object({
      name: ViewName,
      query: ViewQuery,
      shared: z.boolean(),
      position: z.number(),
      deleted: z.literal(false),
    })
    .partial()
    .refine((body) => Object.keys(body).length > 0, 'Say what to change.'),
  responses: { 200: z.object({ view: SavedView }) },
  errors: ['NOT_FOUND', 'CONFLICT'],
  retry: true,
})

export const viewsDelete = endpoint({
  id: 'views-delete',
  summary: 'Delete a view; it can be brought back for 30 days',
  method: 'DELETE',
  path: '/api/v1/views/:view_id',
  capability: 'signed-in',
  params: viewParams,
  responses: { 200: z.object({ success: z.boolean() }) },
  errors: ['NOT_FOUND'],
  retry: true,
})
