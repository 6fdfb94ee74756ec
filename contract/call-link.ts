// The address of the list of calls: every number leads here with the filter that it counts. Pure and free of the schema library.
import type { CallFilter } from '#contract/call-filter.ts'
import { callStatuses, requestStatuses } from '#contract/call-rules.ts'
import { isZone } from '#contract/zone-calendar.ts'

/** Ranges of days that move on with the clock; days are those of the zone, today included. */
export const callPeriods = ['today', 'yesterday', '7d', '28d', '90d'] as const
export type CallPeriod = (typeof callPeriods)[number]

/** What the list shows: a filter, what is sought beside it, and the zone its days are of. */
export interface CallsQuery extends CallFilter {
  /** Digits of a telephone number, or the beginning of a call id. */
  search?: string | undefined
  /** Words that were said. */
  text?: string | undefined
  has_note?: boolean | undefined
  /** Answered by the AI or by a person. */
  answered?: boolean | undefined
  /** Why a person was asked for, and what became of that request. */
  trigger_type?: string | undefined
  request_status?: (typeof requestStatuses)[number] | undefined
  /** What QA flagged. */
  qa_issue?: string | undefined
  /** Days that move on; `from_date` and `to_date` are left out beside it. */
  period?: CallPeriod | undefined
  sort_by?: 'started_at' | 'duration' | 'qa_score' | undefined
  sort_order?: 'asc' | 'desc' | undefined
}

/** Something in an address that is not understood; it is left out, and said. */
export interface DroppedParam {
  name: string
  value: string
}

type Value = string | number | boolean | readonly string[] | undefined
interface Kind {
  /** Undefined where the text means nothing. */
  read(text: string): Value
}

const oneOf = (...allowed: readonly string[]): Kind => ({
  read: (text) => (allowed.includes(text) ? text : undefined),
})
const anyOf = (allowed: readonly string[]): Kind => ({
  read(text) {
    const asked = text.split(',').map((part) => part.trim())
    if (!asked.every((part) => allowed.includes(part))) return undefined
    return allowed.filter((item) => asked.includes(item))
  },
})
const number = (max: number): Kind => ({
  read(text) {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    return value >= 0 && value <= max ? value : undefined
  },
})
const text = (most: number): Kind => ({
  read: (raw) => (raw.trim() !== '' && raw.length <= most ? raw.trim() : undefined),
})
const yesNo: Kind = {
  read: (raw) => (raw === 'true' ? true : raw === 'false' ? false : undefined),
}
/** A day, or an instant with its offset. */
const moment: Kind = {
  read(raw) {
    const isDay = /^\d{4}-\d\d-\d\d$/.test(raw)
    const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(raw)
    const at = isDay || isInstant ? Date.parse(raw) : Number.NaN
    if (Number.isNaN(at) || raw.startsWith('0000')) return undefined
    // A 31st of June would be the 1st of July.
    return !isDay || new Date(at).toISOString().startsWith(raw) ? raw : undefined
  },
}
const zone: Kind = { read: (raw) => (isZone(raw) ? raw : undefined) }

/** Every parameter, in the order in which it is written: equal queries are equal texts. */
const kinds: Record<keyof CallsQuery, Kind> = {
  status: anyOf(callStatuses),
  direction: oneOf('inbound', 'outbound'),
  business_id: text(200),
  period: oneOf(...callPeriods),
  from_date: moment,
  to_date: moment,
  weekday: number(6),
  hour: number(23),
  zone,
  search: text(200),
  text: text(200),
  min_qa_score: number(1),
  max_qa_score: number(1),
  sentiment: oneOf('positive', 'neutral', 'negative'),
  min_sentiment_score: number(1),
  max_sentiment_score: number(1),
  min_duration: number(1e7),
  max_duration: number(1e7),
  agent_id: text(200),
  answered_by: oneOf('ai', 'human', 'none'),
  answered: yesNo,
  escalation_status: oneOf('pending', 'in_progress', 'completed'),
  escalated: yesNo,
  trigger_type: text(80),
  request_status: oneOf(...requestStatuses),
  qa_issue: text(300),
  missed: yesNo,
  has_note: yesNo,
  sort_by: oneOf('started_at', 'duration', 'qa_score'),
  sort_order: oneOf('asc', 'desc'),
}
const names = Object.keys(kinds) as readonly (keyof CallsQuery)[]

/** Parameters that say where in the list somebody is, and how it is drawn; they are no part of what it shows. */
const beside = ['page', 'after', 'until', 'limit', 'cols', 'view']

const ranges = [
  ['min_qa_score', 'max_qa_score'],
  ['min_sentiment_score', 'max_sentiment_score'],
  ['min_duration', 'max_duration'],
] as const

/** The query as it stands behind the `?`, always written the same way; empty for all calls. */
export function writeCallsQuery(query: CallsQuery): string {
  return names
    .flatMap((name) => {
      const value: Value = query[name]
      if (value === undefined || (Array.isArray(value) && value.length === 0)) return []
      return `${name}=${encodeURIComponent(Array.isArray(value) ? value.join(',') : String(value)).replace(/%2C/g, ',')}`
    })
    .join('&')
}

/** The address that shows these calls, and no others: `/calls?sentiment=negative&period=7d`. */
export function callsAddress(query: CallsQuery): string {
  const params = writeCallsQuery(query)
  return params === '' ? '/calls' : `/calls?${params}`
}

/** The page of one call: `/calls/c-7`. */
export const callAddress = (callId: string): string => `/calls/${encodeURIComponent(callId)}`

/** What is read of an address; `URLSearchParams` is one. */
interface Params {
  get(name: string): string | null
  keys(): Iterable<string>
}

/** Reads an address. What is not understood is dropped and named: a list must not be wider than it says without a word. */
export function readCallsQuery(params: Params): { query: CallsQuery; dropped: DroppedParam[] } {
  const read: Record<string, Value> = {}
  const dropped: DroppedParam[] = []
  const drop = (name: string): void => {
    const value = params.get(name)
    if (value !== null) dropped.push({ name, value })
    delete read[name]
  }
  for (const name of new Set(params.keys())) {
    if (beside.includes(name)) continue
    const value = isName(name) ? kinds[name].read(params.get(name) ?? '') : undefined
    if (value === undefined) drop(name)
    else read[name] = value
  }
  const query = read as CallsQuery
  for (const [min, max] of ranges) if ((query[min] ?? 0) > (query[max] ?? Infinity)) drop(max)
  // Both would say from when on.
  if (query.period !== undefined) for (const name of ['from_date', 'to_date']) drop(name)
  for (const name of ['weekday', 'hour'] as const)
    if (query[name] !== undefined && !Number.isInteger(query[name])) drop(name)
  return { query, dropped }
}

const isName = (name: string): name is keyof CallsQuery => Object.hasOwn(kinds, name)
