// Which call's row something on the board belongs to.

/** Id of the call whose row this is in; null when it is in none. */
export function callIdOf(target: EventTarget | null): string | null {
  return target instanceof Element
    ? (target.closest<HTMLElement>('[data-call-id]')?.dataset.callId ?? null)
    : null
}

/** True when it is in a row of a call. */
export function isOnRow(target: EventTarget | null): boolean {
  return callIdOf(target) !== null
}
