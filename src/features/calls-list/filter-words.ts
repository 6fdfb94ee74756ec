// Every filter in words, as a chip prints it, and what is left when the chip is taken away. Pure.
import { noBusiness } from '#contract/call-filter.ts'
import type { CallPeriod, CallsQuery } from '#contract/call-link.ts'
import { statusWords } from '#src/floor/call-words.ts'
import { countWords } from '#src/lib/count-words.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { noBusinessWords } from '#src/lib/business-choices.ts'
import { formatMood } from '#src/lib/format.ts'

/** Names of what only has an id; an id without a name stands for itself. */
export interface FilterNames {
  businesses: readonly { id: string; name: string }[]
  agents: readonly { id: string; name: string }[]
}

export interface FilterChip {
  key: string
  words: string
  /** The members that go with it. */
  members: readonly (keyof CallsQuery)[]
}

export const periodWords: Record<CallPeriod, string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  '7d': '7 days',
  '28d': '28 days',
  '90d': '90 days',
}
export const directionWords = { inbound: 'Inbound', outbound: 'Outbound' } as const
export const answeredWords = { ai: 'the AI', human: 'a person', none: 'nobody' } as const
export const escalationWords = {
  pending: 'waiting for a person',
  in_progress: 'with a person',
  completed: 'completed',
} as const
export const weekdays = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const

const two = (value: number): string => String(value).padStart(2, '0')
const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`

function rangeWords(
  name: string,
  min: number | undefined,
  max: number | undefined,
  print: (value: number) => string,
): string {
  if (min !== undefined && max !== undefined) return `${name} ${print(min)} to ${print(max)}`
  return min === undefined ? `${name} up to ${print(max ?? 0)}` : `${name} from ${print(min)}`
}

const nameOf = (list: readonly { id: string; name: string }[], id: string): string =>
  list.find((item) => item.id === id)?.name ?? id

/** `date` prints an instant or a day of the address. */
export function filterChips(
  query: CallsQuery,
  names: FilterNames,
  date: (text: string) => string,
): FilterChip[] {
  const chips: FilterChip[] = []
  const add = (isSet: boolean, words: () => string, ...members: (keyof CallsQuery)[]): void => {
    if (isSet) chips.push({ key: members.join(' '), words: words(), members })
  }
  const q = query
  add(q.period !== undefined, () => periodWords[q.period ?? 'today'], 'period')
  add(
    q.from_date !== undefined || q.to_date !== undefined,
    () => {
      const [from, to] = [q.from_date && date(q.from_date), q.to_date && date(q.to_date)]
      if (from && to) return from === to ? from : `${from} to ${to}`
      return from ? `From ${from}` : `Until ${to}`
    },
    'from_date',
    'to_date',
  )
  add(q.weekday !== undefined, () => `${weekdays[q.weekday ?? 0]}s`, 'weekday')
  add(q.hour !== undefined, () => `${two(q.hour ?? 0)}:00 to ${two(q.hour ?? 0)}:59`, 'hour')
  add(
    (q.status?.length ?? 0) > 0,
    () => (q.status ?? []).map((item) => statusWords[item]).join(' or '),
    'status',
  )
  add(q.direction !== undefined, () => directionWords[q.direction ?? 'inbound'], 'direction')
  add(
    q.business_id !== undefined,
    () => (q.business_id === noBusiness ? noBusinessWords : nameOf(names.businesses, q.business_id ?? '')),
    'business_id',
  )
  add(q.text !== undefined, () => `Said: ${q.text}`, 'text')
  add(q.search !== undefined, () => `Number or id: ${q.search}`, 'search')
  add(q.sentiment !== undefined, () => `Mood ${q.sentiment}`, 'sentiment')
  add(
    q.min_sentiment_score !== undefined || q.max_sentiment_score !== undefined,
    () => rangeWords('Mood', q.min_sentiment_score, q.max_sentiment_score, formatMood),
    'min_sentiment_score',
    'max_sentiment_score',
  )
  add(
    q.min_qa_score !== undefined || q.max_qa_score !== undefined,
    () => rangeWords('QA', q.min_qa_score, q.max_qa_score, percent),
    'min_qa_score',
    'max_qa_score',
  )
  add(
    q.min_duration !== undefined || q.max_duration !== undefined,
    () => rangeWords('Lasted', q.min_duration, q.max_duration, (s) => formatDuration(s * 1000)),
    'min_duration',
    'max_duration',
  )
  add(q.answered_by !== undefined, () => `Answered by ${answeredWords[q.answered_by ?? 'ai']}`, 'answered_by')
  add(q.agent_id !== undefined, () => `Taken by ${nameOf(names.agents, q.agent_id ?? '')}`, 'agent_id')
  add(
    q.escalation_status !== undefined,
    () => `Escalation ${escalationWords[q.escalation_status ?? 'pending']}`,
    'escalation_status',
  )
  add(q.escalated !== undefined, () => (q.escalated ? 'Escalated' : 'Not escalated'), 'escalated')
  add(q.answered !== undefined, () => (q.answered ? 'Answered' : 'Not answered'), 'answered')
  add(
    q.trigger_type !== undefined,
    () => `Asked for a person: ${(q.trigger_type ?? '').replaceAll('_', ' ')}`,
    'trigger_type',
  )
  add(
    q.request_status !== undefined,
    () => `Request ${(q.request_status ?? '').replaceAll('_', ' ')}`,
    'request_status',
  )
  add(q.qa_issue !== undefined, () => `QA: ${q.qa_issue}`, 'qa_issue')
  add(q.missed !== undefined, () => (q.missed ? 'Missed' : 'Not missed'), 'missed')
  add(q.has_note !== undefined, () => (q.has_note ? 'With a note' : 'Without a note'), 'has_note')
  return chips
}

/** The query without these members. */
export function without(query: CallsQuery, members: readonly (keyof CallsQuery)[]): CallsQuery {
  return Object.fromEntries(
    Object.entries(query).filter(([name]) => !members.some((member) => member === name)),
  ) as CallsQuery
}

/** What a reset keeps: the order and the zone are no filters. */
export function cleared({ sort_by, sort_order, zone }: CallsQuery): CallsQuery {
  return { sort_by, sort_order, zone }
}

/** What was said on calls is indexed a moment after they have ended, or later when many come at once. */
export const notSearchedWords = (count: number): string =>
  `${countWords({ count, noun: 'ended call' })} ${count === 1 ? 'is' : 'are'} not searched yet`
