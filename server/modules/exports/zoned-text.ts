// Instants as a zone's clocks show them, with their offset; for a million rows, so the zone is asked once a quarter of an hour.

const quarterMs = 15 * 60_000
/** Quarters that are remembered; a walk goes through them in order. */
const kept = 5000

/** `2026-03-08T03:15:00-05:00`: the instant in the zone, to the second. `at` in epoch ms. */
export function createZonedText(zone: string): (at: number) => string {
  const form = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const known = new Map<number, { ms: number; text: string }>()

  const offsetAt = (at: number) => {
    const quarter = Math.floor(at / quarterMs)
    const found = known.get(quarter)
    if (found) return found
    if (known.size >= kept) known.clear()
    const name = form.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
    const [, sign = '+', hours = '00', minutes = '00', seconds = '00'] =
      /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name) ?? []
    const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
    const offset = { ms: sign === '-' ? -ms : ms, text: `${sign}${hours}:${minutes}` }
    known.set(quarter, offset)
    return offset
  }

  return (at) => {
    const { ms, text } = offsetAt(at)
    return `${new Date(at + ms).toISOString().slice(0, 19)}${text}`
  }
}
