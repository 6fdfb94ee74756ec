// What is read of calls: the list, one call with what hangs on it, its transcript.
import { z } from 'zod'
import { HumanAgent } from '#contract/agent.ts'
import { Call, CallDirection, SentimentLabel } from '#contract/call.ts'
import { callStatuses } from '#contract/call-rules.ts'
import { endpoint } from '#contract/endpoint.ts'
import { CallParams, Id, Instant, PageQuery, Pagination, commaList } from '#contract/primitives.ts'
import { CallInteraction, CallNote, Escalation, Intervention, QAScore } from '#contract/transcript.ts'

const ratioQuery = z.coerce.number().min(0).max(1).optional()

/** A date without a time means the whole day, UTC until a company has a zone. */
const dateQuery = z.union([Instant, z.iso.date().refine((text) => !text.startsWith('0000'))]).optional()

export const CallsListQuery = z.object({
  ...PageQuery,
  /** One status or a comma list. */
  status: commaList(z.enum(callStatuses)).optional(),
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
  params: CallParams,
  responses: { 200: CallDetail },
  errors: ['CALL_NOT_FOUND'],
})

export const callsInteractions = endpoint({
  id: 'calls-interactions',
  summary: 'Transcript of a call, oldest line first',
  method: 'GET',
  path: '/api/v1/calls/:call_id/interactions',
  capability: 'calls.read',
  params: CallParams,
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
