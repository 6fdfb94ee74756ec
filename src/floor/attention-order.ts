// The default order: who needs me first. Scores count in tens with a margin, so that a wobble moves nobody.
import type { AttentionLevel, Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'

/** 0 for the level that comes first. */
export const ranks: Readonly<Record<AttentionLevel, number>> = { act: 0, watch: 1, calm: 2 }

/** Points a score must pass an edge of its ten before the call changes its place. */
const margin = 3

/** The bay a call stands in; an ended call is calm. */
export function levelOf(call: Call): AttentionLevel {
  return isLive(call.status) ? (call.attention?.level ?? 'calm') : 'calm'
}

/** The ten a score stands in, given the ten it stood in before. */
export function scoreBucket(score: number, before: number | undefined): number {
  const bucket = Math.floor(score / 10)
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
