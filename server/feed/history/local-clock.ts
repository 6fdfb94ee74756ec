// What the clocks of a zone show at an instant, over changes of summer time too.
import type { LocalTime } from '#server/feed/history/call-curve.ts'

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const dayMs = 24 * 3600_000

/** True of a zone of the IANA database that this runtime knows. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Reads the clocks of `zone`. Throws RangeError for a zone that does not exist. */
export function createLocalClock(zone: string): (at: number) => LocalTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  return (at) => {
    const said: Record<string, string> = {}
    for (const { type, value } of format.formatToParts(at)) said[type] = value
    const date = `${said.year}-${said.month}-${said.day}`
    const year = Number(said.year)
    return {
      date,
      weekday: weekdays.indexOf(said.weekday ?? ''),
      hour: Number(said.hour) + Number(said.minute) / 60,
      season: (Date.parse(date) - Date.UTC(year, 0, 1)) / (366 * dayMs),
    }
  }
}
