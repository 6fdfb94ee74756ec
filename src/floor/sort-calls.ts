// The order of the board: by the columns somebody chose, else by who needs a person. The same on every beat for the same calls.
import type { Call } from '#contract/call.ts'
import { callerName, statusWords } from '#src/floor/call-words.ts'
import type { ColumnId, SortRule } from '#src/floor/view.ts'

export type Value = string | number | undefined

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

/** What is taken from a call once, to compare it often. */
export interface SortedRow {
  call: Call
  /** Epoch ms. */
  started: number
  /** 0 for the level that comes first. */
  rank: number
  /** The ten its score stands in. */
  ten: number
  /** What the first rule sorts by, see `firstValue`. */
  value: Value
}

/** What a call is sorted by first; null: by attention. */
export function firstValue(sort: readonly SortRule[]): ((call: Call) => Value) | null {
  return values[sort[0]?.id ?? 'attention']
}

const byAttention = (a: SortedRow, b: SortedRow): number => a.rank - b.rank || b.ten - a.ten

/** Oldest call first, then by id: the end of every order, so that equal rows never swap. */
function byAge(a: SortedRow, b: SortedRow): number {
  return a.started - b.started || (a.call.id < b.call.id ? -1 : a.call.id > b.call.id ? 1 : 0)
}

/**
 * Puts the rows in order. Equal calls stand by age; calls without a value come last in both directions. A list that is nearly
 * in order already costs little more than a look: hand over the former order.
 */
export function sortRows(rows: SortedRow[], sort: readonly SortRule[]): void {
  if (sort.length === 0) {
    rows.sort((a, b) => byAttention(a, b) || byAge(a, b))
    return
  }
  rows.sort((a, b) => {
    for (const [index, { id, desc }] of sort.entries()) {
      const value = values[id]
      if (!value) {
        const order = byAttention(a, b)
        if (order !== 0) return desc ? -order : order
        continue
      }
      const left = index === 0 ? a.value : value(a.call)
      const right = index === 0 ? b.value : value(b.call)
      if (left === undefined || right === undefined) {
        if (left !== right) return left === undefined ? 1 : -1
        continue
      }
      const order = compare(left, right)
      if (order !== 0) return desc ? -order : order
    }
    return byAge(a, b)
  })
}
