// The default order: who needs me first. Scores count in tens with a margin, so that a wobble moves nobody.
import type { AttentionLevel, Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'

const rank: Record<AttentionLevel, number> = { act: 0, watch: 1, calm: 2 }

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

/** Remembers each call's ten between two orders, which is what makes the order calm. */
export function createBuckets(): { place(calls: Iterable<Call>): Map<string, number> } {
  let last = new Map<string, number>()
  return {
    place(calls) {
      const next = new Map<string, number>()
      for (const call of calls) next.set(call.id, scoreBucket(call.attention?.score ?? 0, last.get(call.id)))
      last = next
      return next
    },
  }
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

/** Level, then the ten of the score; ties are left to the order the calls come in. */
export function byAttention(a: Call, b: Call, buckets: ReadonlyMap<string, number>): number {
  const level = rank[levelOf(a)] - rank[levelOf(b)]
  return level !== 0 ? level : (buckets.get(b.id) ?? 0) - (buckets.get(a.id) ?? 0)
}
