// The order of the board: by the columns somebody chose, else by who needs a person. The same on every beat for the same calls.
import type { Call } from '#contract/call.ts'
import { byAge, byAttention } from '#src/floor/attention-order.ts'
import { callerName, statusWords } from '#src/floor/call-words.ts'
import type { ColumnId, SortRule } from '#src/floor/view.ts'

type Value = string | number | undefined

const escalationRank = { pending: 0, in_progress: 1, completed: 2 } as const
const statusRank = ['in_progress', 'escalated', 'ringing', 'initiated', 'failed', 'completed']

/** What a column sorts by; null: by attention. */
const values: Record<ColumnId, ((call: Call) => Value) | null> = {
  status: (call) => statusRank.indexOf(call.status),
  direction: (call) => call.direction,
  from: callerName,
  marks: (call) => call.claimed_by?.name,
  to: (call) => call.to_number,
  last_line: (call) => call.last_line?.at,
  sentiment: (call) => call.sentiment_score,
  duration: (call) => -Date.parse(call.started_at),
  escalation: (call) => call.escalation_status && escalationRank[call.escalation_status],
  agent: (call) => call.assigned_agent?.name ?? call.ai_name ?? statusWords[call.status],
  business: (call) => call.business_name,
  qa: (call) => call.qa_score,
  started: (call) => call.started_at,
  attention: null,
}

const collator = new Intl.Collator()

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : collator.compare(a, b)
  return a === b ? 0 : a < b ? -1 : 1
}

/** True when the board stands in bays: sorted by who needs a person. */
export function isByBay(sort: readonly SortRule[]): boolean {
  return sort.length === 0 || (sort[0]?.id === 'attention' && !sort[0].desc)
}

/**
 * The calls in order; `buckets` are the tens their scores stand in. Equal calls stand by age. Values are taken once per
 * call, and a list that is nearly in order already costs little more than a look: hand over the former order.
 * Calls without a value come last in both directions.
 */
export function sortCalls(
  calls: readonly Call[],
  sort: readonly SortRule[],
  buckets: ReadonlyMap<string, number>,
): Call[] {
  const rules = sort.length === 0 ? [{ id: 'attention' as const, desc: false }] : sort
  const first = values[rules[0]?.id ?? 'attention']
  const keyed = calls.map((call) => ({ call, key: first?.(call) }))
  const byRule = (a: (typeof keyed)[number], b: (typeof keyed)[number]): number => {
    for (const [index, { id, desc }] of rules.entries()) {
      const value = values[id]
      if (!value) {
        const order = byAttention(a.call, b.call, buckets)
        if (order !== 0) return desc ? -order : order
        continue
      }
      const left = index === 0 ? a.key : value(a.call)
      const right = index === 0 ? b.key : value(b.call)
      if (left === undefined || right === undefined) {
        if (left !== right) return left === undefined ? 1 : -1
        continue
      }
      const order = compare(left, right)
      if (order !== 0) return desc ? -order : order
    }
    return byAge(a.call, b.call)
  }
  return keyed.sort(byRule).map(({ call }) => call)
}
