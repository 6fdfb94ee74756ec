// What the live store sees of the network, and what the network sees of the live store: two small interfaces.
import type { Connection } from '#src/lib/connection.ts'
import type { Preferences } from '#contract/preferences.ts'
import type { EventFrame, SnapshotFrame, Stream } from '#contract/protocol.ts'

/** What the gateway tells its listener; everything is parsed, ordered and free of duplicates by then (P6). */
export interface GatewayListener {
  /** Frames that passed the sequence check, oldest first. */
  onFrames(frames: readonly EventFrame[]): void
  /** One part of a snapshot; the stream's set is replaced when the last part is here (P5). */
  onSnapshot(part: SnapshotFrame['data'], at: number): void
  /** The stream continues without a break from here (P3, P4). */
  onSubscribed(stream: Stream, mode: 'live' | 'resumed' | 'snapshot'): void
  /** The stream was refused, e.g. `not_found` for a call that does not exist here (P13). */
  onRefused(stream: Stream, code: string): void
  onConnection(connection: Connection): void
  /** The person has chosen something, here or on another machine. */
  onPreferences?(choices: Preferences): void
}

export interface Gateway {
  /** Keeps the stream subscribed until the returned function is called; survives every reconnect. */
  subscribe(stream: Stream): () => void
  start(): void
  /** Tries again now instead of waiting for the backoff. */
  retryNow(): void
  /** Asks for snapshots of everything, e.g. because the listener had to throw frames away. */
  resync(): void
  /** When the last frame of any kind came, epoch ms of the server's clock; null before the first. */
  heardAt(): number | null
  stop(): void
}
