// The address a test begins at; the console reads it from the browser's own history.
import { afterEach } from 'vitest'

afterEach(() => history.replaceState(null, '', '/'))

/** Puts the browser there without a step in its history. */
export function atAddress(address: string, state: unknown = null): void {
  history.replaceState(state, '', address)
}
