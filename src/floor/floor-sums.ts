// The sums over the whole floor, right also for rows that are not rendered. Pure; instants in epoch ms.
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'

export interface FloorSums {
  live: number
  inbound: number
  act: number
  watch: number
  /** Escalations nobody has accepted. */
  waiting: number
  /** When the one that waits longest was asked for. */
  waitingSince: number | null
  humanOn: number
  paused: number
  /** Mean mood of the calls that have one, 0–1. */
  mood: number | null
  /** Calls the mean is taken over. */
  moodCalls: number
}

/** Counts the live calls. */
export function floorSums(calls: Iterable<Call>): FloorSums {
  let [live, inbound, act, watch, waiting, humanOn, paused, moodSum, moodCalls] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
  let waitingSince: number | null = null
  for (const call of calls) {
    if (!isLive(call.status)) continue
    live += 1
    if (call.direction === 'inbound') inbound += 1
    if (call.attention?.level === 'act') act += 1
    if (call.attention?.level === 'watch') watch += 1
    if (call.escalation_status === 'pending') {
      waiting += 1
      const since = call.signals?.escalated_since ? Date.parse(call.signals.escalated_since) : null
      if (since !== null && (waitingSince === null || since < waitingSince)) waitingSince = since
    }
    if (call.escalation_status === 'in_progress') humanOn += 1
    if (call.ai_paused) paused += 1
    if (call.sentiment_score !== undefined) {
      moodSum += call.sentiment_score
      moodCalls += 1
    }
  }
  const mood = moodCalls > 0 ? Math.round((moodSum / moodCalls) * 100) / 100 : null
  return { live, inbound, act, watch, waiting, waitingSince, humanOn, paused, mood, moodCalls }
}
