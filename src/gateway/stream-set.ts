// All streams the page listens to: who asked for them, which frame belongs to which, and when to ask again.
import type { ClientFrame, SnapshotFrame, Stream, SubscribedFrame } from '#contract/protocol.ts'
import type { EventFrame } from '#contract/protocol.ts'
import type { DecodedFrame, StreamFrame } from '#src/gateway/decode.ts'
import type { GatewayListener } from '#src/gateway/port.ts'
import { type StreamTracker, createStreamTracker } from '#src/gateway/streams.ts'
import type { Clock } from '#src/lib/clock.ts'

interface Entry {
  tracker: StreamTracker
  users: number
  /** Why the server refused the stream; not asked again on this connection. */
  refused: boolean
  askedAt: number
  /** Local times of requests that a gap caused, newest last. */
  repairs: number[]
  lastFrameAt: number
}

/** Where the page stands as a whole: `loading` before the first snapshot, `behind` while a break is repaired. */
export type StreamsPhase = 'loading' | 'behind' | 'live'

export interface StreamSet {
  /** Keeps a stream until the returned function is called. */
  retain(stream: Stream): () => void
  /** The socket is open: asks for everything. */
  onOpen(): void
  /** The socket is gone. */
  onLost(): void
  /** A frame of a stream; frames about the connection itself are not for here. */
  onFrame(frame: DecodedFrame): void
  /** Asks for snapshots of everything, e.g. after frames were thrown away. */
  resync(): void
  /** Once a second: ends quiet replays, asks again where no answer came. */
  onTick(): void
  phase(): StreamsPhase
}

interface StreamSetOptions {
  clock: Clock
  listener: Pick<GatewayListener, 'onFrames' | 'onSnapshot' | 'onSubscribed' | 'onRefused'>
  /** Server time, epoch ms. */
  serverNow(): number
  /** Sends on the open socket; does nothing while there is none. */
  send(frame: ClientFrame): void
  /** Calls a snapshot of the floor is to begin with. */
  first(): readonly string[]
  countDuplicate(): void
}

const answerWithinMs = 10_000
/** Wait before a stream that could not be opened is asked for again. */
const askAgainMs = 2000
const finalRefusals = new Set(['not_found', 'forbidden'])
const quietMs = 1000
const freshMs = 2000
/** More repairs than this within `repairWindowMs` mean that resuming does not help: a snapshot does. */
const repairsBeforeSnapshot = 2
const repairWindowMs = 60_000
/** Repairs per window after which the stream waits for the watchdog instead of asking at once. */
const repairsBeforePause = 6

