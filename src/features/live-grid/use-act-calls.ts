// The calls that need a person now, in the order of the board, whatever the filter is.
import type { Call } from '#contract/call.ts'
import { same } from '#src/lib/same.ts'
import { useFloor } from '#src/live/use-live.ts'
import { byAge, levelOf } from '#src/features/live-grid/attention-order.ts'

/** Oldest first within the same ten of the score. */
export function actCallIds(calls: ReadonlyMap<string, Call>): string[] {
  const ten = (call: Call) => Math.floor((call.attention?.score ?? 0) / 10)
  return [...calls.values()]
    .filter((call) => levelOf(call) === 'act')
    .sort((a, b) => ten(b) - ten(a) || byAge(a, b))
    .map((call) => call.id)
}

/** Ids of the act-now calls; a new array only when they change. */
export function useActCalls(): readonly string[] {
  return useFloor(actCallIds, same)
}
