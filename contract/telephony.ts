// Facts a voice platform reports: the body of the signed telephony webhook, and what every feed hands to ingest.
import { z } from 'zod'
import { CallDirection, CallStatus, Sentiment, Speaker } from '#contract/call.ts'
import { endpoint } from '#contract/endpoint.ts'
import { Id, Instant, Metadata, Ratio } from '#contract/primitives.ts'
import { TransferReport } from '#contract/transfer.ts'

/** A call as far as the platform knows it; what is absent keeps its value. */
export const CallReport = z.object({
  id: Id,
  twilio_call_sid: z.string().optional(),
  direction: CallDirection.optional(),
  status: CallStatus.optional(),
  from_number: z.string().max(64).optional(),
  to_number: z.string().max(64).optional(),
  /** `none` is no id: it is read as left out. */
  business_id: Id.optional(),
  template_id: Id.optional(),
  started_at: Instant.optional(),
  contact_name: z.string().max(200).optional(),
  ai_name: z.string().max(80).optional(),
  ai_paused: z.boolean().optional(),
  answered_by: z.enum(['ai', 'human', 'none']).optional(),
  assigned_tech_id: Id.optional(),
  assigned_agent_id: Id.optional(),
  tags: z.array(z.string()).optional(),
  metadata: Metadata.optional(),
})
export type CallReport = z.infer<typeof CallReport>

/** One spoken line. `id` is the platform's own; the same id on the same call is taken once. */
export const LineReport = z.object({
  id: z.union([z.string().min(1).max(200), z.number().int()]).transform(String),
  speaker: Speaker,
  /** Up to 20,000 characters, any language and direction; never interpreted as markup. */
  text: z.string().max(20_000),
  timestamp: Instant.optional(),
  audio_url: z.string().max(2000).optional(),
  metadata: Metadata.optional(),
  /** Left out: the server scores the line. */
  sentiment: Sentiment.optional(),
})
export type LineReport = z.infer<typeof LineReport>

export const QaReport = z.object({
  overall_score: Ratio,
  sentiment_score: Ratio.optional(),
  compliance_score: Ratio.optional(),
  accuracy_score: Ratio.optional(),
  professionalism_score: Ratio.optional(),
  compliance_issues: z.array(z.string()).optional(),
  flagged_issues: z.array(z.string()).optional(),
  reviewed_by: z.string().optional(),
})
export type QaReport = z.infer<typeof QaReport>

export const EscalationReport = z.object({
  trigger_type: z.string().min(1).max(80).optional(),
  trigger_details: Metadata.optional(),
  assigned_agent_id: Id.optional(),
  conversation_summary: z.string().max(8000).optional(),
  context_data: Metadata.optional(),
  /** `in_progress` says that the human accepted. */
  status: z.enum(['pending', 'in_progress', 'completed', 'cancelled']).optional(),
  /** Finer than the status: where the transfer stands. */
  transfer: TransferReport.optional(),
})
export type EscalationReport = z.infer<typeof EscalationReport>

const at = Instant.optional()

export const TelephonyEvent = z
  .discriminatedUnion('event', [
    z.object({ event: z.literal('call.started'), data: z.object({ call: CallReport, at }) }),
    z.object({ event: z.literal('call.updated'), data: z.object({ call: CallReport, at }) }),
    z.object({
      event: z.literal('call.ended'),
      data: z.object({
        call_id: Id,
        /** `completed` when absent. */
        status: z.enum(['completed', 'failed']).optional(),
        ended_at: Instant.optional(),
        reason: z.string().max(500).optional(),
        missed: z.boolean().optional(),
      }),
    }),
    z.object({
      event: z.literal('interaction.added'),
      data: z.object({ call_id: Id, interaction: LineReport }),
    }),
    z.object({
      event: z.literal('sentiment.changed'),
      data: z.object({ call_id: Id, sentiment: Sentiment, at }),
    }),
    z.object({
      event: z.literal('qa.score.updated'),
      data: z.object({ call_id: Id, qa_score: QaReport, at }),
    }),
    z.object({
      event: z.literal('escalation.triggered'),
      data: z.object({ call_id: Id, escalation: EscalationReport, at }),
    }),
    z.object({
      event: z.literal('escalation.updated'),
      data: z.object({ call_id: Id, escalation: EscalationReport, at }),
    }),
    z.object({
      event: z.literal('escalation.completed'),
      data: z.object({ call_id: Id, escalation: EscalationReport.optional(), at }),
    }),
    z.object({
      event: z.literal('intervention.updated'),
      data: z.object({
        call_id: Id,
        command_id: Id,
        state: z.enum(['delivered', 'applied', 'refused']),
        detail: z.string().max(500).optional(),
        at,
      }),
    }),
  ])
  .meta({ id: 'TelephonyEvent' })
export type TelephonyEvent = z.infer<typeof TelephonyEvent>

export const webhookTelephony = endpoint({
  id: 'webhook-telephony',
  summary: 'Facts of a voice platform; a 2xx means committed',
  method: 'POST',
  path: '/api/v1/webhooks/telephony',
  aliases: ['/webhooks/telephony'],
  capability: 'signature',
  limit: 'none',
  query: z.object({ company: z.string().max(80).optional() }),
  body: z.object({ events: z.array(TelephonyEvent).min(1).max(1000) }),
  responses: {
    200: z.object({ accepted: z.number().int(), duplicate: z.boolean() }),
  },
  errors: ['SIGNATURE_INVALID', 'PAYLOAD_TOO_LARGE', 'NOT_FOUND'],
})
