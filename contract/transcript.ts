// What is said on a call, and what was noted, scored and asked for beside it.
import { z } from 'zod'
import { EscalationStatus, Sentiment, SentimentLabel, Speaker } from '#contract/call.ts'
import { Person } from '#contract/claim.ts'
import { Id, Instant, Metadata, Ratio } from '#contract/primitives.ts'
import { Briefing, Transfer } from '#contract/transfer.ts'

/** One transcript line. */
export const CallInteraction = z
  .object({
    id: z.number().int(),
    call_id: Id,
    speaker: Speaker,
    text: z.string(),
    audio_url: z.string().optional(),
    timestamp: Instant,
    /**
     * Members this server understands: `command_id` (the supervisor's act this line carries out), `tool` and `failed`
     * (a tool's call), `hold` (music or silence, in words), `late` (came after the end), `clipped` (text cut for the grid).
     */
    metadata: Metadata,
    sentiment: Sentiment.optional(),
  })
  .meta({ id: 'CallInteraction' })
export type CallInteraction = z.infer<typeof CallInteraction>

const qaNumbers = {
  overall_score: Ratio,
  sentiment_score: Ratio,
  compliance_score: Ratio,
  accuracy_score: Ratio,
  professionalism_score: Ratio,
}

export const QAScore = z
  .object({
    id: z.number().int(),
    call_id: Id,
    /** The scores that count: those of the review where a person set them, else the machine's. */
    ...qaNumbers,
    sentiment_label: SentimentLabel,
    compliance_issues: z.array(z.string()),
    flagged_issues: z.array(z.string()),
    /** Name of the person who reviewed; before that `rules` or what the platform says. */
    reviewed_by: z.string(),
    review_notes: z.string().optional(),
    /** What the machine scored, beside a person's review; absent without one (addition). */
    ai: z.object({ ...qaNumbers, scored_by: z.string() }).optional(),
    /** A person's review: what they set, when, and why (addition). */
    review: z
      .object({
        by: Person,
        at: Instant,
        scores: z.object(qaNumbers).partial(),
        notes: z.string().optional(),
      })
      .optional(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'QAScore' })
export type QAScore = z.infer<typeof QAScore>

export const Escalation = z
  .object({
    id: z.number().int(),
    call_id: Id,
    status: EscalationStatus,
    /** `manual`, `sentiment`, `keyword`, `asked_for_human`, `low_qa_score`, or what a feed says. */
    trigger_type: z.string(),
    trigger_details: Metadata,
    assigned_agent_id: Id.optional(),
    agent_name: z.string().optional(),
    conversation_summary: z.string().optional(),
    /** Carries `reason` and `context_note` of the request. */
    context_data: Metadata,
    requested_at: Instant,
    accepted_at: Instant.optional(),
    completed_at: Instant.optional(),
    /** The warm transfer, step by step (addition). */
    transfer: Transfer.optional(),
    /** What the receiver is told; absent until it is drafted (addition). */
    briefing: Briefing.optional(),
  })
  .meta({ id: 'Escalation' })
export type Escalation = z.infer<typeof Escalation>

export const CallNote = z
  .object({
    id: z.number().int(),
    call_id: Id,
    note: z.string(),
    tags: z.array(z.string()),
    category: z.string().nullable(),
    author_id: Id,
    author_name: z.string(),
    created_at: Instant,
  })
  .meta({ id: 'CallNote' })
export type CallNote = z.infer<typeof CallNote>

export const InterventionAction = z.enum([
  'send_message',
  'pause',
  'resume',
  'override_instructions',
  'clear_override',
  'transfer',
  'cancel_transfer',
  'hand_back',
  'end',
  'dial',
])
export type InterventionAction = z.infer<typeof InterventionAction>

/** Where a command stands (P7). `sent`: committed here; `delivered`: the platform has it; `unknown`: no answer in time. */
export const InterventionState = z.enum(['sent', 'delivered', 'applied', 'refused', 'unknown'])
export type InterventionState = z.infer<typeof InterventionState>

/** A supervisor's act on a call, and its receipt. */
export const Intervention = z
  .object({
    call_id: Id,
    command_id: Id,
    action: InterventionAction,
    by: z.object({ id: Id, name: z.string() }),
    state: InterventionState,
    /** Of instructions: how long they hold. */
    scope: z.enum(['turn', 'call']).optional(),
    /** Of a pause or instructions with a time: how many seconds they last once they are applied. */
    duration_s: z.number().int().optional(),
    /** The message or the instructions, where the act has words. */
    text: z.string().optional(),
    /** Why it was refused, or what the platform said. */
    detail: z.string().optional(),
    /** The line that carries it out. */
    interaction_id: z.number().int().optional(),
    at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'Intervention' })
export type Intervention = z.infer<typeof Intervention>
