// Days as the console writes them, in the zone of its clocks.
import { clockZone } from '#src/ui/clock-text.ts'

let format: Intl.DateTimeFormat | null = null
let formatZone: string | null = null

/** Epoch ms → `Nov 20, 2026`. */
export function dayText(at: number): string {
  const zone = clockZone()
  if (!format || zone !== formatZone) {
    format = new Intl.DateTimeFormat('en-US', {
      dateStyle: 'medium',
      ...(zone === null ? {} : { timeZone: zone }),
    })
    formatZone = zone
  }
  return format.format(at)
}