/** An empty set; nothing is sent before `onOpen`. */
export function createStreamSet(options: StreamSetOptions): StreamSet {
  const { clock, listener, serverNow, send, first, countDuplicate } = options
  const entries = new Map<Stream, Entry>()
  let open = false

  function ask(entry: Entry): void {
    entry.askedAt = clock.now()
    const data = entry.tracker.ask()
    const wanted = data.type === 'all_calls' ? first() : []
    send({ event: 'subscribe', data: wanted.length > 0 ? { ...data, first: wanted } : data })
  }

  function repair(entry: Entry): void {
    const now = clock.now()
    entry.repairs = entry.repairs.filter((at) => now - at < repairWindowMs)
    entry.repairs.push(now)
    if (entry.repairs.length > repairsBeforeSnapshot) entry.tracker.forget()
    if (entry.repairs.length <= repairsBeforePause) ask(entry)
    else {
      // Asked again by the watchdog: a server that always leaves gaps must not be hammered.
      entry.tracker.ask()
      entry.askedAt = now
    }
  }

  function onFrames(frames: readonly StreamFrame[], group: Stream | null, safe: number | null): void {
    const passed: EventFrame[] = []
    const broken: Entry[] = []
    const now = clock.now()
    for (const frame of frames) {
      const entry = entries.get(frame.stream)
      if (!entry || broken.includes(entry)) continue
      const verdict = entry.tracker.judge(frame)
      if (verdict === 'gap') broken.push(entry)
      else if (verdict === 'duplicate') countDuplicate()
      if (verdict !== 'ignored') entry.lastFrameAt = now
      if (verdict !== 'apply' || frame.event === 'skipped') continue
      passed.push(frame)
      // A logged frame of the present ends a replay: it has caught up.
      if (entry.tracker.phase() === 'resuming' && frame.seq !== undefined)
        if (serverNow() - Date.parse(frame.at) < freshMs) entry.tracker.settle()
    }
    const entry = group ? entries.get(group) : undefined
    if (safe !== null && entry && !broken.includes(entry)) entry.tracker.onSafe(safe)
    if (passed.length > 0) listener.onFrames(passed)
    for (const gap of broken) repair(gap)
  }

  function onSubscribed(data: SubscribedFrame['data']): void {
    const entry = entries.get(data.stream)
    if (!entry?.tracker.onSubscribed(data)) return
    entry.refused = false
    entry.lastFrameAt = clock.now()
    listener.onSubscribed(data.stream, data.mode)
  }

  function onSnapshot(data: SnapshotFrame['data'], at: string): void {
    const entry = entries.get(data.stream)
    if (!entry) return
    const { part, parts, seq, changes } = data
    const verdict = entry.tracker.onPart(part, parts, seq, changes ? 'changes' : 'all')
    if (verdict === 'ignored') return
    entry.lastFrameAt = clock.now()
    listener.onSnapshot(data, Date.parse(at))
  }

  function onError(code: string, ref: string | undefined): void {
    for (const [stream, entry] of entries) {
      const names = [entry.tracker.sub(), stream, stream.slice('call:'.length)]
      if (ref === undefined || !names.includes(ref) || entry.tracker.phase() !== 'asked') continue
      if (!finalRefusals.has(code)) {
        // A passing fault of the server: the watchdog asks again soon.
        entry.askedAt = clock.now() - answerWithinMs + askAgainMs
        continue
      }
      entry.refused = true
      entry.tracker.lost()
      listener.onRefused(stream, code)
    }
  }

  return {
    retain(stream) {
      const entry = entries.get(stream) ?? {
        tracker: createStreamTracker(stream),
        users: 0,
        refused: false,
        askedAt: 0,
        repairs: [],
        lastFrameAt: 0,
      }
      entries.set(stream, entry)
      entry.users += 1
      if (entry.users === 1 && open) ask(entry)
      let held = true
      return () => {
        if (!held) return
        held = false
        entry.users -= 1
        if (entry.users > 0) return
        entries.delete(stream)
        if (!open) return
        send({
          event: 'unsubscribe',
          data:
            stream === 'calls'
              ? { type: 'all_calls' }
              : { type: 'call', call_id: stream.slice('call:'.length) },
        })
      }
    },
    onOpen() {
      open = true
      for (const entry of entries.values()) {
        entry.refused = false
        ask(entry)
      }
    },
    onLost() {
      open = false
      for (const entry of entries.values()) entry.tracker.lost()
    },
    onFrame(frame) {
      switch (frame.event) {
        case 'frames':
          onFrames(frame.frames, frame.stream, frame.safe)
          break
        case 'subscribed':
          onSubscribed(frame.data)
          break
        case 'snapshot':
          onSnapshot(frame.data, frame.at)
          break
        case 'reset': {
          const entry = entries.get(frame.data.stream)
          const phase = entry?.tracker.phase()
          if (entry && phase !== 'asked' && phase !== 'idle') repair(entry)
          break
        }
        case 'heartbeat':
          for (const [stream, place] of Object.entries(frame.streams ?? {})) {
            const entry = entries.get(stream as Stream)
            if (entry?.tracker.onHeartbeat(place)) repair(entry)
          }
          break
        case 'error':
          onError(frame.data.code, frame.data.ref)
          break
        // The gateway's own: they belong to no stream.
        case 'closing':
        case 'preferences.changed':
          break
      }
    },
    resync() {
      for (const entry of entries.values()) {
        entry.tracker.forget()
        if (open && !entry.refused) ask(entry)
      }
    },
    onTick() {
      if (!open) return
      const now = clock.now()
      for (const entry of entries.values()) {
        const phase = entry.tracker.phase()
        if (phase === 'resuming' && now - entry.lastFrameAt >= quietMs) entry.tracker.settle()
        if (phase === 'asked' && now - entry.askedAt >= answerWithinMs) ask(entry)
        if (phase === 'snapshot' && now - entry.lastFrameAt >= answerWithinMs) ask(entry)
      }
    },
    phase() {
      let phase: StreamsPhase = 'live'
      for (const [stream, { tracker, refused }] of entries) {
        if (refused || tracker.phase() === 'live') continue
        if (tracker.hasBeenLive()) return 'behind'
        if (stream === 'calls') phase = 'loading'
      }
      return phase
    },
  }
}
