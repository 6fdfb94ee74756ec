// All that screens ask of the floor as a whole, taken together once a second: figures, chips, and who needs a person.
import { levelOf } from '#contract/attention-order.ts'
import type { Call } from '#contract/call.ts'
import { same } from '#src/lib/same.ts'
import { byAge } from '#src/floor/attention-order.ts'
import { callerName, reasonWords } from '#src/floor/call-words.ts'
import { type ChipCounts, countChips, matchesFilter } from '#src/floor/filter-calls.ts'
import { type FloorSums, floorSums } from '#src/floor/floor-sums.ts'
import { type FloorAlert, openAlerts } from '#src/floor/open-alerts.ts'
import { type GridFilter, isEmptyFilter } from '#src/floor/view.ts'

/** A call that needs a person now. */
export interface ActCall {
  id: string
  /** Who and why, as it is read aloud. */
  words: string
}

/** The first call that needs a person and that the filter hides. */
export interface OutsideCall {
  id: string
  direction: Call['direction']
  name: string
  reason: string
  /** Epoch ms. */
  since: number
}

export interface FloorDigest {
  sums: FloorSums
  chips: ChipCounts
  /** In the order of the board, whatever the filter is. */
  acts: readonly ActCall[]
  /** Calls that need a person and that the filter hides. */
  outside: { count: number; first: OutsideCall | null }
  levels: { all: number; act: number; watch: number }
  /** Open alerts of all calls, worst first. */
  alerts: readonly FloorAlert[]
  /** Businesses that have a call now, by name. */
  businesses: readonly { value: string; label: string }[]
}

/** Act-now calls in the order of the board: by the ten of the score, then oldest first. */
export function actCalls(calls: Iterable<Call>): Call[] {
  const ten = (call: Call) => Math.floor((call.attention?.score ?? 0) / 10)
  return [...calls].filter((call) => levelOf(call) === 'act').sort((a, b) => ten(b) - ten(a) || byAge(a, b))
}

/** The digest at `now` (epoch ms of the server). Parts that did not change keep the identity they have in `before`. */
export function digestFloor(
  calls: readonly Call[],
  filter: GridFilter,
  now: number,
  before: FloorDigest | null,
): FloorDigest {
  const levels = { all: calls.length, act: 0, watch: 0 }
  const businesses = new Map<string, string>()
  const needing: Call[] = []
  for (const call of calls) {
    const level = levelOf(call)
    if (level !== 'calm') levels[level] += 1
    if (level === 'act') needing.push(call)
    if (call.business_id && !businesses.has(call.business_id))
      businesses.set(call.business_id, call.business_name ?? call.business_id)
  }
  const acting = actCalls(needing)
  const hidden = isEmptyFilter(filter) ? [] : acting.filter((call) => !matchesFilter(call, filter, now))
  const oldest = hidden.toSorted(byAge)[0]
  const next: FloorDigest = {
    sums: floorSums(calls),
    chips: countChips(calls, now),
    acts: keepItems(acting.map(actCall), before?.acts, ({ id }) => id),
    outside: { count: hidden.length, first: oldest ? outsideCall(oldest, now) : null },
    levels,
    alerts: keepItems(openAlerts(calls, now), before?.alerts, ({ alert }) => alert.id),
    businesses: [...businesses]
      .map(([value, label]) => ({ value, label }))
      .sort((a, b) => a.label.localeCompare(b.label)),
  }
  return before ? keepEqual(next, before) : next
}

function actCall(call: Call): ActCall {
  return { id: call.id, words: `${callerName(call)}: ${call.attention?.reasons[0]?.text ?? ''}` }
}

function outsideCall(call: Call, now: number): OutsideCall {
  const { id, direction, started_at } = call
  return {
    id,
    direction,
    name: callerName(call),
    reason: reasonWords(call, now),
    since: Date.parse(started_at),
  }
}

/** The items, each equal one of before as it was. */
function keepItems<T>(
  next: readonly T[],
  before: readonly T[] | undefined,
  idOf: (item: T) => string,
): readonly T[] {
  if (!before || before.length === 0) return next
  const known = new Map(before.map((item) => [idOf(item), item]))
  return next.map((item) => {
    const held = known.get(idOf(item))
    return held && same(held, item) ? held : item
  })
}

/** `next` with every equal part taken from `before`; `before` itself when all of them are. */
export function keepEqual<T extends object>(next: T, before: T): T {
  let changed = false
  const kept = { ...next }
  for (const key of Object.keys(next) as (keyof T)[]) {
    if (same(next[key], before[key])) kept[key] = before[key]
    else changed = true
  }
  return changed ? kept : before
}
