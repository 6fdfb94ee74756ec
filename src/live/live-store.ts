// The live store: frames are queued as they come and become one commit per painted frame.
import { createStore } from 'zustand/vanilla'
import type { Call } from '#contract/call.ts'
import type { EventFrame, SnapshotFrame, Stream } from '#contract/protocol.ts'
import type { CallInteraction } from '#contract/transcript.ts'
import type { Cancel, Clock, FrameScheduler } from '#src/lib/clock.ts'
import type { Connection } from '#src/lib/connection.ts'
import {
  applyFrames,
  forgetPresence,
  renewKnown,
  replaceFloor,
  showRows,
  sweepEnded,
} from '#src/live/apply.ts'
import { emptyOpenCall, prependLines, replaceOpen } from '#src/live/apply-open.ts'
import { FloorMap } from '#src/live/floor-map.ts'
import type { LiveState, OpenCall, PendingCommand } from '#src/live/live-state.ts'
import { createSnapshotParts } from '#src/live/snapshot-parts.ts'
import { createWatchers } from '#src/live/watchers.ts'

/** What the store hears from the network; the gateway's listener. */
export interface LiveInbox {
  onFrames(frames: readonly EventFrame[]): void
  onSnapshot(part: SnapshotFrame['data'], at: number): void
  onSubscribed(stream: Stream, mode: 'live' | 'resumed' | 'snapshot'): void
  onRefused(stream: Stream, code: string): void
  onConnection(connection: Connection): void
}

export interface LiveStore {
  getState(): LiveState
  /** Called after every commit. Returns the end of it. */
  subscribe(listener: () => void): Cancel
  /** The call as known best: on the floor, else as opened. */
  call(callId: string): Call | undefined
  /** Called when this call changed. */
  watchCall(callId: string, listener: () => void): Cancel
  /** All calls as of the slow beat; a new map at most once a second and when a call comes or leaves. */
  floor(): ReadonlyMap<string, Call>
  callIds(): readonly string[]
  /** Called when `floor()` moved on. */
  watchFloor(listener: () => void): Cancel
  /** Server time, epoch ms. */
  serverNow(): number
  /** When the last frame of any kind came, epoch ms of the server's clock; null before the first. */
  lastFrameAt(): number | null
  /** The line is kept elsewhere: it was last heard then. Wakes nobody, for an age is looked at by the clock. */
  noteHeard(at: number | null): void
  /** Called at every whole step of `everyMs` of the server's clock. */
  watchTime(everyMs: number, listener: () => void): Cancel
  /** Makes room for a call's transcript until the returned function is called. */
  open(callId: string): Cancel
  prependLines(
    callId: string,
    older: { lines: readonly CallInteraction[]; reachedStart: boolean; total: number },
  ): void
  /** Puts or replaces a wish. */
  setPending(command: PendingCommand): void
  removePending(commandId: string): void
  /** The floor is kept elsewhere: these are the calls of it that are wanted here, as they are now. */
  showRows(rows: ReadonlyMap<string, Call>): void
  inbox: LiveInbox
  /** A part of the floor's snapshot is here, and the rest will be in a moment. */
  isFloorComing(): boolean
  /** Starts the slow beat (sweeping, floor). Returns the stop. */
  start(): Cancel
}

export interface LiveStoreOptions {
  clock: Clock
  scheduler: FrameScheduler
  /** Frames were thrown away because nobody painted for too long: the gateway is to ask for snapshots. */
  needSnapshot: () => void
  /** False: the floor is kept elsewhere and comes by `showRows`; its calls are not let go here. */
  keepsFloor?: boolean
  /** True where nobody watches single calls: the floor is changed in place, see `FloorMap`. */
  changesInPlace?: boolean
  settings?: Partial<typeof defaults>
}

const defaults = {
  /** Frames that may wait; a page that is frozen longer is better off with a snapshot. */
  queueCap: 20_000,
  /** Longest wait of a frame while the browser does not paint. */
  flushMs: 1000,
  beatMs: 1000,
}

type Job =
  | { frames: readonly EventFrame[] }
  | { resumed: true }
  | { renewed: readonly Call[] }
  | { snapshot: SnapshotFrame['data']; calls: readonly Call[] }

