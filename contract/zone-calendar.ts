// The calendar of a zone: where its hours, days, weeks and months begin and end, over every change of its clocks. Pure.

/** Lengths of buckets. Weeks begin on Monday. */
export const intervals = ['hour', 'day', 'week', 'month'] as const
export type Interval = (typeof intervals)[number]

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** A part of a range; instants in epoch ms. */
export interface Bucket {
  from: number
  /** The last millisecond that belongs to it, as `to_date` of a list means it. */
  to: number
  /** Cut off at an end of the range: it is shorter than its hour, day, week or month. */
  isPartial: boolean
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    // Zones come from outside: what is kept has an end.
    if (formats.size > 100) formats.clear()
    formats.set(zone, format)
  }
  return format
}

/** True of an IANA zone that this runtime knows, such as `America/Chicago`. Offsets such as `+02:00` have no calendar. */
export function isZone(zone: string): boolean {
  if (zone.length > 64 || !/^[A-Za-z]/.test(zone)) return false
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

/** Offsets that were asked for, by zone and quarter of an hour: asking the runtime costs a thousand times as much. */
const known = new Map<string, number>()
const quarterMs = hourMs / 4
/** Since then no zone has changed its clocks but at a quarter of an hour. */
const quartersSince = Date.UTC(1980, 0, 1)

/** What the zone's clocks show minus UTC, ms, at an instant (epoch ms). Throws RangeError for an unknown zone. */
export function offsetAt(zone: string, at: number): number {
  if (at < quartersSince) return readOffset(zone, at)
  const key = `${zone} ${Math.floor(at / quarterMs)}`
  let offset = known.get(key)
  if (offset === undefined) {
    offset = readOffset(zone, at)
    if (known.size > 20_000) known.clear()
    known.set(key, offset)
  }
  return offset
}

function readOffset(zone: string, at: number): number {
  const said: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(at)) said[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = said
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

/** What the zone's clocks show, as if it were UTC: `new Date(wallOf(…)).getUTCHours()` is their hour. */
export const wallOf = (zone: string, at: number): number => at + offsetAt(zone, at)

/** The instant of the change between `low` and `high`, whose offsets differ: the first with another offset than `low`. */
function changeBetween(zone: string, low: number, high: number): number {
  const before = offsetAt(zone, low)
  let [from, to] = [low, high]
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2)
    if (offsetAt(zone, middle) === before) from = middle
    else to = middle
  }
  return to
}

/**
 * The first instant at which the zone's clocks show `wall` (as of `wallOf`) or later: of an hour that comes twice the first
 * one, of an hour that is left out the instant at which it is.
 */
export function instantOf(zone: string, wall: number): number {
  const before = offsetAt(zone, wall - dayMs)
  const after = offsetAt(zone, wall + dayMs)
  if (offsetAt(zone, wall - before) === before) return wall - before
  if (offsetAt(zone, wall - after) === after) return wall - after
  return changeBetween(zone, wall - Math.max(before, after), wall - Math.min(before, after))
}

function wallStart(interval: Exclude<Interval, 'hour'>, wall: number): number {
  const date = new Date(wall)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  if (interval === 'month') return Date.UTC(year, month, 1)
  const back = interval === 'week' ? (date.getUTCDay() + 6) % 7 : 0
  return Date.UTC(year, month, day - back)
}

function wallNext(interval: Exclude<Interval, 'hour'>, start: number): number {
  if (interval !== 'month') return start + (interval === 'week' ? 7 : 1) * dayMs
  const date = new Date(start)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}

function startOfHour(zone: string, at: number): number {
  const start = at - (((wallOf(zone, at) % hourMs) + hourMs) % hourMs)
  return offsetAt(zone, start) === offsetAt(zone, at) ? start : changeBetween(zone, start, at)
}

/** When the hour, day, week or month began in which `at` lies. An hour also begins where the clocks are changed. */
export function startOf(interval: Interval, zone: string, at: number): number {
  if (interval === 'hour') return startOfHour(zone, at)
  return instantOf(zone, wallStart(interval, wallOf(zone, at)))
}

/** When the next one begins. */
export function nextOf(interval: Interval, zone: string, at: number): number {
  if (interval === 'hour') {
    const end = at + hourMs - (((wallOf(zone, at) % hourMs) + hourMs) % hourMs)
    return offsetAt(zone, end - 1) === offsetAt(zone, at) ? end : changeBetween(zone, at, end - 1)
  }
  let start = wallStart(interval, wallOf(zone, at))
  let next: number
  // A day that a zone left out altogether has no length.
  do {
    start = wallNext(interval, start)
    next = instantOf(zone, start)
  } while (next <= at)
  return next
}

/** The range `from` to `to` (both belong to it, epoch ms) in buckets, oldest first; null where there are more than `most`. */
export function bucketsOf(
  interval: Interval,
  zone: string,
  from: number,
  to: number,
  most = 10_000,
): Bucket[] | null {
  const buckets: Bucket[] = []
  let at = from
  while (at <= to) {
    if (buckets.length === most) return null
    const next = nextOf(interval, zone, at)
    const isWhole = next - 1 <= to && (buckets.length > 0 || startOf(interval, zone, at) === at)
    buckets.push({ from: at, to: Math.min(next - 1, to), isPartial: !isWhole })
    at = next
  }
  return buckets
}

/** `2026-11-01`: the date the zone's clocks show. */
export const dateIn = (zone: string, at: number): string =>
  new Date(wallOf(zone, at)).toISOString().slice(0, 10)

/** The first instant of a date such as `2026-11-01` in the zone. */
export const startOfDate = (zone: string, date: string): number =>
  instantOf(zone, Date.parse(`${date}T00:00:00Z`))

/** The last millisecond of a date in the zone. */
export const endOfDate = (zone: string, date: string): number =>
  nextOf('day', zone, startOfDate(zone, date)) - 1

/** ISO 8601 as the zone's clocks show it, with their offset: `2026-11-01T00:00:00-05:00`. */
export function isoIn(zone: string, at: number): string {
  const offset = offsetAt(zone, at)
  const minutes = Math.round(Math.abs(offset) / 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const sign = offset < 0 ? '-' : '+'
  return `${new Date(at + offset).toISOString().slice(0, 19)}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

export type Comparison = 'previous' | 'weekday'

/**
 * The range that `from` to `to` is compared with. A range that begins with a day is moved back by whole days on the zone's
 * clocks: `previous` by as many as it touches, `weekday` by whole weeks, so that "today until now" stands beside yesterday,
 * or the same weekday, until the same hour. Any other range is moved back by its length, or by whole weeks.
 */
export function comparedRange(
  comparison: Comparison,
  zone: string,
  from: number,
  to: number,
): { from: number; to: number } {
  const [wallFrom, wallTo] = [wallOf(zone, from), wallOf(zone, to)]
  if (comparison === 'previous' && startOf('day', zone, from) !== from)
    return { from: from - (to - from + 1), to: from - 1 }
  const touched = Math.floor(wallTo / dayMs) - Math.floor(wallFrom / dayMs) + 1
  const days = comparison === 'weekday' ? Math.ceil(touched / 7) * 7 : touched
  const start = instantOf(zone, wallFrom - days * dayMs)
  // The end is the millisecond before an instant: that one is found by the clocks too, as for whole days.
  const end = instantOf(zone, wallOf(zone, to + 1) - days * dayMs) - 1
  return { from: start, to: Math.max(start, end) }
}
