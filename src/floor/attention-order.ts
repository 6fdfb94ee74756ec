// The default order of a board: who needs me first. Scores count in tens with a margin, so that a wobble moves nobody.
import { tenOf } from '#contract/attention-order.ts'
import type { Call } from '#contract/call.ts'

/** Points a score must pass an edge of its ten before the call changes its place. */
const margin = 3

/** The ten a score stands in, given the ten it stood in before. */
export function scoreBucket(score: number, before: number | undefined): number {
  const bucket = tenOf(score)
  if (before === undefined || bucket === before) return bucket
  const low = before * 10 - margin
  const high = before * 10 + 10 + margin
  return score >= low && score < high ? before : bucket
}

/** Oldest call first, then by id: the end of every order, so that equal rows never swap. */
export function byAge(a: Call, b: Call): number {
  return a.started_at < b.started_at
    ? -1
    : a.started_at > b.started_at
      ? 1
      : a.id < b.id
        ? -1
        : a.id > b.id
          ? 1
          : 0
}
