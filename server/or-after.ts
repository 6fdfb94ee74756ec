// Waits for work, but not for ever.
import type { Clock } from '#server/domain/clock.ts'

/** Resolves with `work`, or after `ms` without it: a client whose network is gone must not hold the server up. */
export async function orAfter(ms: number, work: Promise<unknown>, clock: Clock): Promise<void> {
  let timer: unknown
  const late = new Promise<void>((resolve) => {
    timer = clock.setTimeout(resolve, ms)
  })
  await Promise.race([work, late])
  clock.clearTimeout(timer)
}
