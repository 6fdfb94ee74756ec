// Instants as the console writes them: on a 24-hour clock, in the zone of the person looking.

const clockFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const zoneFormat = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' })

/** Epoch ms → `14:02:10`. */
export function clockText(at: number): string {
  return clockFormat.format(at)
}

/** `CST`: the zone `clockText` is written in, at that instant. */
export function zoneText(at: number): string {
  return zoneFormat.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? ''
}
