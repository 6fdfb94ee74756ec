// When a filter of calls lets them begin, by the clocks of a zone. Apart from the rest: the board does without a calendar.
import type { Call } from '#contract/call.ts'
import { type CallFilter, passesAtAnyTime } from '#contract/call-filter.ts'
import { endOfDate, startOfDate, wallOf } from '#contract/zone-calendar.ts'

/** Dates so far away that no zone matters, and that its calendar, or a database, may not know. */
const isFar = (date: string) => date < '1900' || date >= '9999'

/** A date without a time is the whole day of the zone: its first millisecond, as an instant. */
export function firstInstantOf(text: string, zone = 'UTC'): string {
  if (text.length !== 10) return text
  return isFar(text) ? `${text}T00:00:00.000Z` : new Date(startOfDate(zone, text)).toISOString()
}

/** The last millisecond of a date without a time, as an instant. */
export function lastInstantOf(text: string, zone = 'UTC'): string {
  if (text.length !== 10) return text
  return isFar(text) ? `${text}T23:59:59.999Z` : new Date(endOfDate(zone, text)).toISOString()
}

function inTime(startedAt: string, { from_date, to_date, weekday, hour, zone = 'UTC' }: CallFilter): boolean {
  const at = Date.parse(startedAt)
  if (from_date !== undefined && at < Date.parse(firstInstantOf(from_date, zone))) return false
  if (to_date !== undefined && at > Date.parse(lastInstantOf(to_date, zone))) return false
  if (weekday === undefined && hour === undefined) return true
  const clock = new Date(wallOf(zone, at))
  return (
    (weekday === undefined || clock.getUTCDay() === weekday) &&
    (hour === undefined || clock.getUTCHours() === hour)
  )
}

/** True when the filter lets the call through. */
export const passesFilter = (call: Call, filter: CallFilter): boolean =>
  passesAtAnyTime(call, filter) && inTime(call.started_at, filter)
