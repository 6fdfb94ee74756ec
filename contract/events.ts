// Every event a subscriber can receive: name, older names, shape of its data, and how it may be treated on the way.
import { z } from 'zod'
import { Alert } from '#contract/alert.ts'
import { Attention, Call, Sentiment } from '#contract/call.ts'
import { ClaimNews, Person } from '#contract/claim.ts'
import { Presence } from '#contract/presence.ts'
import { Id, Instant, Seconds } from '#contract/primitives.ts'
import { CallInteraction, CallNote, Escalation, Intervention, QAScore } from '#contract/transcript.ts'

interface EventSpec {
  name: string
  /** Names of older documents that mean the same; the console understands them, the server never sends them (P15). */
  aliases?: readonly string[]
  data: z.ZodType
  /** Streams it travels in. `calls` gets lines only when its subscriber asked for them (P3). */
  streams: readonly ('calls' | 'call')[]
  /** In the log, numbered and replayed; otherwise it is only of the moment (P1). */
  logged: boolean
  /** Says only "the newest value of this call", so an older one may be dropped for a slow reader (P8). */
  mergeable?: boolean
  when: string
}

const event = <const E extends EventSpec>(spec: E): E => spec
const both = ['calls', 'call'] as const

export const events = [
  event({
    name: 'call.started',
    aliases: ['new_call'],
    data: z.object({ call: Call }),
    streams: both,
    logged: true,
    when: 'a call is created, or comes into the scope of the subscriber',
  }),
  event({
    name: 'call.updated',
    aliases: ['call_updated'],
    data: z.object({ call: Call }),
    streams: both,
    logged: true,
    mergeable: true,
    when: 'any member of the call changes; one that changes the status is never merged away',
  }),
  event({
    name: 'call.ended',
    data: z.object({
      call_id: Id,
      ended_at: Instant.optional(),
      duration_seconds: Seconds.optional(),
      status: z.enum(['completed', 'failed']).optional(),
    }),
    streams: both,
    logged: true,
    when: 'the call was completed or failed; follows the `call.updated` that carries the end',
  }),
  event({
    name: 'call.left',
    data: z.object({ call_id: Id }),
    streams: both,
    logged: true,
    when: 'the call leaves the scope of the subscriber (P13)',
  }),
  event({
    name: 'interaction.added',
    data: z.object({ call_id: Id, interaction: CallInteraction }),
    streams: both,
    logged: true,
    mergeable: true,
    when: 'a line is said; in `calls` with `lines: last` it is merged per call and its text clipped',
  }),
  event({
    name: 'qa.score.updated',
    data: z.object({ call_id: Id, qa_score: QAScore }),
    streams: both,
    logged: true,
    mergeable: true,
    when: 'a QA score is written',
  }),
  event({
    name: 'sentiment.changed',
    data: z.object({ call_id: Id, sentiment: Sentiment }),
    streams: both,
    logged: true,
    mergeable: true,
    when: 'the mood of the call changes its label or moves by 0.05 or more',
  }),
  event({
    name: 'escalation.triggered',
    data: z.object({ call_id: Id, escalation: Escalation }),
    streams: both,
    logged: true,
    when: 'a trigger or a supervisor asks for a human',
  }),
  event({
    name: 'escalation.updated',
    data: z.object({ call_id: Id, escalation: Escalation }),
    streams: both,
    logged: true,
    when: 'an escalation is accepted or assigned anew (addition)',
  }),
  event({
    name: 'escalation.completed',
    data: z.object({ call_id: Id, escalation: Escalation }),
    streams: both,
    logged: true,
    when: 'an escalation is completed or cancelled',
  }),
  event({
    name: 'intervention.updated',
    data: Intervention,
    streams: both,
    logged: true,
    when: "a supervisor's act is sent, delivered, applied, refused or without answer (P7)",
  }),
  event({
    name: 'note.added',
    data: z.object({ call_id: Id, note: CallNote }),
    streams: both,
    logged: true,
    when: 'a note is written (addition)',
  }),
  event({
    name: 'note.removed',
    data: z.object({ call_id: Id, note_id: z.number().int(), by: Person }),
    streams: both,
    logged: true,
    when: 'its author takes a note back (addition)',
  }),
  event({
    name: 'claim.changed',
    data: ClaimNews,
    streams: both,
    logged: true,
    when: 'a call is claimed, renewed, released, taken over, asked for or handed over, or a claim runs out (addition)',
  }),
  event({
    name: 'presence.changed',
    data: z.object({ call_id: Id, presence: Presence }),
    streams: both,
    logged: false,
    mergeable: true,
    when: 'somebody opens the call or leaves it, at most twice a second for each call (addition)',
  }),
  event({
    name: 'alert.updated',
    data: z.object({ call_id: Id, alert: Alert }),
    streams: both,
    logged: true,
    when: 'a rule raises an alert on the call, somebody handles it, or it is resolved (addition)',
  }),
  event({
    name: 'attention.changed',
    data: z.object({ call_id: Id, attention: Attention }),
    streams: both,
    logged: false,
    mergeable: true,
    when: 'the level of attention changes, or its score by 5 (P12)',
  }),
] as const

export type CallEvent = (typeof events)[number]
export type CallEventName = CallEvent['name']
/** Data by event name. */
export type EventData = { [E in CallEvent as E['name']]: z.infer<E['data']> }
