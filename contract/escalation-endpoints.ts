// The queue of escalations, and what can be done about one (G-07).
import { z } from 'zod'
import { CallDirection, CallStatus, EscalationStatus } from '#contract/call.ts'
import { endpoint } from '#contract/endpoint.ts'
import {
  Id,
  Instant,
  PageQuery,
  Pagination,
  QueryBoolean,
  commaList,
  faultsOf,
} from '#contract/primitives.ts'
import { BriefingPatch, TransferFallback } from '#contract/transfer.ts'
import { Escalation } from '#contract/transcript.ts'

/** An escalation as the queue shows it: with what tells its call apart. */
export const EscalationItem = Escalation.extend({
  call: z.object({
    contact_name: z.string().nullable().optional(),
    from_number: z.string(),
    to_number: z.string(),
    direction: CallDirection,
    status: CallStatus,
    business_name: z.string().optional(),
  }),
}).meta({ id: 'EscalationItem' })
export type EscalationItem = z.infer<typeof EscalationItem>

export const EscalationsListQuery = z.object({
  ...PageQuery,
  /** One status or a comma list; absent means all. */
  status: commaList(EscalationStatus).optional(),
  /** Only those the reader is asked for or has. */
  mine: QueryBoolean.optional(),
  /** Completed or cancelled at this instant or later; open ones are never left out by it. */
  settled_since: Instant.optional(),
})
export type EscalationsListQuery = z.infer<typeof EscalationsListQuery>

export const escalationsList = endpoint({
  id: 'escalations-list',
  summary: 'Escalations; open ones first, who waits longest on top, settled ones newest first',
  method: 'GET',
  path: '/api/v1/escalations',
  capability: 'escalations.read',
  query: EscalationsListQuery,
  responses: { 200: z.object({ escalations: z.array(EscalationItem), pagination: Pagination }) },
})

/**
 * `in_progress` takes the call; `pending` with `agent_id` asks that agent; `rejected` says no for the agent who is asked;
 * `completed` hands a call that goes on back to the AI with what was promised; `cancelled` withdraws the request.
 *
 * A call that a person has is given back by a command: the answer has the escalation as it stands, with
 * `transfer.hand_back`, and it is `completed` or `cancelled` once the platform says that it was carried out.
 *
 * Claims: who is asked may always accept and say no, and who has the call on the phone may always give it back, whoever has
 * it in hand at the desk. Any other change but that of the briefing is an act on the call: it takes the call in hand, and is
 * refused with 409 `CALL_CLAIMED` while somebody else has it, unless `force` is said.
 */
export const EscalationChange = z
  .object({
    status: z.enum(['pending', 'in_progress', 'rejected', 'completed', 'cancelled']).optional(),
    /** Whom to ask, or for whom the call is taken; absent with `in_progress` means the one who signs in. */
    agent_id: Id.optional(),
    briefing: BriefingPatch.optional(),
    /** The receiver has read the briefing. */
    confirm_briefing: z.literal(true).optional(),
    fallback: TransferFallback.optional(),
    reason: z.string().trim().max(500).optional(),
    /** With `completed`: what the person promised the caller. */
    promised: z.array(z.string().trim().min(1).max(300)).max(10).optional(),
    /** Do it although somebody else has the call in hand. */
    force: z.boolean().optional(),
    /** Only while the escalation has this status; else 409, and nothing is done. */
    if_status: EscalationStatus.optional(),
  })
  .check((context) => {
    const { value } = context
    const { status, agent_id, briefing, confirm_briefing, fallback } = value
    const fault = faultsOf(context)
    if (!status && !briefing && !confirm_briefing && !fallback)
      fault('status', 'Say what is to change: status, briefing, confirm_briefing or fallback.')
    if (status === 'pending' && !agent_id) fault('agent_id', 'Say whom to ask.')
    if (value.promised && status !== 'completed')
      fault('promised', 'What was promised is said when the transfer is completed.')
  })
export type EscalationChange = z.infer<typeof EscalationChange>

export const escalationsUpdate = endpoint({
  id: 'escalations-update',
  summary: 'Take, reject, complete, cancel or pass on an escalation; correct or confirm its briefing',
  method: 'PATCH',
  path: '/api/v1/escalations/:id',
  capability: 'escalations.handle',
  params: z.object({ id: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER) }),
  body: EscalationChange,
  responses: { 200: z.object({ escalation: Escalation, message: z.string() }) },
  errors: ['NOT_FOUND', 'CONFLICT', 'CALL_CLAIMED', 'CALL_NOT_ACTIVE', 'NO_AGENT_AVAILABLE'],
})
