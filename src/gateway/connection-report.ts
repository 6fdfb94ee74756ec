// Puts together what the connection mark shows, and tells it no more often than somebody could read it.
import type { Clock } from '#src/lib/clock.ts'
import type { Connection, ConnectionStatus } from '#src/lib/connection.ts'
import { type ServerClock, createServerClock } from '#src/lib/server-clock.ts'

export interface ConnectionReport {
  readonly serverClock: ServerClock
  status(): ConnectionStatus
  /** Moves to a status; telling happens at once when it differs. */
  become(status: ConnectionStatus, more?: { reason?: string | null; nextTryAt?: number | null }): void
  /** Any frame is life. */
  onFrame(serverAt: number | null): void
  count(kind: keyof Connection['dropped'], by: number): void
  /** When the last frame of any kind came, epoch ms of the server's clock; null before the first. */
  heardAt(): number | null
  /** Milliseconds since the last frame, or since the socket opened. */
  silenceMs(): number
  /** The silence is counted from now: a new socket is open. */
  restartSilence(): void
  /** Tells what changed since the last time, e.g. the age of the data; once a second. */
  flush(): void
}

/** Offset changes below this are measuring noise. */
const offsetNoiseMs = 20

/** A break that nobody was told of, and shorter than this, is no gap: it must not hide the last real one. */
const shortestGapMs = 1000

/** A report that starts as `connecting`. */
export function createConnectionReport(
  clock: Clock,
  tell: (connection: Connection) => void,
): ConnectionReport {
  const serverClock = createServerClock(clock)
  let status: ConnectionStatus = 'connecting'
  let since = clock.now()
  /** Local instants; turned into server time when told. */
  let lastFrameAt: number | null = null
  let lifeAt = clock.now()
  let blindSince: number | null = null
  let wasCut = false
  let lastGapMs: number | null = null
  let lastGapAt: number | null = null
  let reason: string | null = null
  let nextTryAt: number | null = null
  let toldOffset = 0
  let changed = false
  const dropped = { malformed: 0, duplicate: 0, unknown: 0 }

  const heardAt = (): number | null => (lastFrameAt === null ? null : lastFrameAt + toldOffset)

  function send(): void {
    changed = false
    const offset = Math.round(serverClock.offsetMs())
    if (Math.abs(offset - toldOffset) >= offsetNoiseMs) toldOffset = offset
    tell({
      status,
      since: since + toldOffset,
      lastFrameAt: heardAt(),
      clockOffsetMs: toldOffset,
      lastGapMs,
      lastGapAt: lastGapAt === null ? null : lastGapAt + toldOffset,
      reason,
      nextTryAt,
      dropped: { ...dropped },
    })
  }

  return {
    serverClock,
    status: () => status,
    become(next, more = {}) {
      const now = clock.now()
      const nextReason = more.reason ?? null
      const nextTry = more.nextTryAt ?? null
      if (next === status && nextReason === reason && nextTry === nextTryAt) return
      if (next !== status) {
        if (status === 'live') {
          blindSince = lastFrameAt ?? now
          wasCut = false
        }
        if (next === 'offline' || next === 'stale' || next === 'refused') wasCut = true
        if (next === 'live' && blindSince !== null) {
          const gapMs = now - blindSince
          blindSince = null
          if (wasCut || gapMs >= shortestGapMs) {
            lastGapMs = gapMs
            lastGapAt = now
          }
        }
        // Stale since the last sign of life, not since somebody noticed.
        since = next === 'stale' ? (lastFrameAt ?? now) : now
      }
      status = next
      reason = nextReason
      nextTryAt = nextTry
      send()
    },
    onFrame(serverAt) {
      lastFrameAt = clock.now()
      lifeAt = lastFrameAt
      if (serverAt !== null) serverClock.observe(serverAt)
      changed = true
    },
    count(kind, by) {
      if (by === 0) return
      dropped[kind] += by
      changed = true
    },
    heardAt,
    silenceMs: () => clock.now() - lifeAt,
    restartSilence() {
      lifeAt = clock.now()
    },
    flush() {
      if (changed) send()
    },
  }
}
