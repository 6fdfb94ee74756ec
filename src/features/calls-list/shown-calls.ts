// What the list shows at this moment, for whoever does something with all of it, such as an export.
import type { CallsQuery } from '#contract/call-link.ts'
import { sortWords } from '#contract/filter-words.ts'
import { type AskedQuery, askedQuery, earlier, timeRange } from '#src/features/calls-list/asked-query.ts'
import { type CallColumnId, fittingColumns } from '#src/features/calls-list/columns.ts'
import { type FilterNames, filterChips } from '#src/features/calls-list/filter-words.ts'
import type { CallsAnswer } from '#src/features/calls-list/use-calls-list.ts'
import { dateText } from '#src/features/calls-list/zone-words.ts'

export interface ShownCalls {
  /** The question of the list, without its page. */
  filters: AskedQuery
  words: readonly string[]
  sort: string
  /** Null until they were counted. */
  count: number | null
  countExact: boolean
  columns: readonly CallColumnId[]
  zone: string
}

interface Shown {
  query: CallsQuery
  zone: string
  names: FilterNames
  /** Null: those that fit. */
  columns: readonly CallColumnId[] | null
  /** The answer to `query`; null while there is none. */
  answer: CallsAnswer | null
  /** Epoch ms of the server. */
  now: number
}

/** Calls that started after the list was read are not among them. */
export function shownCalls({ query, zone, names, columns, answer, now }: Shown): ShownCalls {
  const range = answer?.range ?? timeRange(query, zone, now)
  const until = new Date(answer?.at ?? now).toISOString()
  const width = document.querySelector('[data-grid-scroller]')?.clientWidth ?? 0
  return {
    filters: askedQuery(query, zone, { from: range.from, to: earlier(range.to, until) }),
    words: filterChips(query, names, (text) => dateText(zone, text)).map(({ words }) => words),
    sort: sortWords(query),
    count: answer?.pagination.total ?? null,
    countExact: answer?.pagination.total_exact !== false,
    columns: columns ?? fittingColumns(width),
    zone,
  }
}
