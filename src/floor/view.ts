// What of the floor is shown, and in which order. It lives in the address, so a view can be sent to a colleague.
import type { CallDirection, CallStatus, SentimentLabel } from '#contract/call.ts'
import { callStatuses } from '#contract/call-rules.ts'

export const columnIds = [
  'status',
  'direction',
  'from',
  'marks',
  'to',
  'last_line',
  'sentiment',
  'duration',
  'escalation',
  'agent',
  'business',
  'qa',
  'started',
  'attention',
] as const
export type ColumnId = (typeof columnIds)[number]

export interface SortRule {
  id: ColumnId
  desc: boolean
}

export interface GridFilter {
  text: string
  /** Empty: every status. */
  status: readonly CallStatus[]
  direction: CallDirection | null
  businessId: string | null
  mood: SentimentLabel | null
  /** QA in percent, 0–100; calls without a score never match. */
  qa: { side: 'below' | 'above'; percent: number } | null
  humanOn: boolean
  /** Waiting for a person. */
  waiting: boolean
  /** Running ten minutes or longer. */
  long: boolean
}

export interface GridView {
  filter: GridFilter
  /** Empty: who needs me, first. */
  sort: readonly SortRule[]
  /** In their order; null: the columns that fit. */
  columns: readonly ColumnId[] | null
  /** Columns that stay at the left when the board scrolls sideways, in their order. */
  pinned: readonly ColumnId[]
}

export const emptyFilter: GridFilter = {
  text: '',
  status: [],
  direction: null,
  businessId: null,
  mood: null,
  qa: null,
  humanOn: false,
  waiting: false,
  long: false,
}

const filterParams = ['q', 'status', 'dir', 'biz', 'mood', 'qa', 'human', 'waiting', 'long']

function oneOf<T extends string>(allowed: readonly T[], value: string | null): T | null {
  return allowed.find((item) => item === value) ?? null
}

function listOf<T extends string>(allowed: readonly T[], value: string | null): T[] {
  const asked = (value ?? '').split(',')
  return allowed.filter((item) => asked.includes(item))
}

function parseQa(value: string | null): GridFilter['qa'] {
  const match = /^(lt|gt)(\d{1,3})$/.exec(value ?? '')
  if (!match) return null
  return { side: match[1] === 'lt' ? 'below' : 'above', percent: Math.min(100, Number(match[2])) }
}

function parseSort(value: string | null): SortRule[] {
  return (value ?? '').split(',').flatMap((part) => {
    const desc = part.startsWith('-')
    const id = oneOf(columnIds, desc ? part.slice(1) : part)
    return id ? [{ id, desc }] : []
  })
}

/** Each column once, in the order it is named. */
function columnsOf(value: string | null): ColumnId[] {
  return [...new Set((value ?? '').split(',').flatMap((id) => oneOf(columnIds, id) ?? []))]
}

/** Reads a view from the address; what is not understood is left out, never refused. */
export function parseView(params: URLSearchParams): GridView {
  const columns = columnsOf(params.get('cols'))
  return {
    filter: {
      text: params.get('q') ?? '',
      status: listOf(callStatuses, params.get('status')),
      direction: oneOf(['inbound', 'outbound'], params.get('dir')),
      businessId: params.get('biz'),
      mood: oneOf(['negative', 'neutral', 'positive'], params.get('mood')),
      qa: parseQa(params.get('qa')),
      humanOn: params.get('human') === '1',
      waiting: params.get('waiting') === '1',
      long: params.get('long') === '1',
    },
    sort: parseSort(params.get('sort')),
    columns: columns.length > 0 ? columns : null,
    pinned: columnsOf(params.get('pin')),
  }
}

/** The address with the view written into it; parameters that are not ours stay. */
export function writeView(
  params: URLSearchParams,
  { filter, sort, columns, pinned }: GridView,
): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const name of [...filterParams, 'sort', 'cols', 'pin']) next.delete(name)
  if (filter.text.trim()) next.set('q', filter.text)
  if (filter.status.length > 0) next.set('status', filter.status.join(','))
  if (filter.direction) next.set('dir', filter.direction)
  if (filter.businessId) next.set('biz', filter.businessId)
  if (filter.mood) next.set('mood', filter.mood)
  if (filter.qa) next.set('qa', `${filter.qa.side === 'below' ? 'lt' : 'gt'}${filter.qa.percent}`)
  if (filter.humanOn) next.set('human', '1')
  if (filter.waiting) next.set('waiting', '1')
  if (filter.long) next.set('long', '1')
  if (sort.length > 0) next.set('sort', sort.map(({ id, desc }) => (desc ? `-${id}` : id)).join(','))
  if (columns) next.set('cols', columns.join(','))
  if (pinned.length > 0) next.set('pin', pinned.join(','))
  return next
}

/** True when the filter hides nothing. */
export function isEmptyFilter(filter: GridFilter): boolean {
  const { text, status, direction, businessId, mood, qa, humanOn, waiting, long } = filter
  return !(
    text.trim() ||
    status.length > 0 ||
    direction ||
    businessId ||
    mood ||
    qa ||
    humanOn ||
    waiting ||
    long
  )
}

/** The sort after a click on a column's head: ascending, descending, off. With `multi` the other columns keep theirs. */
export function nextSort(sort: readonly SortRule[], id: ColumnId, multi: boolean): SortRule[] {
  const current = sort.find((rule) => rule.id === id)
  const next = !current ? { id, desc: false } : current.desc ? null : { id, desc: true }
  if (!multi) return next ? [next] : []
  if (!current) return next ? [...sort, next] : [...sort]
  return sort.flatMap((rule) => (rule.id === id ? (next ?? []) : rule))
}
