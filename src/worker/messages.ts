// What the page and its worker say to each other. The worker keeps the line and the floor; the page gets what it shows.
import type { Call } from '#contract/call.ts'
import type { Preferences } from '#contract/preferences.ts'
import type { EventFrame, SnapshotFrame, Stream } from '#contract/protocol.ts'
import type { CallBrief } from '#src/floor/call-brief.ts'
import type { DeskState, DeskWish } from '#src/floor/desk.ts'
import type { FoundOnFloor } from '#src/floor/find-calls.ts'
import type { TokenPlace } from '#src/gateway/web-socket-transport.ts'
import type { Connection } from '#src/lib/connection.ts'
import type { DigestNews } from '#src/worker/digest-news.ts'

/** One end of the line between page and worker. */
export interface Port<In, Out> {
  post(message: Out): void
  listen(listener: (message: In) => void): void
}

export type ToWorker =
  | { kind: 'start'; url: string; transport: 'socketio' | 'websocket'; tokenIn: TokenPlace }
  /** `hold`: rows stand still from now on, in the order that is on screen, the page's so-many-th time. */
  | { kind: 'wish'; wish: Partial<DeskWish>; hold?: { time: number; stand: number } }
  | { kind: 'apply-order' }
  /** Asks for calls in a few words; all rows of the board when `ids` is null. */
  | { kind: 'list'; ask: number; ids: readonly string[] | null }
  | { kind: 'find'; ask: number; typed: string }
  | { kind: 'subscribe' | 'unsubscribe'; stream: Stream }
  | { kind: 'retry' | 'resync' | 'online' | 'visible' }
  /** The answer to `ask-token`; `failed` when it could not be had. */
  | { kind: 'token'; ask: number; token: string | null; failed: boolean }
  | { kind: 'token-changed'; token: string | null }
  /** The last update is on screen; the next one may come. */
  | { kind: 'painted' }

/** What concerns an open call, in the order in which it came. */
export type Delivery =
  | { kind: 'frames'; frames: EventFrame[] }
  | { kind: 'snapshot'; part: SnapshotFrame['data']; at: number }
  | { kind: 'subscribed'; stream: Stream; mode: 'live' | 'resumed' | 'snapshot' }
  | { kind: 'refused'; stream: Stream; code: string }

/** The parts of the desk that changed. */
export type DeskNews = Partial<Omit<DeskState, 'digest'>> & { digest?: DigestNews }

/** All that changed since the update before; what did not change is absent. */
export interface Update {
  kind: 'update'
  /** How the line stands, when anything but the age of the data is new. */
  connection?: Connection
  /** When the server was last heard, epoch ms of its clock; null before the first frame. */
  heardAt: number | null
  desk?: DeskNews
  /** The first snapshot of the floor is in. */
  loaded: boolean
  /** The last `hold` that was heard when this was said. */
  hold: number
  /** Rows of the window, and watched calls, that are new or changed. */
  rows: Call[]
  /** Rows that are wanted no longer, or whose calls have left. */
  dropped: string[]
  deliveries: Delivery[]
}

/** `ready`: the worker runs and hears. */
export type FromWorker =
  | { kind: 'ready' }
  | Update
  | { kind: 'ask-token'; ask: number; fresh: boolean }
  /** The person has chosen something, here or on another machine; null: some of it may have been missed. */
  | { kind: 'preferences'; choices: Preferences | null }
  /** The answer to `list`. */
  | { kind: 'list'; ask: number; calls: readonly CallBrief[] }
  /** The answer to `find`. */
  | { kind: 'found'; ask: number; found: FoundOnFloor }
