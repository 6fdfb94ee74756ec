// The zones that can be chosen: those that are near first, then all this browser knows.

let all: readonly string[] | null = null

/**
 * Groups of IANA names, each name once. `current` is among them whatever the browser knows. Four hundred options are drawn
 * only for who is about to choose: `isOpen`.
 */
export function zoneChoices(
  current: string,
  home: string,
  isOpen: boolean,
): { label: string; zones: readonly string[] }[] {
  all ??= typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const near = [...new Set([home, here, 'UTC', current])]
  const groups = [{ label: 'Near', zones: near as readonly string[] }]
  if (isOpen) groups.push({ label: 'All', zones: all.filter((zone) => !near.includes(zone)) })
  return groups
}
