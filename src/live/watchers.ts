// Who is woken by what: a cell by its call, a list by the slow beat, a duration by the second.
import type { StoreApi } from 'zustand/vanilla'
import type { Call } from '#contract/call.ts'
import type { Cancel, Clock } from '#src/lib/clock.ts'
import { FloorMap } from '#src/live/floor-map.ts'
import type { LiveState } from '#src/live/live-state.ts'

interface WatchersOptions {
  clock: Clock
  serverNow(): number
  call(state: LiveState, callId: string): Call | undefined
  store: StoreApi<LiveState>
}

export interface Watchers {
  doors: {
    watchCall(callId: string, listener: () => void): Cancel
    floor(): ReadonlyMap<string, Call>
    callIds(): readonly string[]
    watchFloor(listener: () => void): Cancel
    watchTime(everyMs: number, listener: () => void): Cancel
  }
  /** The slow beat: the floor moves on to the newest state. */
  beat(): void
}

/** Watchers over the store's commits. */
export function createWatchers({ clock, serverNow, call, store }: WatchersOptions): Watchers {
  const byCall = new Map<string, Set<() => void>>()
  const floorListeners = new Set<() => void>()
  const tickers = new Map<number, { listeners: Set<() => void>; cancel: Cancel }>()
  let floor = store.getState().calls
  let callIds: readonly string[] = [...floor.keys()]

  let members = membersOf(floor)
  /** True while no call came or left since `callIds` was made. */
  function hasSameMembers(calls: ReadonlyMap<string, Call>): boolean {
    if (!(calls instanceof FloorMap)) return hasKeys(calls, callIds)
    const isSame = calls.members === members
    members = calls.members
    return isSame
  }

  function moveFloor(calls: ReadonlyMap<string, Call>): void {
    floor = calls
    for (const listener of [...floorListeners]) listener()
  }

  store.subscribe((state, before) => {
    if (state.calls === before.calls && state.openCalls === before.openCalls) return
    for (const [callId, listeners] of byCall)
      if (call(state, callId) !== call(before, callId)) for (const listener of [...listeners]) listener()
    if (state.calls === before.calls || hasSameMembers(state.calls)) return
    callIds = [...state.calls.keys()]
    moveFloor(state.calls)
  })

  function startTicker(everyMs: number, listeners: Set<() => void>): Cancel {
    let cancel: Cancel = () => {}
    const arm = (): void => {
      cancel = clock.after(everyMs - (Math.floor(serverNow()) % everyMs), () => {
        arm()
        for (const listener of [...listeners]) listener()
      })
    }
    arm()
    return () => cancel()
  }

  return {
    doors: {
      watchCall(callId, listener) {
        const listeners = byCall.get(callId) ?? new Set()
        byCall.set(callId, listeners.add(listener))
        return () => {
          listeners.delete(listener)
          if (listeners.size === 0 && byCall.get(callId) === listeners) byCall.delete(callId)
        }
      },
      floor: () => floor,
      callIds: () => callIds,
      watchFloor(listener) {
        floorListeners.add(listener)
        return () => floorListeners.delete(listener)
      },
      watchTime(everyMs, listener) {
        let ticker = tickers.get(everyMs)
        if (!ticker) {
          const listeners = new Set<() => void>()
          ticker = { listeners, cancel: startTicker(everyMs, listeners) }
          tickers.set(everyMs, ticker)
        }
        const { listeners, cancel } = ticker
        listeners.add(listener)
        return () => {
          listeners.delete(listener)
          if (listeners.size > 0 || tickers.get(everyMs)?.listeners !== listeners) return
          cancel()
          tickers.delete(everyMs)
        }
      },
    },
    beat() {
      const { calls } = store.getState()
      if (calls !== floor) moveFloor(calls)
    },
  }
}

const membersOf = (calls: ReadonlyMap<string, Call>): number =>
  calls instanceof FloorMap ? calls.members : 0

/** True when the map holds exactly these keys in this order. */
function hasKeys(map: ReadonlyMap<string, unknown>, keys: readonly string[]): boolean {
  if (map.size !== keys.length) return false
  let index = 0
  for (const key of map.keys()) {
    if (key !== keys[index]) return false
    index += 1
  }
  return true
}
