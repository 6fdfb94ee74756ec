// Something owed to a caller after the call: what a transfer that reached nobody leaves behind.
import { z } from 'zod'
import { endpoint } from '#contract/endpoint.ts'
import { Id, Instant, PageQuery, Pagination } from '#contract/primitives.ts'

export const FollowUpStatus = z.enum(['open', 'in_progress', 'completed', 'cancelled'])
export type FollowUpStatus = z.infer<typeof FollowUpStatus>

export const FollowUp = z
  .object({
    id: Id,
    call_id: Id,
    /** Why the caller is owed something, in words. */
    reason: z.string(),
    due_at: Instant,
    /** Who made it; `callboard` when the server did by itself. */
    created_by: z.object({ id: Id, name: z.string() }),
    created_at: Instant,
    status: FollowUpStatus,
  })
  .meta({ id: 'FollowUp' })
export type FollowUp = z.infer<typeof FollowUp>

export const followupsList = endpoint({
  id: 'followups-list',
  summary: 'What callers are owed, due first',
  method: 'GET',
  path: '/api/v1/followups',
  capability: 'calls.read',
  query: z.object({ ...PageQuery, status: FollowUpStatus.optional(), call_id: Id.optional() }),
  responses: { 200: z.object({ followups: z.array(FollowUp), pagination: Pagination }) },
})
