// The only React in `live`: hooks that wake a cell when its own value changes, and nobody else.
import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import type { Call } from '#contract/call.ts'
import type { Stream } from '#contract/protocol.ts'
import type { Intervention } from '#contract/transcript.ts'
import type { Board, Desk } from '#src/floor/desk.ts'
import type { FloorDigest } from '#src/floor/floor-digest.ts'
import type { Cancel } from '#src/lib/clock.ts'
import type { Connection } from '#src/lib/connection.ts'
import type { Commands } from '#src/live/commands.ts'
import type { LiveState, OpenCall, PendingCommand } from '#src/live/live-state.ts'
import type { LiveStore } from '#src/live/live-store.ts'
import type { LoadOlder } from '#src/live/load-older.ts'

/** What the screens may ask of the world outside the store. */
export interface LiveActions {
  /** Keeps a stream subscribed until the returned function is called. */
  subscribe(stream: Stream): () => void
  /** Tries to connect now instead of waiting for the backoff. */
  retryNow(): void
  commands: Commands
  /** Fetches the lines before the oldest one held. */
  loadOlder: LoadOlder
}

interface Live {
  store: LiveStore
  desk: Desk
  actions: LiveActions
}

const LiveContext = createContext<Live | null>(null)

/** Gives the store, the desk over the floor, and the actions to everything below. */
export function LiveProvider(props: {
  store: LiveStore
  desk: Desk
  actions: LiveActions
  children?: ReactNode
}): ReactNode {
  const { store, desk, actions, children } = props
  const live = useMemo(() => ({ store, desk, actions }), [store, desk, actions])
  return createElement(LiveContext.Provider, { value: live }, children)
}

function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('LiveProvider is missing above this component')
  return live
}

/** Reads without rendering, e.g. in an event handler. */
export function useLiveStore(): LiveStore {
  return useLive().store
}

/** The board's rows and its place to ask; read it in handlers and painters. */
export function useDesk(): Desk {
  return useLive().desk
}

/** Commands, older lines, retry. */
export function useLiveActions(): LiveActions {
  return useLive().actions
}

/**
 * The selected part of a source, recomputed only when the source changed. `equal` keeps the old value, so that an
 * equal list wakes nobody.
 */
function useSelected<S, T>(
  watch: (wake: () => void) => () => void,
  read: () => S,
  select: (source: S) => T,
  equal: (a: T, b: T) => boolean = Object.is,
): T {
  const last = useRef<{ value: T } | null>(null)
  const snapshot = useMemo(() => {
    let seen: { source: S; value: T } | null = null
    return () => {
      const source = read()
      if (seen && Object.is(seen.source, source)) return seen.value
      const fresh = select(source)
      const kept = seen ?? last.current
      const value = kept && equal(kept.value, fresh) ? kept.value : fresh
      seen = { source, value }
      return value
    }
  }, [read, select, equal])
  const value = useSyncExternalStore(watch, snapshot, snapshot)
  useEffect(() => {
    last.current = { value }
  }, [value])
  return value
}

function useLiveState<T>(select: (state: LiveState) => T): T {
  const { store } = useLive()
  return useSelected(store.subscribe, store.getState, select)
}

const selectEscalationNews = (state: LiveState): LiveState['escalationNews'] => state.escalationNews
const selectClaimNews = (state: LiveState): LiveState['claimNews'] => state.claimNews
const selectConnection = (state: LiveState): Connection => state.connection
const selectLoaded = (state: LiveState): boolean => state.loaded

/** How the console stands to the server. */
export function useConnection(): Connection {
  return useLiveState(selectConnection)
}

/** False until the first snapshot of all calls is in. */
export function useLoaded(): boolean {
  return useLiveState(selectLoaded)
}

/** One value of one call, on the floor or open; undefined when it is neither. Wakes only when the value changes. */
export function useCall<T>(callId: string, select: (call: Call) => T): T | undefined {
  const { store } = useLive()
  const watch = useMemo(() => (wake: () => void) => store.watchCall(callId, wake), [store, callId])
  const read = useMemo(() => () => store.call(callId), [store, callId])
  return useSelected(watch, read, (call) => (call ? select(call) : undefined))
}

