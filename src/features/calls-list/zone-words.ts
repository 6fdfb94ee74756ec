// Instants of the list, written in the zone that is chosen for it and not in that of the desk's clocks.

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string, kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${kind} ${zone}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...options })
    formats.set(key, format)
  }
  return format
}

const day = { month: 'short', day: 'numeric' } as const
const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const

/** `America/Chicago (CST)`, with the name that holds at `at` (epoch ms). */
export function zoneName(zone: string, at: number): string {
  const parts = formatOf(zone, 'name', { timeZoneName: 'short' }).formatToParts(at)
  const short = parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
  return short === zone ? zone : `${zone} (${short})`
}

/** `Nov 21, 14:02:10`; with the year where it is not that of `now`. */
export function momentText(zone: string, at: number, now: number): string {
  const year = formatOf(zone, 'year', { year: 'numeric' })
  const isThisYear = year.format(at) === year.format(now)
  return isThisYear
    ? formatOf(zone, 'moment', { ...day, ...clock }).format(at)
    : formatOf(zone, 'old', { ...day, year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at)
}

/** `Friday, November 21, 2026, 14:02:10 CST`. */
export function wholeMoment(zone: string, at: number): string {
  return formatOf(zone, 'whole', {
    ...clock,
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZoneName: 'short',
  }).format(at)
}

/** A day or an instant of the address: `Nov 21, 2026`, or `Nov 21, 2026, 14:00`. */
export function dateText(zone: string, text: string): string {
  const isDay = text.length === 10
  const options = { ...day, year: 'numeric' } as const
  return isDay
    ? formatOf('UTC', 'day', options).format(Date.parse(text))
    : formatOf(zone, 'minute', { ...options, hour: '2-digit', minute: '2-digit' }).format(Date.parse(text))
}

/** `14:02:10 CST`. */
export function clockIn(zone: string, at: number): string {
  return formatOf(zone, 'clock', { ...clock, timeZoneName: 'short' }).format(at)
}
