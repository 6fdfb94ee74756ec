// From what a list shows to what the server is asked: days become instants of the chosen zone. Pure.
import { firstInstantOf, lastInstantOf } from '#contract/call-times.ts'
import type { CallPeriod, CallsQuery } from '#contract/call-link.ts'
import { dayMs, instantOf, startOf, wallOf } from '#contract/zone-calendar.ts'
import type { RequestOptions } from '#src/lib/api.ts'

export type AskedQuery = RequestOptions<'GET /api/v1/calls'>['query'] & object

/** Instants, ISO 8601; both ends belong to the range, an absent one is open. */
export interface TimeRange {
  from?: string | undefined
  to?: string | undefined
}

const daysOf: Record<Exclude<CallPeriod, 'yesterday'>, number> = { today: 1, '7d': 7, '28d': 28, '90d': 90 }
const iso = (at: number): string => new Date(at).toISOString()

/** The instants between which the calls started; `now` in epoch ms. Today counts as one of the days of a period. */
export function timeRange({ period, from_date, to_date }: CallsQuery, zone: string, now: number): TimeRange {
  if (period === undefined)
    return {
      from: from_date === undefined ? undefined : firstInstantOf(from_date, zone),
      to: to_date === undefined ? undefined : lastInstantOf(to_date, zone),
    }
  const today = startOf('day', zone, now)
  // Back by the calendar: a day of the change of clocks has another length.
  const daysAgo = (days: number): number => instantOf(zone, wallOf(zone, today) - days * dayMs)
  if (period === 'yesterday') return { from: iso(daysAgo(1)), to: iso(today - 1) }
  return { from: iso(daysAgo(daysOf[period] - 1)) }
}

/** The earlier end of two, either of which may be open. */
export const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined ? b : b === undefined || Date.parse(a) <= Date.parse(b) ? a : b

const flag = (value: boolean | undefined) => (value === undefined ? undefined : (`${value}` as const))

/** The question without its page. */
export function askedQuery(query: CallsQuery, zone: string, range: TimeRange): AskedQuery {
  const {
    status,
    period: _,
    from_date: __,
    to_date: ___,
    escalated,
    answered,
    missed,
    has_note,
    ...rest
  } = query
  const needsZone = rest.weekday !== undefined || rest.hour !== undefined
  return {
    ...rest,
    zone: needsZone ? zone : undefined,
    status: status?.join(','),
    escalated: flag(escalated),
    answered: flag(answered),
    missed: flag(missed),
    has_note: flag(has_note),
    from_date: range.from,
    to_date: range.to,
  }
}
