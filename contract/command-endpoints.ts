// What supervisors command: dial, escalate, step in, end; and asking again what became of it.
import { z } from 'zod'
import { Call } from '#contract/call.ts'
import { endpoint } from '#contract/endpoint.ts'
import { CallParams, Id, Metadata, PhoneNumber, faultsOf } from '#contract/primitives.ts'
import { Escalation, InterventionState } from '#contract/transcript.ts'

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
  params: CallParams,
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
    const fault = faultsOf(context)
    if (action === 'send_message' && !message?.trim())
      fault('message', 'Write the message that the AI is to say.')
    if (action === 'override_instructions' && !instructions?.trim())
      fault('instructions', 'Write the instructions that the AI is to follow.')
    if (scope !== undefined && action !== 'override_instructions')
      fault('scope', 'Only instructions have a scope; leave it out.')
    const mayEnd = action === 'pause' || (action === 'override_instructions' && scope !== 'turn')
    if (duration_s !== undefined && !mayEnd)
      fault('duration_s', 'Only a pause and instructions for the call have a time; leave it out.')
  })

export const callsIntervene = endpoint({
  id: 'calls-intervene',
  summary: 'Speak through the AI, pause or resume it, or change its instructions and withdraw them',
  method: 'POST',
  path: '/api/v1/calls/:call_id/intervene',
  capability: 'calls.intervene',
  params: CallParams,
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
  params: CallParams,
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
