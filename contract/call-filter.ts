// What a filter of calls means, once for the live grid, the list of calls and exports. Pure and free of the schema library.
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'

/** Asked for as a business, this means the calls that have none: no business has this id. */
export const noBusiness = 'none'

/**
 * Names as in the query of `GET /api/v1/calls`. An absent member lets every call through; members are combined by "and".
 * Ranges include both ends and never match a call that has no such value.
 */
export interface CallFilter {
  /** Any of them. */
  status?: readonly Call['status'][] | undefined
  direction?: Call['direction'] | undefined
  /** Its id; `noBusiness` for calls that have none. */
  business_id?: string | undefined
  /** Started at or after, an instant or a date of `zone`. */
  from_date?: string | undefined
  /** Started at or before, an instant or a date of `zone`. */
  to_date?: string | undefined
  sentiment?: Call['sentiment'] | undefined
  /** 0–1. */
  min_sentiment_score?: number | undefined
  max_sentiment_score?: number | undefined
  min_qa_score?: number | undefined
  max_qa_score?: number | undefined
  /** Seconds; calls that still run have no duration. */
  min_duration?: number | undefined
  max_duration?: number | undefined
  /** The person the call is assigned to. */
  agent_id?: string | undefined
  /** Who spoke for the company. */
  answered_by?: Call['answered_by'] | undefined
  escalation_status?: Call['escalation_status'] | undefined
  /** Asked for a person, whatever came of it; one that was cancelled does not count. */
  escalated?: boolean | undefined
  missed?: boolean | undefined
  /** Started on this weekday of `zone`: 0 is Sunday, 6 Saturday. */
  weekday?: number | undefined
  /** Started within this hour of the clocks of `zone`, 0–23. */
  hour?: number | undefined
  /** IANA name of the zone whose days, weekdays and hours are meant; UTC when absent. */
  zone?: string | undefined
}

function within(value: number | undefined, min: number | undefined, max: number | undefined): boolean {
  if (min === undefined && max === undefined) return true
  return value !== undefined && !(min !== undefined && value < min) && !(max !== undefined && value > max)
}

/** True when the filter lets the call through, whenever it started: what is asked of the floor, which knows no dates. */
export function passesAtAnyTime(call: Call, filter: CallFilter): boolean {
  if (filter.status && !filter.status.includes(call.status)) return false
  if (filter.direction && call.direction !== filter.direction) return false
  if (filter.business_id && (call.business_id ?? noBusiness) !== filter.business_id) return false
  if (filter.sentiment && call.sentiment !== filter.sentiment) return false
  if (filter.agent_id && call.assigned_agent?.id !== filter.agent_id) return false
  if (filter.answered_by && call.answered_by !== filter.answered_by) return false
  if (filter.escalation_status && call.escalation_status !== filter.escalation_status) return false
  if (filter.escalated !== undefined && filter.escalated !== (call.escalation_status !== undefined))
    return false
  if (filter.missed !== undefined && filter.missed !== (call.missed ?? false)) return false
  return (
    within(call.qa_score, filter.min_qa_score, filter.max_qa_score) &&
    within(call.sentiment_score, filter.min_sentiment_score, filter.max_sentiment_score) &&
    within(call.duration_seconds, filter.min_duration, filter.max_duration)
  )
}

/** The digits a search for a telephone number asks for; empty when the text is none. */
export function digitsSought(search: string): string {
  // Letters make it an id: its digits are not those of a number.
  const digits = /\p{L}/u.test(search) ? '' : search.replace(/\D/g, '')
  return digits.length >= 3 ? digits : ''
}

/** True when a filter asks for live calls only, or for ended ones only; `both` otherwise. */
export function partOf({ status }: CallFilter): 'live' | 'ended' | 'both' {
  if (!status) return 'both'
  if (status.every(isLive)) return 'live'
  return status.some(isLive) ? 'both' : 'ended'
}
