// A call in a few words, for acting on several at once.
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import { callerName } from '#src/floor/call-words.ts'
import { isHumanOn, isWaiting, matchesFilter } from '#src/floor/filter-calls.ts'
import type { GridFilter } from '#src/floor/view.ts'

export interface CallBrief {
  id: string
  name: string
  isLive: boolean
  /** A person has it, or somebody is being asked by name. */
  isServed: boolean
  /** The filter lets it through; what is on the watch list only stands on the board without. */
  fits: boolean
}

/** The brief of a call under a filter at `now` (epoch ms of the server). */
export function briefOf(call: Call, filter: GridFilter, now: number): CallBrief {
  return {
    id: call.id,
    name: callerName(call),
    isLive: isLive(call.status),
    isServed: isHumanOn(call) || (isWaiting(call) && call.signals?.escalated_to !== undefined),
    fits: matchesFilter(call, filter, now),
  }
}
