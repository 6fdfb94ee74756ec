// What the rest of the server sees of the simulated call centre.
import type { VoicePlatform } from '#server/domain/voice-platform.ts'
import type { SceneName } from '#server/feed/simulator/scene.ts'

export interface SimulatorSettings {
  /** Calls on the line at a time, in the mean. */
  calls: number
  /** How many times faster than life; 1 is life. */
  speed: number
  scene: SceneName
  /** While more facts than this wait for ingest, no new call comes up. */
  mostWaiting?: number
}

export interface SimulatorStats {
  live: number
  started: number
  ended: number
  /** Facts that ingest has not committed yet. */
  waiting: number
  retries: number
  /** Facts that ingest rejected for good: a fault of this program. */
  rejected: number
  /** What the level is held by: calls a minute at the mean of the day, and their mean length in seconds. */
  arrivalsPerMinute: number
  meanLengthSeconds: number
}

export interface Simulator extends VoicePlatform {
  /** Opens the floor with its calls under way. `leftovers`: calls an earlier run left open; they are reported as ended. */
  start(leftovers?: readonly string[]): void
  /** Ends every call, hands over what waits (5 s at most) and stops. */
  stop(): Promise<void>
  stats(): SimulatorStats
}
