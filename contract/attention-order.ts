// Who needs a person first: the one order of attention that boards and snapshots follow.
import type { AttentionLevel, Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'

/** 0 for the level that comes first. */
export const attentionRanks: Readonly<Record<AttentionLevel, number>> = { act: 0, watch: 1, calm: 2 }

/** The level a call stands under; an ended call is calm, and so is one that was not scored. */
export function levelOf(call: Call): AttentionLevel {
  return isLive(call.status) ? (call.attention?.level ?? 'calm') : 'calm'
}

/** The ten a score (0–100) stands in, 0–10; within a level those with higher tens come first. */
export const tenOf = (score: number): number => Math.floor(score / 10)
