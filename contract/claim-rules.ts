// When a claim counts, and for how long: pure words for both sides, free of the schema library.
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { Claim } from '#contract/claim.ts'

/** A claim lasts this long after its holder's last act, ms. */
export const claimMs = 120_000
/** A holder who asks again with less than this left is given the whole time anew, ms. */
export const renewBelowMs = 90_000
/** A wish for the call that stays unanswered makes room for another one after so long, ms. */
export const askMs = 60_000

/** Who has the call at `now` (epoch ms); null when nobody does. */
export function holderOf(call: Pick<Call, 'claimed_by' | 'status'>, now: number): Claim | null {
  const { claimed_by: claim, status } = call
  return claim && isLive(status) && Date.parse(claim.until) > now ? claim : null
}

/** The claim that keeps somebody else from acting; null when the person may act. */
export function barredBy(
  call: Pick<Call, 'claimed_by' | 'status'>,
  personId: string,
  now: number,
): Claim | null {
  const holder = holderOf(call, now)
  return holder && holder.id !== personId ? holder : null
}
