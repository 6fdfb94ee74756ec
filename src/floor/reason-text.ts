// A reason as it stands now: what lasts is counted up here, so that the time shown is never old.
import { timedReasons } from '#contract/timed-reasons.ts'
import type { Attention } from '#contract/call.ts'
import { describeDuration } from '#src/lib/duration.ts'

/** The words of the reason; one that lasts says how long it has, at `now` (epoch ms). */
export function reasonText({ code, text, since }: Attention['reasons'][number], now: number): string {
  return timedReasons.has(code) ? `${text} for ${describeDuration(now - Date.parse(since))}` : text
}
