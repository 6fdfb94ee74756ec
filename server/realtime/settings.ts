// The numbers realtime runs by: the protocol's, and the bounds for slow readers.
import { type ProtocolSettings, protocolDefaults } from '#contract/protocol.ts'

export interface RealtimeSettings extends ProtocolSettings {
  /** Bytes waiting in a reader's socket above which it leaves its group. */
  slowBytes: number
  /** Frames waiting for a slow reader from which on they are merged. */
  mergeAbove: number
  /** The same by size, in characters: few frames can be much. */
  mergeAboveChars: number
  /** Frames waiting that end the stream with a `reset`: what may not be dropped overflowed by itself. */
  resetAbove: number
  /** The same by size, in characters. */
  resetAboveChars: number
  /** A second reset within this many ms makes the next subscription a snapshot. */
  resetMemoryMs: number
  /** How often slow readers and held lines are looked at, ms. */
  pumpMs: number
  /** How often the log is looked at in case a bell was lost, ms. */
  pollMs: number
  /** A node says again who looks at calls on it this often, ms. */
  nodeBeatMs: number
  /** What a node has not said again for so long is not believed any more, ms. */
  nodeExpiryMs: number
}

export const realtimeDefaults: RealtimeSettings = {
  ...protocolDefaults,
  slowBytes: 1024 * 1024,
  mergeAbove: 1000,
  mergeAboveChars: 1024 * 1024,
  resetAbove: 20_000,
  resetAboveChars: 16 * 1024 * 1024,
  resetMemoryMs: 60_000,
  pumpMs: 25,
  pollMs: 1000,
  nodeBeatMs: 4000,
  nodeExpiryMs: 12_000,
}
