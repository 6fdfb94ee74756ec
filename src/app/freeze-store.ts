// A paused view reads a store that stands still; the true one goes on behind it and nothing is lost.
import type { LiveStore } from '#src/live/live-store.ts'

const never = () => () => {}

/** The store as it is at this moment, for the parts of the screen that a person has paused. */
export function freezeStore(store: LiveStore): LiveStore {
  const state = store.getState()
  const floor = store.floor()
  const ids = store.callIds()
  const now = store.serverNow()
  return {
    ...store,
    getState: () => state,
    call: (callId) => state.calls.get(callId) ?? store.call(callId),
    floor: () => floor,
    callIds: () => ids,
    serverNow: () => now,
    subscribe: never,
    watchCall: never,
    watchFloor: never,
    watchTime: never,
  }
}