/** An empty store; `start()` it once, and hand `inbox` to the gateway. */
export function createLiveStore(options: LiveStoreOptions): LiveStore {
  const { clock, scheduler, needSnapshot, keepsFloor = true, changesInPlace = false } = options
  const settings = { ...defaults, ...options.settings }
  const store = createStore<LiveState>(() => ({
    ...emptyState(clock.now()),
    ...(changesInPlace ? { calls: new FloorMap() } : {}),
  }))
  const getState = store.getState
  const serverNow = (): number => clock.now() + getState().connection.clockOffsetMs
  // Rows of a floor that is kept elsewhere may stand still on purpose; the open call never does.
  const best = keepsFloor
    ? callOf
    : (state: LiveState, callId: string) => openCallOf(state, callId) ?? state.calls.get(callId)
  const watchers = createWatchers({ clock, serverNow, call: best, store })
  const opened = new Map<string, number>()

  let jobs: Job[] = []
  let waiting = 0
  let waitingSince = 0
  const cancelFlush: Cancel[] = []
  const parts = createSnapshotParts(clock)
  let heardAt: number | null = null

  function commit(next: LiveState): void {
    if (next !== getState()) store.setState(next, true)
  }

  function flush(): void {
    for (const cancel of cancelFlush.splice(0)) cancel()
    const work = jobs
    jobs = []
    waiting = 0
    let state = getState()
    for (const job of mergeRuns(work)) {
      if ('frames' in job) state = applyFrames(state, job.frames)
      else if ('resumed' in job) state = forgetPresence(state)
      else if ('renewed' in job) state = renewKnown(state, job.renewed)
      else if (job.snapshot.stream === 'calls') state = replaceFloor(state, job.calls)
      else if (job.snapshot.detail)
        state = replaceOpen(state, job.snapshot.stream.slice('call:'.length), job.snapshot.detail)
    }
    commit(state)
  }

  function enqueue(job: Job, size: number): void {
    const now = clock.now()
    if (jobs.length === 0) waitingSince = now
    jobs.push(job)
    waiting += size
    if (waiting > settings.queueCap) throwAway()
    // Timers of a hidden tab may be a minute late; what comes in is the better clock.
    else if (now - waitingSince >= settings.flushMs) flush()
    else if (cancelFlush.length === 0) schedule()
  }

  function schedule(): void {
    cancelFlush.push(clock.after(settings.flushMs, flush))
    if (!scheduler.isHidden()) cancelFlush.push(scheduler.requestFrame(flush))
  }

  function throwAway(): void {
    for (const cancel of cancelFlush.splice(0)) cancel()
    jobs = []
    waiting = 0
    parts.clear()
    needSnapshot()
  }

  function setOpen(callId: string, open: OpenCall | null): void {
    const openCalls = new Map(getState().openCalls)
    if (open) openCalls.set(callId, open)
    else openCalls.delete(callId)
    commit({ ...getState(), openCalls })
  }

  const inbox: LiveInbox = {
    onFrames: (frames) => enqueue({ frames }, frames.length),
    onSnapshot(part) {
      // What changed is told of a floor in which everything of before is applied.
      if (part.changes && jobs.length > 0) flush()
      const { renewed, whole, isForeign } = parts.take(part, getState().calls)
      if (isForeign) needSnapshot()
      else if (whole) enqueue({ snapshot: part, calls: whole }, 1)
      else if (renewed && part.stream === 'calls' && getState().loaded) enqueue({ renewed }, 1)
    },
    onSubscribed(stream, mode) {
      parts.forget(stream)
      if (stream === 'calls' && mode === 'resumed') enqueue({ resumed: true }, 1)
    },
    onRefused(stream) {
      const callId = stream.slice('call:'.length)
      if (stream !== 'calls' && opened.has(callId))
        setOpen(callId, { ...emptyOpenCall(callId), status: 'not-found' })
    },
    onConnection: (connection) => commit({ ...getState(), connection }),
  }

  function setPending(change: (pending: Map<string, PendingCommand>) => void): void {
    const pending = new Map(getState().pending)
    change(pending)
    commit({ ...getState(), pending })
  }

  return {
    getState,
    subscribe: store.subscribe,
    call: (callId) => best(getState(), callId),
    ...watchers.doors,
    serverNow,
    lastFrameAt() {
      const told = getState().connection.lastFrameAt
      return heardAt === null || told === null ? (heardAt ?? told) : Math.max(heardAt, told)
    },
    noteHeard(at) {
      heardAt = at
    },
    open(callId) {
      opened.set(callId, (opened.get(callId) ?? 0) + 1)
      if (!getState().openCalls.has(callId)) setOpen(callId, emptyOpenCall(callId))
      let isHeld = true
      return () => {
        if (!isHeld) return
        isHeld = false
        const users = (opened.get(callId) ?? 1) - 1
        if (users > 0) opened.set(callId, users)
        else {
          opened.delete(callId)
          setOpen(callId, null)
        }
      }
    },
    prependLines: (callId, older) => commit(prependLines(getState(), callId, older)),
    setPending: (command) => setPending((pending) => pending.set(command.commandId, command)),
    removePending(commandId) {
      if (getState().pending.has(commandId)) setPending((pending) => pending.delete(commandId))
    },
    showRows: (rows) => commit(showRows(getState(), rows)),
    inbox,
    isFloorComing: () => parts.isComing('calls'),
    start() {
      const stopBeat = clock.every(settings.beatMs, () => {
        if (keepsFloor) commit(sweepEnded(getState(), serverNow()))
        watchers.beat()
      })
      // Back in sight: what waits is shown with the first frame, not a second later.
      const stopVisibility = scheduler.onVisibility(() => {
        if (!scheduler.isHidden() && jobs.length > 0) flush()
      })
      return () => {
        stopBeat()
        stopVisibility()
        for (const cancel of cancelFlush.splice(0)) cancel()
      }
    },
  }
}

/** Neighbouring runs of frames become one, so that one pass copies once. */
function mergeRuns(jobs: readonly Job[]): Job[] {
  const merged: Job[] = []
  let run: EventFrame[] | null = null
  for (const job of jobs) {
    if (!('frames' in job)) {
      run = null
      merged.push(job)
    } else if (run) for (const frame of job.frames) run.push(frame)
    else {
      run = job.frames.slice()
      merged.push({ frames: run })
    }
  }
  return merged
}

function callOf(state: LiveState, callId: string): Call | undefined {
  return state.calls.get(callId) ?? openCallOf(state, callId)
}

function openCallOf(state: LiveState, callId: string): Call | undefined {
  return state.openCalls.get(callId)?.call ?? undefined
}

function emptyState(now: number): LiveState {
  return {
    connection: {
      status: 'connecting',
      since: now,
      lastFrameAt: null,
      clockOffsetMs: 0,
      lastGapMs: null,
      lastGapAt: null,
      reason: null,
      nextTryAt: null,
      dropped: { malformed: 0, duplicate: 0, unknown: 0 },
    },
    loaded: false,
    calls: new Map(),
    latestIntervention: new Map(),
    claimNews: new Map(),
    escalationNews: new Map(),
    openCalls: new Map(),
    pending: new Map(),
  }
}
