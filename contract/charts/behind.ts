// The calls behind a number: what was asked of analytics, said as a filter of the list of calls.
import type { AnalyticsRange, Span } from '#contract/analytics.ts'
import type { CallsQuery } from '#contract/call-link.ts'
import { callStatuses, isLive } from '#contract/call-rules.ts'

export const liveStatuses = callStatuses.filter(isLive)

/** All calls of the range, or of a part of it, narrowed by `more`. */
export function behindOf(range: AnalyticsRange, more: CallsQuery = {}, span: Span = range): CallsQuery {
  return {
    ...(range.direction ? { direction: range.direction } : {}),
    ...(range.business_id ? { business_id: range.business_id } : {}),
    from_date: span.from,
    to_date: span.to,
    zone: range.zone,
    ...more,
  }
}
