// A warm transfer as both sides say it: where it stands, who was asked, what happens next, and what the receiver is told.
import { z } from 'zod'
import { Id, Instant } from '#contract/primitives.ts'

/**
 * `requested`: nobody is asked yet; `briefing`: an agent is chosen, the briefing is on its way to the platform; `ringing`:
 * the platform rings the agent; `accepted`: the agent took it; `bridged`: agent and caller speak; `completed`: the agent is
 * done, a call that goes on is the AI's again. `rejected`, `failed`, `timed_out`: the last attempt came to nothing; with a
 * `deadline` the fallback follows, without one it was carried out. `cancelled`: withdrawn, or the call ended before.
 */
export const TransferState = z.enum([
  'requested',
  'briefing',
  'ringing',
  'accepted',
  'bridged',
  'completed',
  'rejected',
  'failed',
  'timed_out',
  'cancelled',
])
export type TransferState = z.infer<typeof TransferState>

/** What follows when the present state comes to nothing. */
export const TransferFallback = z.enum(['next_agent', 'back_to_ai', 'callback'])
export type TransferFallback = z.infer<typeof TransferFallback>

export const TransferPerson = z.object({ id: Id, name: z.string() })
export type TransferPerson = z.infer<typeof TransferPerson>

/** One person who was asked, and how it went. */
export const TransferAttempt = z.object({
  agent: TransferPerson,
  state: z.enum([
    'briefing',
    'ringing',
    'accepted',
    'bridged',
    'rejected',
    'failed',
    'timed_out',
    'cancelled',
  ]),
  /** When the person was chosen. */
  at: Instant,
  /** When it came to nothing. */
  ended_at: Instant.optional(),
  reason: z.string().optional(),
  /** The command by which the platform was told. */
  command_id: Id.optional(),
})
export type TransferAttempt = z.infer<typeof TransferAttempt>

/** A call on its way back to the AI. The person stays on it until the platform has carried that out (P7). */
export const HandBack = z.object({
  /** Its receipts are those of this act. */
  command_id: Id,
  by: TransferPerson,
  at: Instant,
  /** With `refused` it came to nothing: the person stays on the call, and it may be asked for again. */
  state: z.enum(['sent', 'delivered', 'unknown', 'refused']),
  /** Why it was refused, or what the platform said. */
  detail: z.string().optional(),
  /** What becomes of the escalation once it is carried out. */
  ends_as: z.enum(['completed', 'cancelled']),
  promised: z.array(z.string()).optional(),
  reason: z.string().optional(),
})
export type HandBack = z.infer<typeof HandBack>

export const Transfer = z
  .object({
    state: TransferState,
    since: Instant,
    /** Who asked; absent when a trigger did. */
    by: TransferPerson.optional(),
    /** The person who is asked or has the call. */
    agent: TransferPerson.optional(),
    attempts: z.array(TransferAttempt),
    /** When the present state is over by itself; absent once the transfer is settled. */
    deadline: Instant.optional(),
    fallback: TransferFallback,
    /** What settled a transfer that reached nobody. */
    outcome: z.enum(['back_to_ai', 'callback']).optional(),
    reason: z.string().optional(),
    /** There from the wish to hand the call back until that was carried out, or the state is another one. */
    hand_back: HandBack.optional(),
    /** What the person promised the caller, told to the AI at the hand-back. */
    promised: z.array(z.string()).optional(),
  })
  .meta({ id: 'Transfer' })
export type Transfer = z.infer<typeof Transfer>

/** One thing of a briefing; `line_id` is the line it was taken from, absent of what a person wrote. */
export const BriefingItem = z.object({ text: z.string(), line_id: z.number().int().optional() })
export type BriefingItem = z.infer<typeof BriefingItem>

/** What the receiver should know before the first word. Drafted from the call's own lines, corrected by people. */
export const Briefing = z
  .object({
    who: z.string(),
    wants: BriefingItem,
    promised: z.array(BriefingItem),
    /** In words. */
    mood: z.string(),
    open_questions: z.array(BriefingItem),
    drafted_at: Instant,
    edited_by: TransferPerson.optional(),
    edited_at: Instant.optional(),
    /** The receiver has read it as it stands; an edit afterwards takes the confirmation back. */
    confirmed_at: Instant.optional(),
    confirmed_by: TransferPerson.optional(),
  })
  .meta({ id: 'Briefing' })
export type Briefing = z.infer<typeof Briefing>

const entry = z.string().trim().min(1).max(300)

/** A correction; absent members stay. Texts that stay the same keep their line. */
export const BriefingPatch = z.object({
  who: z.string().trim().min(1).max(200).optional(),
  wants: z.string().trim().max(600).optional(),
  promised: z.array(entry).max(10).optional(),
  mood: z.string().trim().max(200).optional(),
  open_questions: z.array(entry).max(10).optional(),
})
export type BriefingPatch = z.infer<typeof BriefingPatch>

/** Where a platform says a transfer stands; it names the reason of what came to nothing. */
export const TransferReport = z.object({
  state: z.enum(['ringing', 'accepted', 'bridged', 'rejected', 'failed', 'timed_out']),
  reason: z.string().max(500).optional(),
  /** The receiver has read the briefing. */
  read_briefing: z.boolean().optional(),
  /** What the person promised, when the platform knows. */
  promised: z.array(entry).max(10).optional(),
})
export type TransferReport = z.infer<typeof TransferReport>
