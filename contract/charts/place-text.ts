// Hours, days, weeks and months in words, on the clocks of a zone.
import type { Period } from '#contract/analytics.ts'
import type { Place } from '#contract/charts/chart.ts'
import type { Interval } from '#contract/zone-calendar.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** `options` as Intl takes them, in British order, on a 24-hour clock. Epoch ms in, words out. */
function textIn(zone: string, at: number, key: string, options: Intl.DateTimeFormatOptions): string {
  const name = `${zone} ${key}`
  let format = formats.get(name)
  if (!format) {
    if (formats.size > 200) formats.clear()
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options })
    formats.set(name, format)
  }
  return format.format(at)
}

/** `14:02`. */
export const hourText = (zone: string, at: number): string =>
  textIn(zone, at, 'hour', { hour: '2-digit', minute: '2-digit' })
/** `14:02:10`. */
export const clockIn = (zone: string, at: number): string =>
  textIn(zone, at, 'clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
/** `20 Nov`. */
export const dayText = (zone: string, at: number): string =>
  textIn(zone, at, 'day', { day: 'numeric', month: 'short' })
/** `Fri 20 Nov 2026`. */
export const fullDayText = (zone: string, at: number): string =>
  textIn(zone, at, 'full', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).replace(
    ',',
    '',
  )
const weekdayText = (zone: string, at: number): string =>
  textIn(zone, at, 'weekday', { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '')
const monthText = (zone: string, at: number): string =>
  textIn(zone, at, 'month', { month: 'short', year: 'numeric' })

/** `CST`: the short name of the zone at an instant. */
export function zoneShort(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }).formatToParts(at)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

/** A range in words: one day by its name, several by both ends; hours where an end is no edge of a day. */
export function rangeText(zone: string, from: number, to: number): string {
  const startsDay = hourText(zone, from) === '00:00'
  const endsDay = hourText(zone, to + 1) === '00:00'
  const [first, last] = [fullDayText(zone, from), fullDayText(zone, to)]
  const begin = startsDay ? first : `${first}, ${hourText(zone, from)}`
  if (first === last) return endsDay ? begin : `${first}, ${hourText(zone, from)} to ${hourText(zone, to)}`
  return `${begin} to ${endsDay ? last : `${last}, ${hourText(zone, to)}`}`
}

/** A range in few words, for the end of a line: `13 Nov`, `8 to 14 Nov`, `28 Oct to 3 Nov`. */
export function shortSpan(zone: string, from: number, to: number): string {
  const [first, last] = [dayText(zone, from), dayText(zone, to)]
  if (first === last) return weekdayText(zone, from)
  const [day = '', month = ''] = first.split(' ')
  return `${last.endsWith(month) ? day : first} to ${last}`
}

/** Where a point of a trend stands on its axis. */
export function placeOf(zone: string, interval: Interval, { from, to, partial }: Period): Place {
  const [first, last] = [Date.parse(from), Date.parse(to)]
  const cut = partial ? { partial: true } : {}
  switch (interval) {
    case 'hour': {
      const start = hourText(zone, first)
      const tick = start === '00:00' ? weekdayText(zone, first) : start
      return { tick, name: `${weekdayText(zone, first)}, ${start} to ${hourText(zone, last + 1)}`, ...cut }
    }
    case 'day':
      return { tick: dayText(zone, first), name: fullDayText(zone, first), ...cut }
    case 'week':
      return {
        tick: dayText(zone, first),
        name: `${weekdayText(zone, first)} to ${weekdayText(zone, last)}`,
        ...cut,
      }
    case 'month':
      return { tick: monthText(zone, first), name: monthText(zone, first), ...cut }
  }
}

/** `Hour`, `Day`: what a place of a trend is, as the head of a column. */
export const intervalNames: Readonly<Record<Interval, string>> = {
  hour: 'Hour',
  day: 'Day',
  week: 'Week',
  month: 'Month',
}
