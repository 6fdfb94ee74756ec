// The trail of a call: everything that people, rules and the platform did, for those who answer for it.
import { z } from 'zod'
import { endpoint } from '#contract/endpoint.ts'
import { CallParams, Id, Instant } from '#contract/primitives.ts'

export const AuditEvent = z
  .object({
    /** The same for the same event at every reading. */
    id: Id,
    callId: Id,
    at: Instant,
    actorId: Id.nullable(),
    actorName: z.string(),
    /** A person's role as it is now; `system` for rules and the server itself, `webhook` for the platform. */
    actorRole: z.string(),
    /** Dotted, e.g. `call.started`, `escalation.accepted`, `note.added`, `qa.reviewed`. */
    action: z.string(),
    field: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
    requestId: z.string().nullable(),
    /** What happened, in words (addition). */
    text: z.string(),
    /** The line it concerns, where there is one (addition). */
    interactionId: z.number().int().optional(),
  })
  .meta({ id: 'AuditEvent' })
export type AuditEvent = z.infer<typeof AuditEvent>

export const auditCall = endpoint({
  id: 'audit-call',
  summary: 'Everything that was done on a call, oldest first',
  method: 'GET',
  path: '/api/v1/audit/calls/:call_id',
  capability: 'audit.read',
  params: CallParams,
  query: z.object({
    limit: z.coerce.number().int().min(1).max(1000).default(200),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  responses: { 200: z.object({ events: z.array(AuditEvent), total: z.number().int() }) },
  errors: ['CALL_NOT_FOUND'],
})