/** How many rows there are and where their bays begin; a new object only when that changes. */
export function useBoard(): Board {
  const { desk } = useLive()
  const read = useMemo(() => () => desk.getState().board, [desk])
  return useSyncExternalStore(desk.subscribe, read, read)
}

/** A part of what is known of the floor as a whole; taken once a second, and when calls come or leave. */
export function useDigest<T>(select: (digest: FloorDigest) => T): T {
  const { desk } = useLive()
  const read = useMemo(() => () => desk.getState().digest, [desk])
  return useSelected(desk.subscribe, read, select)
}

/** Part of an open call's transcript and what hangs on it; undefined is given to `select` while it is not open. */
export function useOpenCall<T>(callId: string, select: (open: OpenCall | undefined) => T): T {
  const { store } = useLive()
  const read = useMemo(() => () => store.getState().openCalls.get(callId), [store, callId])
  return useSelected(store.subscribe, read, select)
}

/** The newest supervisor's act on the call. */
export function useLatestIntervention(callId: string): Intervention | undefined {
  const { store } = useLive()
  const read = useMemo(() => () => store.getState().latestIntervention.get(callId), [store, callId])
  return useSyncExternalStore(store.subscribe, read, read)
}

/** The last escalation told of each call since the page is open. */
export function useEscalationNews(): LiveState['escalationNews'] {
  return useLiveState(selectEscalationNews)
}

/** What was last told of each call's claim since the page is open, the newest last. */
export function useClaimNews(): LiveState['claimNews'] {
  return useLiveState(selectClaimNews)
}

/** Wishes for the call that the server has not confirmed yet, oldest first. */
export function usePending(callId: string): readonly PendingCommand[] {
  const { store } = useLive()
  const read = useMemo(() => () => store.getState().pending, [store])
  const select = useMemo(
    () => (pending: LiveState['pending']) =>
      [...pending.values()].filter((command) => command.callId === callId),
    [callId],
  )
  return useSelected(store.subscribe, read, select, sameItems)
}

/** The server's clock, epoch ms, in whole steps of `everyMs`; all who ask for the same step share one ticker. */
export function useServerNow(everyMs = 1000): number {
  const { store } = useLive()
  const watch = useMemo(() => (wake: () => void) => store.watchTime(everyMs, wake), [store, everyMs])
  const read = useMemo(() => () => Math.floor(store.serverNow() / everyMs) * everyMs, [store, everyMs])
  return useSyncExternalStore(watch, read, read)
}

/**
 * How old what is shown is, ms: since the last frame of any kind, null before the first. Looked at with each whole second, and when the
 * line stands otherwise, so that a stream of news does not keep it moving.
 */
export function useDataAge(): number | null {
  const { store } = useLive()
  const watch = useMemo(() => {
    const every = (wake: () => void): Cancel => store.watchTime(1000, wake)
    return (wake: () => void) => {
      const stops = [every(wake), store.subscribe(wake)]
      return () => {
        for (const stop of stops) stop()
      }
    }
  }, [store])
  const read = useMemo(() => {
    let seen: { second: number; connection: Connection; age: number | null } | null = null
    return () => {
      const now = store.serverNow()
      const second = Math.floor(now / 1000)
      const { connection } = store.getState()
      if (seen?.second !== second || seen.connection !== connection) {
        const at = store.lastFrameAt()
        seen = { second, connection, age: at === null ? null : Math.max(0, now - at) }
      }
      return seen.age
    }
  }, [store])
  return useSyncExternalStore(watch, read, read)
}

/** Streams the call's transcript while the component is mounted; null opens nothing. */
export function useOpenCallSubscription(callId: string | null): void {
  const { store, actions } = useLive()
  useEffect(() => {
    if (callId === null) return
    const close = store.open(callId)
    const unsubscribe = actions.subscribe(`call:${callId}`)
    return () => {
      unsubscribe()
      close()
    }
  }, [store, actions, callId])
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
