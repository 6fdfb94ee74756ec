// Which news of claims somebody must be told wherever they are: what others did to what is theirs.
import type { ClaimNews } from '#contract/claim.ts'

/** As of `now` (epoch ms): true of a wish for their call, of a call taken from them, and of the answer to their own wish. */
export function concerns({ change, other, claim }: ClaimNews, meId: string, now: number): boolean {
  // A wish for a call that is nobody's by now needs no answer.
  if (change === 'asked' && (!claim || Date.parse(claim.until) <= now)) return false
  const isTold =
    change === 'asked' || change === 'taken_over' || change === 'handed_over' || change === 'kept'
  return isTold && other?.id === meId
}
