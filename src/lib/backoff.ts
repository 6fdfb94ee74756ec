// How long to wait before the next try: doubling, bounded, and a little different for everybody.

export interface BackoffSettings {
  firstMs: number
  maxMs: number
  /** Share of the delay that chance may take away, 0–1: keeps a thousand consoles from coming back together. */
  jitter: number
}

/** 1, 2, 4 … 30 s. */
export const reconnectBackoff: BackoffSettings = { firstMs: 1000, maxMs: 30_000, jitter: 0.3 }

/** Milliseconds before try number `attempt` (0 = the first repeat); `random` gives 0–1. */
export function backoffMs(attempt: number, settings: BackoffSettings, random: () => number): number {
  const full = Math.min(settings.maxMs, settings.firstMs * 2 ** Math.min(attempt, 30))
  return Math.round(full * (1 - settings.jitter * random()))
}
