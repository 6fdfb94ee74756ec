// The endpoints of one call and of the list of calls.
import { z } from 'zod'
import { HumanAgent } from '#contract/agent.ts'
import { Call, CallDirection, SentimentLabel } from '#contract/call.ts'
import { callStatuses } from '#contract/call-rules.ts'
import { endpoint } from '#contract/endpoint.ts'
import { Id, Instant, Metadata, PageQuery, Pagination, PhoneNumber } from '#contract/primitives.ts'
import {
  CallInteraction,
  CallNote,
  Escalation,
  Intervention,
  InterventionState,
  QAScore,
} from '#contract/transcript.ts'

const callParams = z.object({ call_id: Id })
const ratioQuery = z.coerce.number().min(0).max(1).optional()

/** A date without a time means the whole day, UTC until a company has a zone. */
const dateQuery = z.union([Instant, z.iso.date().refine((text) => !text.startsWith('0000'))]).optional()

export const CallsListQuery = z.object({
  ...PageQuery,
  /** One status or a comma list. */
  status: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.enum(callStatuses)).min(1))
    .optional(),
  direction: CallDirection.optional(),
  business_id: Id.optional(),
  from_date: dateQuery,
  to_date: dateQuery,
  /** Digits of a phone number, or the beginning of a call id. */
  search: z.string().max(200).optional(),
  sort_by: z.enum(['started_at', 'duration', 'qa_score']).default('started_at'),
  sort_order: z.enum(['asc', 'desc']).default('desc'),
  min_qa_score: ratioQuery,
  max_qa_score: ratioQuery,
  sentiment: SentimentLabel.optional(),
  agent_id: Id.optional(),
  escalation_status: z.enum(['pending', 'in_progress', 'completed']).optional(),
})
export type CallsListQuery = z.infer<typeof CallsListQuery>

export const callsList = endpoint({
  id: 'calls-list',
  summary: 'List calls, newest first',
  method: 'GET',
  path: '/api/v1/calls',
  capability: 'calls.read',
  query: CallsListQuery,
  responses: { 200: z.object({ calls: z.array(Call), pagination: Pagination }) },
})

export const CallDetail = z
  .object({
    call: Call,
    interactions_count: z.number().int(),
    qa_scores: QAScore.optional(),
    escalation: Escalation.optional(),
    agent: HumanAgent.optional(),
    /** Notes of managers, oldest first (G-01). */
    manager_notes: z.array(CallNote).optional(),
    /** Supervisors' acts and their receipts, oldest first. */
    interventions: z.array(Intervention).optional(),
  })
  .meta({ id: 'CallDetail' })
export type CallDetail = z.infer<typeof CallDetail>

export const callsGet = endpoint({
  id: 'calls-get',
  summary: 'One call with what hangs on it',
  method: 'GET',
  path: '/api/v1/calls/:call_id',
  aliases: ['/api/v1/calls/call/:call_id'],
  capability: 'calls.read',
  params: callParams,
  responses: { 200: CallDetail },
  errors: ['CALL_NOT_FOUND'],
})

export const callsInteractions = endpoint({
  id: 'calls-interactions',
  summary: 'Transcript of a call, oldest line first',
  method: 'GET',
  path: '/api/v1/calls/:call_id/interactions',
  capability: 'calls.read',
  params: callParams,
  query: z.object({
    /** Above 1,000 is cut to 1,000. */
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .default(1000)
      .transform((limit) => Math.min(limit, 1000)),
    offset: z.coerce.number().int().min(0).default(0),
    speaker: z.enum(['ai', 'customer', 'agent', 'system']).optional(),
    /** Only lines before this one: how a reader goes back in a long call without counting (addition). */
    before: z.coerce.number().int().optional(),
  }),
  responses: { 200: z.object({ interactions: z.array(CallInteraction), total: z.number().int() }) },
  errors: ['CALL_NOT_FOUND'],
})

/** A client's own id for a command: the same id gives the same receipt and is not carried out twice (P7). */
const CommandId = z.string().min(8).max(64).optional()

/** Act on a call that somebody else has in hand, and take it over; without it the answer is 409 `CALL_CLAIMED`. */
const Force = z.boolean().optional()

export const callsInitiate = endpoint({
  id: 'calls-initiate',
  summary: 'Dial out',
  method: 'POST',
  path: '/api/v1/calls/initiate',
  capability: 'calls.initiate',
  body: z.object({
    to_number: PhoneNumber,
    from_number: PhoneNumber.optional(),
    business_id: Id.optional(),
    template_id: Id.optional(),
    metadata: Metadata.optional(),
    command_id: CommandId,
  }),
  responses: {
    201: z.object({ call: Call, message: z.string(), command_id: Id, state: InterventionState }),
  },
})

export const callsEscalate = endpoint({
  id: 'calls-escalate',
  summary: 'Ask a human agent to take the call; an open escalation is returned as it is',
  method: 'POST',
  path: '/api/v1/calls/:call_id/escalate',
  capability: 'calls.escalate',
  params: callParams,
  body: z.object({
    /** Chosen automatically by skill when absent. */
    agent_id: Id.optional(),
    reason: z.string().max(500).optional(),
    context_note: z.string().max(4000).optional(),
    command_id: CommandId,
    force: Force,
  }),
  responses: {
    200: z.object({
      escalation: Escalation,
      message: z.string(),
      command_id: Id,
      state: InterventionState,
    }),
  },
  errors: ['CALL_NOT_FOUND', 'NO_AGENT_AVAILABLE', 'CALL_NOT_ACTIVE', 'CALL_CLAIMED'],
})

