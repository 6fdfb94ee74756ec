// How the console stands to the server: shown by the connection mark on every page.

export type ConnectionStatus = 'connecting' | 'live' | 'catching-up' | 'stale' | 'offline' | 'refused'

export interface Connection {
  status: ConnectionStatus
  /** Since when it has been so, epoch ms of the server's clock. */
  since: number
  /** When the last frame of any kind came, epoch ms of the server's clock; null before the first. */
  lastFrameAt: number | null
  /** Server clock minus this machine's clock, ms (P16). */
  clockOffsetMs: number
  /** Length of the last gap in ms, until the next one: "you missed 40 s". */
  lastGapMs: number | null
  /** When the last gap was made good, epoch ms of the server's clock; null before the first. */
  lastGapAt: number | null
  /** Why it is `refused`, in words. */
  reason: string | null
  /** Next try, epoch ms of this machine's clock, while offline. */
  nextTryAt: number | null
  /** Frames dropped as malformed, duplicated or unknown since the page was opened. */
  dropped: { malformed: number; duplicate: number; unknown: number }
}
