// Who has a call in hand: a soft claim that runs out by itself, so that two supervisors do not talk over each other.
import { z } from 'zod'
import { Id, Instant } from '#contract/primitives.ts'

/** A person as others see them on a call. */
export const Person = z.object({ id: Id, name: z.string() })
export type Person = z.infer<typeof Person>

export const Claim = Person.extend({
  /** Since when the holder has had the call without a break. */
  since: Instant,
  /** The claim runs out then, unless its holder acts or renews it; from that instant on nobody has the call. */
  until: Instant,
  /** A colleague who asks for the call and waits for an answer. */
  asked: Person.extend({ at: Instant, note: z.string().max(200).optional() }).optional(),
  /** From whom the holder took the call over by force. */
  from: Person.optional(),
}).meta({ id: 'Claim' })
export type Claim = z.infer<typeof Claim>

/**
 * What became of a claim. `taken_over`: by force; `handed_over`: the holder gave it to who asked; `kept`: the holder said
 * no; `expired`: it ran out, or the call ended.
 */
export const ClaimChange = z.enum([
  'taken',
  'renewed',
  'released',
  'expired',
  'taken_over',
  'asked',
  'handed_over',
  'kept',
])
export type ClaimChange = z.infer<typeof ClaimChange>

/** Data of `claim.changed`. */
export const ClaimNews = z.object({
  call_id: Id,
  change: ClaimChange,
  /** As it is now; null when nobody has the call any more. */
  claim: Claim.nullable(),
  /** Who did it; absent of one that ran out. */
  by: Person.optional(),
  /** The other one it concerns: whose claim ended, or whose wish was answered. */
  other: Person.optional(),
})
export type ClaimNews = z.infer<typeof ClaimNews>
