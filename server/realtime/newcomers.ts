// A thousand consoles that come back at the same time share a few snapshots, and break few batches.
import type { Clock } from '#server/domain/clock.ts'

/**
 * A door for newcomers: it lets one in at once, or, when one came a moment ago, together with all who come within `everyMs`.
 * Call it and wait for what it returns.
 */
export function createNewcomers(clock: Clock, everyMs: number): () => Promise<void> {
  let last = Number.NEGATIVE_INFINITY
  let next: Promise<void> | null = null
  return () => {
    if (next) return next
    const since = clock.now() - last
    if (since >= everyMs || since < 0) {
      last = clock.now()
      return Promise.resolve()
    }
    next = new Promise((resolve) => {
      clock.setTimeout(() => {
        next = null
        last = clock.now()
        resolve()
      }, everyMs - since)
    })
    return next
  }
}
