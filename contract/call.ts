// A call: the row of the live grid, the head of the call pane, the unit of everything.
import { z } from 'zod'
import { Alert } from '#contract/alert.ts'
import { callStatuses } from '#contract/call-rules.ts'
import { Claim, Person } from '#contract/claim.ts'
import { Presence } from '#contract/presence.ts'
import { Id, Instant, Metadata, Ratio, Seconds } from '#contract/primitives.ts'

export const CallStatus = z.enum(callStatuses)
export type CallStatus = z.infer<typeof CallStatus>

export const CallDirection = z.enum(['inbound', 'outbound'])
export type CallDirection = z.infer<typeof CallDirection>

export const SentimentLabel = z.enum(['positive', 'neutral', 'negative'])
export type SentimentLabel = z.infer<typeof SentimentLabel>

/** Mood of a line or of a call: 0 is negative, 0.5 neutral, 1 positive. */
export const Sentiment = z.object({ score: Ratio, label: SentimentLabel }).meta({ id: 'Sentiment' })
export type Sentiment = z.infer<typeof Sentiment>

/** `agent` is a person after an escalation, `system` a note of the platform such as a tool's result (C-21). */
export const Speaker = z.enum(['ai', 'customer', 'agent', 'system'])
export type Speaker = z.infer<typeof Speaker>

export const EscalationStatus = z.enum(['pending', 'in_progress', 'completed', 'cancelled'])
export type EscalationStatus = z.infer<typeof EscalationStatus>

export const LastLine = z.object({
  id: z.number().int(),
  speaker: Speaker,
  /** At most 240 characters; the whole line is in the transcript. */
  text: z.string(),
  at: Instant,
})
export type LastLine = z.infer<typeof LastLine>

export const AttentionLevel = z.enum(['calm', 'watch', 'act'])
export type AttentionLevel = z.infer<typeof AttentionLevel>

export const Attention = z
  .object({
    /** 0–100. */
    score: z.number().min(0).max(100),
    level: AttentionLevel,
    /** Worst first, in words a supervisor would say. */
    reasons: z.array(z.object({ code: z.string(), text: z.string(), since: Instant })),
  })
  .meta({ id: 'Attention' })
export type Attention = z.infer<typeof Attention>

/** What happened on the call that attention is computed from; each member is absent until it happened. */
export const CallSignals = z.object({
  asked_for_human: z.object({ count: z.number().int(), at: Instant }).optional(),
  repeated_question: z.object({ count: z.number().int(), at: Instant }).optional(),
  failed_tool: z.object({ name: z.string(), at: Instant }).optional(),
  keyword: z.object({ word: z.string(), at: Instant }).optional(),
  /** Since when the call's mood has been negative without a break. */
  negative_since: Instant.optional(),
  paused_since: Instant.optional(),
  escalated_since: Instant.optional(),
  /** Name of the agent who is being asked, while an escalation waits. */
  escalated_to: z.string().optional(),
  compliance_missed: z.object({ what: z.string(), at: Instant }).optional(),
  /** Caller and AI spoke at the same time. */
  talk_over: z.object({ count: z.number().int(), at: Instant }).optional(),
  /** People who were asked to take the call and did not, until somebody does; `to` is the last one. */
  failed_transfer: z.object({ count: z.number().int(), to: z.string().optional(), at: Instant }).optional(),
})
export type CallSignals = z.infer<typeof CallSignals>

/** A supervisor's act as the call's row shows it: no words, only what and where it stands (P7). */
export const LastAct = z.object({
  command_id: Id,
  action: z.string(),
  state: z.enum(['sent', 'delivered', 'applied', 'refused', 'unknown']),
  by: Person,
  at: Instant,
  updated_at: Instant,
})
export type LastAct = z.infer<typeof LastAct>

export const Call = z
  .object({
    id: Id,
    twilio_call_sid: z.string(),
    direction: CallDirection,
    status: CallStatus,
    from_number: z.string(),
    to_number: z.string(),
    business_id: Id.optional(),
    template_id: Id.optional(),
    started_at: Instant,
    /** Absent while the call is active, like `duration_seconds`. */
    ended_at: Instant.optional(),
    duration_seconds: Seconds.optional(),
    created_at: Instant,
    updated_at: Instant,
    metadata: Metadata,
    qa_score: Ratio.optional(),
    sentiment: SentimentLabel.optional(),
    escalation_status: z.enum(['pending', 'in_progress', 'completed']).optional(),
    assigned_agent: z.object({ id: Id, name: z.string() }).optional(),
    ai_paused: z.boolean().optional(),
    disposition: z.string().nullable().optional(),
    tags: z.array(z.string()).optional(),
    contact_name: z.string().nullable().optional(),
    assigned_tech_id: Id.nullable().optional(),
    answered_by: z.enum(['ai', 'human', 'none']).optional(),
    missed: z.boolean().optional(),
    // What the live grid needs beside (P12); all optional, so an older backend's calls stay valid.
    last_line: LastLine.optional(),
    sentiment_score: Ratio.optional(),
    /** 24 values of 5 s, oldest first, 0–1 or null where nothing was said yet; the last ends at `mood_at`. */
    mood: z.array(Ratio.nullable()).max(24).optional(),
    mood_at: Instant.optional(),
    business_name: z.string().optional(),
    /** Name of the AI agent that speaks, e.g. "Ava". */
    ai_name: z.string().optional(),
    attention: Attention.optional(),
    /** Who has the call in hand; it counts until its `until` (see `holderOf`). */
    claimed_by: Claim.optional(),
    /** Who has the call open; of the moment, not part of the log. */
    presence: Presence.optional(),
    signals: CallSignals.optional(),
    /** Instructions a supervisor set for this call, while they hold. */
    override: z
      .object({
        instructions: z.string(),
        by: z.string(),
        at: Instant,
        /** `turn`: gone once the AI has spoken again. */
        scope: z.enum(['turn', 'call']).optional(),
        /** The server withdraws them then. */
        until: Instant.optional(),
        command_id: Id.optional(),
      })
      .optional(),
    /** Who paused the AI, while it is paused by a supervisor; at `until` the server resumes it. */
    pause: z.object({ by: Person, at: Instant, until: Instant.optional(), command_id: Id }).optional(),
    /** The newest act of a supervisor on this call, and where it stands. */
    last_act: LastAct.optional(),
    /** Its open alerts, oldest first. */
    alerts: z.array(Alert).optional(),
    /** True when the platform never said that the call started and it was opened by a later fact. */
    inferred: z.boolean().optional(),
  })
  .meta({ id: 'Call' })
export type Call = z.infer<typeof Call>
