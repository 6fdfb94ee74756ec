// Instants as the console writes them: on a 24-hour clock, in the zone of the person looking.

const createFormats = (zone: string | null) => {
  const timeZone = zone === null ? {} : { timeZone: zone }
  return {
    clock: new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      ...timeZone,
    }),
    zone: new Intl.DateTimeFormat('en-US', { timeZoneName: 'short', ...timeZone }),
  }
}

let formats = createFormats(null)
let current: string | null = null

/** The zone of all clocks from now on, by its IANA name; null is the zone of this machine. Throws for a name that is none. */
export function setClockZone(zone: string | null): void {
  if (zone === current) return
  formats = createFormats(zone)
  current = zone
}

/** The zone that clocks are written in; null for that of this machine. */
export const clockZone = (): string | null => current

/** Epoch ms → `14:02:10`. */
export function clockText(at: number): string {
  return formats.clock.format(at)
}

/** `CST`: the zone `clockText` is written in, at that instant. */
export function zoneText(at: number): string {
  return formats.zone.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? ''
}
