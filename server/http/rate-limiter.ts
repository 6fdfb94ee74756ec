// Counts requests per key in fixed windows. Memory is bounded, the clock is given.
import type { Clock } from '#server/domain/clock.ts'

export interface LimitResult {
  allowed: boolean
  limit: number
  remaining: number
  /** When the window ends and the count starts anew, epoch ms. */
  resetAt: number
}

export interface RateLimiter {
  /** Counts one request of `key` and says whether it still fits into the limit. */
  take(key: string, limit: number): LimitResult
}

/**
 * A limiter whose windows last `windowMs` from a key's first request on. Past `maxKeys` keys the ended windows are
 * dropped, then the oldest: forgetting a count lets one caller through, an unbounded map would end the process.
 */
export function createRateLimiter(options: {
  clock: Pick<Clock, 'now'>
  windowMs?: number
  maxKeys?: number
}): RateLimiter {
  const { clock, windowMs = 60_000, maxKeys = 10_000 } = options
  const windows = new Map<string, { count: number; resetAt: number }>()

  const makeRoom = (now: number) => {
    // Windows have one length and are kept in the order they began, so the ended ones stand at the front.
    for (const [key, window] of windows) {
      if (window.resetAt > now && windows.size < maxKeys) break
      windows.delete(key)
    }
  }

  return {
    take(key, limit) {
      const now = clock.now()
      let window = windows.get(key)
      if (!window || window.resetAt <= now) {
        windows.delete(key)
        if (windows.size >= maxKeys) makeRoom(now)
        window = { count: 0, resetAt: now + windowMs }
        windows.set(key, window)
      }
      window.count += 1
      return {
        allowed: window.count <= limit,
        limit,
        remaining: Math.max(0, limit - window.count),
        resetAt: window.resetAt,
      }
    },
  }
}
