// The pages of analytics: where each is, who may read it, what it asks for and what it makes of the answers.
import type { AnalyticsOverview, AnalyticsRange } from '#contract/analytics.ts'
import { callsSheet } from '#contract/charts/calls-sheet.ts'
import type { Sheet } from '#contract/charts/chart.ts'
import { escalationSheet } from '#contract/charts/escalation-sheet.ts'
import { overviewSheet } from '#contract/charts/overview-sheet.ts'
import { qaSheet } from '#contract/charts/qa-sheet.ts'
import { sentimentSheet } from '#contract/charts/sentiment-sheet.ts'
import { volumeSheet } from '#contract/charts/volume-sheet.ts'
import type { ApiProblem } from '#contract/errors.ts'
import type { Capability } from '#contract/permissions.ts'
import type { Comparison, Interval } from '#contract/zone-calendar.ts'
import type { Api } from '#src/lib/api.ts'
import { type Result, fail, ok } from '#src/lib/result.ts'

/** What every page asks. */
export interface PageQuery {
  from: string
  to: string
  zone: string
  interval: Interval
  business_id?: string
  direction?: 'inbound' | 'outbound'
  compare?: Comparison
}

export interface Page {
  /** Of the record it was loaded by. */
  id: string
  sheet: Sheet
  range: AnalyticsRange
  /** The earlier range beside it. */
  earlier?: { from: string; to: string }
  /** Businesses of the range, to choose from. */
  businesses?: readonly { value: string; label: string }[]
}

type Load = (api: Api, query: PageQuery, signal: AbortSignal) => Promise<Result<Page, ApiProblem>>

export interface PageRecord {
  id: string
  path: string
  name: string
  capability: Capability
  /** Numbers beside an earlier range. */
  compares: boolean
  load: Load
}

/** A refusal is told and waited for by the page, not repeated behind its back. */
const given = ({ from, to, ...query }: PageQuery, signal: AbortSignal) => ({
  query: { ...query, from_date: from, to_date: to },
  signal,
  repeat: false,
})

const overview: Load = async (api, query, signal) => {
  const [figures, volume] = await Promise.all([
    api.request('GET /api/v1/analytics/overview', given(query, signal)),
    api.request('GET /api/v1/analytics/call-volume', given(query, signal)),
  ])
  if (!figures.ok) return figures
  if (!volume.ok) return volume
  return ok({
    id: 'overview',
    sheet: overviewSheet(figures.value, volume.value),
    ...both(figures.value),
    businesses: businessesOf(figures.value),
  })
}

const volume: Load = async (api, query, signal) => {
  const answer = await api.request('GET /api/v1/analytics/call-volume', given(query, signal))
  return answer.ok ? ok({ id: 'volume', sheet: volumeSheet(answer.value), ...both(answer.value) }) : answer
}

const qa: Load = async (api, query, signal) => {
  const answer = await api.request('GET /api/v1/analytics/qa', given(query, signal))
  return answer.ok ? ok({ id: 'qa', sheet: qaSheet(answer.value), ...both(answer.value) }) : answer
}

const sentiment: Load = async (api, query, signal) => {
  const answer = await api.request('GET /api/v1/analytics/sentiment', given(query, signal))
  return answer.ok
    ? ok({ id: 'sentiment', sheet: sentimentSheet(answer.value), ...both(answer.value) })
    : answer
}

const escalations: Load = async (api, query, signal) => {
  const answer = await api.request('GET /api/v1/analytics/escalations', given(query, signal))
  return answer.ok
    ? ok({ id: 'escalations', sheet: escalationSheet(answer.value), ...both(answer.value) })
    : answer
}

const calls: Load = async (api, query, signal) => {
  // These have nothing beside them.
  const options = { query: { ...query, compare: undefined }, signal, repeat: false }
  const [figures, trends, people] = await Promise.all([
    api.request('GET /api/v1/analytics/calls/overview', options),
    api.request('GET /api/v1/analytics/calls/trends', options),
    api.request('GET /api/v1/analytics/agents/performance', options),
  ])
  const problem = [figures, trends, people].find((answer) => !answer.ok)
  if (problem && !problem.ok) return problem
  if (!figures.ok || !trends.ok || !people.ok) return fail({ status: 0, code: 'NETWORK', message: '' })
  return ok({
    id: 'calls',
    sheet: callsSheet(figures.value, trends.value, people.value),
    ...both(figures.value),
  })
}

const businessesOf = ({ by_business }: AnalyticsOverview) =>
  by_business.flatMap(({ business_id, business_name }) =>
    business_id === null ? [] : [{ value: business_id, label: business_name }],
  )

function both(answer: { range: AnalyticsRange; comparison?: { from: string; to: string } | undefined }) {
  return { range: answer.range, ...(answer.comparison ? { earlier: answer.comparison } : {}) }
}

export const pages: readonly PageRecord[] = [
  {
    id: 'overview',
    path: '/analytics',
    name: 'Overview',
    capability: 'analytics.read',
    compares: true,
    load: overview,
  },
  {
    id: 'volume',
    path: '/analytics/volume',
    name: 'Call volume',
    capability: 'analytics.read',
    compares: true,
    load: volume,
  },
  { id: 'qa', path: '/analytics/qa', name: 'QA', capability: 'analytics.read', compares: true, load: qa },
  {
    id: 'sentiment',
    path: '/analytics/sentiment',
    name: 'Sentiment',
    capability: 'analytics.read',
    compares: true,
    load: sentiment,
  },
  {
    id: 'escalations',
    path: '/analytics/escalations',
    name: 'Escalations',
    capability: 'analytics.read',
    compares: true,
    load: escalations,
  },
  {
    id: 'calls',
    path: '/analytics/calls',
    name: 'Calls',
    capability: 'analytics.calls',
    compares: false,
    load: calls,
  },
]
