// A filter of calls in words: above an export, and in the dialog that makes it. Pure and free of the schema library.
import type { CallsListQuery } from '#contract/call-endpoints.ts'
import { noBusiness } from '#contract/call-filter.ts'

/** All that the list of calls can be asked for, without paging. */
export type CallsWish = Partial<Omit<CallsListQuery, 'page' | 'limit' | 'after'>>

export interface FilterNames {
  /** Name of a business; its id where nobody knows one. */
  business?: (id: string) => string | undefined
  agent?: (id: string) => string | undefined
  /** An instant as the reader's zone writes it. */
  instant?: (text: string) => string
}

const plain = (text: string) => text.replaceAll('_', ' ')
const percent = (ratio: number) => `${Math.round(ratio * 1000) / 10} %`

function range(
  name: string,
  min: number | undefined,
  max: number | undefined,
  write: (value: number) => string,
): string[] {
  if (min !== undefined && max !== undefined)
    return [min === max ? `${name} ${write(min)}` : `${name} ${write(min)} to ${write(max)}`]
  if (min !== undefined) return [`${name} ${write(min)} or more`]
  return max === undefined ? [] : [`${name} ${write(max)} or less`]
}

function span({ from_date: from, to_date: to }: CallsWish, write: (text: string) => string): string[] {
  if (from && to) return [`started ${write(from)} to ${write(to)}`]
  if (from) return [`started ${write(from)} or later`]
  return to ? [`started ${write(to)} or earlier`] : []
}

const yesNo = (value: boolean | undefined, yes: string, no: string): string[] =>
  value === undefined ? [] : [value ? yes : no]

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const answered = {
  ai: 'answered by the AI',
  human: 'answered by a person',
  none: 'answered by nobody',
} as const

/** Whose calls: `id` as it was asked for, `name` of it where one is known. */
export const businessWords = (id: string, name: string | undefined): string =>
  id === noBusiness ? 'no business' : `business ${name ?? id}`

/** What the filter lets through, one phrase for each member; empty when it is every call. */
export function filterWords(wish: CallsWish, names: FilterNames = {}): string[] {
  const { status, direction, business_id, agent_id, answered_by, escalation_status, sentiment } = wish
  const write = (text: string) =>
    text.length === 10 ? `${text} (${wish.zone ?? 'UTC'})` : (names.instant?.(text) ?? text)
  return [
    ...span(wish, write),
    ...(wish.weekday === undefined ? [] : [`${weekdays[wish.weekday]}s`]),
    ...(wish.hour === undefined ? [] : [`between ${wish.hour}:00 and ${wish.hour}:59`]),
    ...(status ? [`status ${status.map(plain).join(' or ')}`] : []),
    ...(direction ? [direction] : []),
    ...(business_id ? [businessWords(business_id, names.business?.(business_id))] : []),
    ...(agent_id ? [`person ${names.agent?.(agent_id) ?? agent_id}`] : []),
    ...(answered_by ? [answered[answered_by]] : []),
    ...(sentiment ? [`mood ${sentiment}`] : []),
    ...range('mood score', wish.min_sentiment_score, wish.max_sentiment_score, String),
    ...range('QA', wish.min_qa_score, wish.max_qa_score, percent),
    ...range('duration', wish.min_duration, wish.max_duration, (seconds) => `${seconds} s`),
    ...(escalation_status ? [`escalation ${plain(escalation_status)}`] : []),
    ...yesNo(wish.escalated, 'asked for a person', 'did not ask for a person'),
    ...yesNo(wish.answered, 'answered', 'not answered'),
    ...(wish.trigger_type ? [`asked for a person by ${plain(wish.trigger_type)}`] : []),
    ...(wish.request_status ? [`request for a person ${plain(wish.request_status)}`] : []),
    ...(wish.qa_issue ? [`QA issue "${wish.qa_issue}"`] : []),
    ...yesNo(wish.missed, 'missed', 'not missed'),
    ...yesNo(wish.has_note, 'with a note', 'without a note'),
    ...(wish.search?.trim() ? [`number or id "${wish.search.trim()}"`] : []),
    ...(wish.text ? [`words said: ${wish.text}`] : []),
  ]
}

const sortNames = {
  started_at: { asc: 'start, oldest first', desc: 'start, newest first' },
  duration: { asc: 'length, shortest first', desc: 'length, longest first' },
  qa_score: { asc: 'QA, lowest first', desc: 'QA, highest first' },
} as const

/** The order of the list in words. */
export const sortWords = ({
  sort_by = 'started_at',
  sort_order = 'desc',
}: Pick<CallsWish, 'sort_by' | 'sort_order'>): string => sortNames[sort_by][sort_order]