export const InterveneBody = z
  .object({
    action: z.enum(['send_message', 'pause', 'resume', 'override_instructions', 'clear_override']),
    /** Required for `send_message`: what the AI says next. */
    message: z.string().max(2000).optional(),
    /** Required for `override_instructions`: what the AI follows for the rest of this call. */
    instructions: z.string().max(4000).optional(),
    /** Of `override_instructions`: until the AI has spoken once, or for the call (the default). */
    scope: z.enum(['turn', 'call']).optional(),
    /**
     * Seconds: a `pause` is resumed by the server, instructions for the call are withdrawn by it, so long after they were
     * applied. Absent: until somebody does it.
     */
    duration_s: z.number().int().min(5).max(3600).optional(),
    command_id: CommandId,
    force: Force,
  })
  .check((context) => {
    const { action, message, instructions, scope, duration_s } = context.value
    if (action === 'send_message' && !message?.trim())
      context.issues.push({
        code: 'custom',
        path: ['message'],
        input: message,
        message: 'Write the message that the AI is to say.',
      })
    if (action === 'override_instructions' && !instructions?.trim())
      context.issues.push({
        code: 'custom',
        path: ['instructions'],
        input: instructions,
        message: 'Write the instructions that the AI is to follow.',
      })
    if (scope !== undefined && action !== 'override_instructions')
      context.issues.push({
        code: 'custom',
        path: ['scope'],
        input: scope,
        message: 'Only instructions have a scope; leave it out.',
      })
    const mayEnd = action === 'pause' || (action === 'override_instructions' && scope !== 'turn')
    if (duration_s !== undefined && !mayEnd)
      context.issues.push({
        code: 'custom',
        path: ['duration_s'],
        input: duration_s,
        message: 'Only a pause and instructions for the call have a time; leave it out.',
      })
  })

export const callsIntervene = endpoint({
  id: 'calls-intervene',
  summary: 'Speak through the AI, pause or resume it, or change its instructions and withdraw them',
  method: 'POST',
  path: '/api/v1/calls/:call_id/intervene',
  capability: 'calls.intervene',
  params: callParams,
  body: InterveneBody,
  responses: {
    200: z.object({
      success: z.boolean(),
      message: z.string(),
      command_id: Id,
      state: InterventionState,
    }),
  },
  errors: ['CALL_NOT_FOUND', 'CALL_NOT_ACTIVE', 'CALL_CLAIMED'],
})

export const callsCheck = endpoint({
  id: 'calls-check-command',
  summary:
    'Ask the voice platform again about a command without answer, under the same id: it is not done twice',
  method: 'POST',
  path: '/api/v1/calls/:call_id/interventions/:command_id/check',
  capability: 'calls.claim',
  params: z.object({ call_id: Id, command_id: Id }),
  responses: { 200: z.object({ command_id: Id, state: InterventionState }) },
  errors: ['CALL_NOT_FOUND', 'NOT_FOUND'],
  timeoutMs: 10_000,
})

export const callsEnd = endpoint({
  id: 'calls-end',
  summary: 'End the call; ending an ended call succeeds and changes nothing',
  method: 'POST',
  path: '/api/v1/calls/:call_id/end',
  capability: 'calls.end',
  params: callParams,
  body: z.object({
    reason: z.string().max(500).optional(),
    notes: z.string().max(4000).optional(),
    command_id: CommandId,
    force: Force,
  }),
  responses: {
    200: z.object({
      success: z.boolean(),
      message: z.string(),
      call: Call,
      command_id: Id,
      state: InterventionState,
    }),
  },
  errors: ['CALL_NOT_FOUND', 'CALL_CLAIMED'],
  retry: true,
  timeoutMs: 10_000,
})

export const callsAddNote = endpoint({
  id: 'calls-add-note',
  summary: 'Add a note to a call',
  method: 'POST',
  path: '/api/v1/calls/:call_id/notes',
  capability: 'calls.note',
  params: callParams,
  body: z.object({
    note: z
      .string()
      .max(4000)
      .refine((text) => text.trim() !== '', 'Write the note.'),
    tags: z.array(z.string().trim().min(1).max(40)).max(20).optional(),
    category: z.string().max(80).optional(),
  }),
  responses: {
    201: z.object({ success: z.boolean(), note_id: z.number().int(), message: z.string() }),
  },
  errors: ['CALL_NOT_FOUND'],
})

export const callsNotes = endpoint({
  id: 'calls-notes',
  summary: 'Notes of a call, oldest first',
  method: 'GET',
  path: '/api/v1/calls/:call_id/notes',
  capability: 'calls.read',
  params: callParams,
  responses: { 200: z.object({ notes: z.array(CallNote) }) },
  errors: ['CALL_NOT_FOUND'],
})
