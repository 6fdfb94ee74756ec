// Frames of the live protocol, both directions (P1–P16 in PROTOCOL.md), and the numbers both sides agree on.
import type { Call } from '#contract/call.ts'
import type { CallEventName, EventData } from '#contract/events.ts'
import type { Preferences } from '#contract/preferences.ts'
import type { CallInteraction, CallNote, Escalation, Intervention, QAScore } from '#contract/transcript.ts'

/** `calls`, or `call:` and the call's id. */
export type Stream = 'calls' | `call:${string}`

/** Which lines a subscriber of all calls is sent (P3). */
export type Lines = 'none' | 'last' | 'all'

/** Calls a client may ask to be sent before a snapshot (P5). */
export const snapshotFirst = 200

export interface SubscribeData {
  type: 'all_calls' | 'call'
  call_id?: string | undefined
  /** Resume after this position; 0 asks for a snapshot; absent means live only. */
  since?: number | undefined
  /** The log the position belongs to. */
  log?: string | undefined
  lines?: Lines | undefined
  batch?: boolean | undefined
  /** Of `all_calls`: ids of calls, at most `snapshotFirst`, that a snapshot is to begin with, e.g. because they are on screen (P5). */
  first?: readonly string[] | undefined
  /** Of `all_calls`: the client holds the floor as of `since`, so that a snapshot may tell only what changed since (P5). */
  holds?: boolean | undefined
  /**
   * Of `all_calls`: who scored all the attention that was heard up to `since`, as a snapshot's answer or a heartbeat named it. Where
   * that is the one who answers, attention that did not change since may be left out (P4, P5).
   */
  scorer?: string | undefined
  /** Echoed in the answer, so that a client can tell its requests apart. */
  sub?: string | undefined
}

export type ClientFrame =
  | { event: 'subscribe'; data: SubscribeData }
  | { event: 'unsubscribe'; data: { type: 'all_calls' | 'call'; call_id?: string | undefined } }
  | { event: 'auth'; data: { token: string } }

/** A logged fact on its way to a subscriber (P1). */
export type EventFrame = {
  [N in CallEventName]: {
    event: N
    data: EventData[N]
    stream: Stream
    /** Absent on frames that are not logged. */
    seq?: number
    prev?: number
    safe?: number
    at: string
  }
}[CallEventName]

export interface SubscribedFrame {
  event: 'subscribed'
  data: {
    stream: Stream
    seq: number
    log: string
    sub?: string
    mode: 'live' | 'resumed' | 'snapshot'
    /** Of a snapshot of `calls`: who scores the attention that is told; another one after a restart, and at every node. */
    scorer?: string
  }
  at: string
}

/**
 * What changed of a call that the client holds (P5). Members that are named replace those that are known, the others stand; but
 * attention and presence are of the moment, and where they are not named there is none (attention that is not named stands where the
 * part says so). An ended call names its `status`, so that a client that has let it go knows that it lacks nothing.
 */
export type CallChange = Partial<Call> & Pick<Call, 'id'>

/**
 * One part of a snapshot (P5). Of `calls`: at most 500 calls a part, whole ones and, for a client that holds a floor, changes of
 * others; before part 1 a part 0 with the calls that were asked for first. Of a call: one part with `detail`.
 */
export interface SnapshotFrame {
  event: 'snapshot'
  data: {
    stream: Stream
    part: number
    parts: number
    seq: number
    calls?: readonly Call[]
    changes?: readonly CallChange[]
    /** Of a part with changes: attention that they do not name is as it was. */
    attention?: 'changed'
    detail?: CallSnapshot
  }
  at: string
}

export interface CallSnapshot {
  call: Call
  /** The last 200 lines, oldest first; older ones by HTTP. */
  interactions: CallInteraction[]
  interactions_count: number
  /** Supervisors' acts on the call, oldest first. */
  interventions: Intervention[]
  notes: CallNote[]
  qa_score?: QAScore
  escalation?: Escalation
}

export interface BatchFrame {
  event: 'batch'
  frames: EventFrame[]
  safe: number
  stream: Stream
}

/** Where a subscriber stands on a stream (P6). */
export interface Standing {
  /** Last position sent. */
  seq: number
  safe: number
  /** Of `calls`, for who was told the floor's attention: who scores it. All of it up to `safe` was told. */
  scorer?: string | undefined
}

export interface HeartbeatFrame {
  event: 'heartbeat'
  at: string
  streams: Record<string, Standing>
}

export interface ErrorFrame {
  event: 'error'
  data: { code: string; message: string; ref?: string }
  at: string
}

export interface ClosingFrame {
  event: 'closing'
  data: { code: number; reason: string }
  at: string
}

/** The stream ends here: the client resumes from its last `safe` (P8). */
export interface ResetFrame {
  event: 'reset'
  data: { stream: Stream; seq: number; reason: string }
  at: string
}

/** Choices of the subscriber, made on whichever machine; told to every connection of that person and to nobody else. */
export interface PreferencesFrame {
  event: 'preferences.changed'
  data: Preferences
  at: string
}

export type ServerFrame =
  | EventFrame
  | SubscribedFrame
  | SnapshotFrame
  | BatchFrame
  | HeartbeatFrame
  | ErrorFrame
  | ClosingFrame
  | ResetFrame
  | PreferencesFrame

/** Close codes, announced by `closing` on both doors (P14). */
export const closeCode = {
  /** Token missing, invalid or expired: get a new one, then reconnect. */
  unauthorized: 4401,
  /** The role may not listen: do not reconnect. */
  forbidden: 4403,
  /** More connections of this user than allowed: do not reconnect by itself. */
  tooMany: 4429,
  /** The server restarts: reconnect with backoff. */
  restart: 1012,
  /** Three bad frames in a row. */
  badFrames: 1008,
} as const

/** Numbers of the protocol. The server takes them as configuration; these are the defaults, as specified. */
export const protocolDefaults = {
  heartbeatMs: 5000,
  /** Silence after which the console says "stale" (P6). */
  staleAfterMs: 12_000,
  batchMs: 50,
  batchFrames: 500,
  batchBytes: 256 * 1024,
  snapshotPartCalls: 500,
  snapshotLines: 200,
  endedLingerMs: 30_000,
  resumeEntries: 20_000,
  logEntries: 5_000_000,
  logAgeMs: 24 * 3600_000,
  lastLinePerCallMs: 250,
  lastLineChars: 240,
  connectionsPerUser: 10,
  tokenGraceMs: 30_000,
  attentionSweepMs: 1000,
} as const
export type ProtocolSettings = { [K in keyof typeof protocolDefaults]: number }
