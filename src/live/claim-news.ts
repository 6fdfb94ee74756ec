// Wishes for a call that wait for their holder's answer: a console that comes back finds them in the snapshot, not in the news.
import type { Call } from '#contract/call.ts'
import type { ClaimNews } from '#contract/claim.ts'

/** The open wishes among the calls, told as they were when they were made. */
export function asksIn(calls: Iterable<Call>): ClaimNews[] {
  const asks: ClaimNews[] = []
  for (const { id, claimed_by: claim } of calls)
    if (claim?.asked)
      asks.push({
        call_id: id,
        change: 'asked',
        claim,
        by: { id: claim.asked.id, name: claim.asked.name },
        other: { id: claim.id, name: claim.name },
      })
  return asks
}
