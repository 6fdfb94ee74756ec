// Whose clocks the screen shows. A page that is asked in a zone prints that zone, and so does everything beside it: two zones
// on one screen would be mistaken for each other.
import { createContext, useContext, useLayoutEffect } from 'react'
import { setClockZone } from '#src/ui/clock-text.ts'

interface ClockZone {
  /** The person's choice; null is the zone of this machine. */
  desk: string | null
  /** That of the page, where it has one of its own. */
  page: string | null
  onPage: (zone: string | null) => void
}

export const ClockZoneContext = createContext<ClockZone>({ desk: null, page: null, onPage: () => {} })

/** Every page says in which IANA zone its instants are; null for that of the desk. */
export function usePageZone(zone: string | null): void {
  const { desk, onPage } = useContext(ClockZoneContext)
  // Before anything below writes an instant.
  setClockZone(zone ?? desk)
  // And then for the frame around the page.
  useLayoutEffect(() => onPage(zone), [onPage, zone])
}

/** The IANA zone of this machine. */
export const machineZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** What the header says of its clock: the page's zone by name where it is not the desk's, and what that one is. */
export function useZoneNames(): { page: string | null; desk: string } {
  const { desk, page } = useContext(ClockZoneContext)
  const own = desk ?? machineZone()
  return { page: page === own ? null : page, desk: own }
}
