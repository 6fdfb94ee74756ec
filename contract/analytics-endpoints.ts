// What analytics can be asked: every answer is about the calls that started within a range, on the clocks of a zone.
import { z } from 'zod'
import { AgentsPerformance, CallsOverview, CallsTrends } from '#contract/calls-analytics.ts'
import {
  AnalyticsInterval,
  AnalyticsOverview,
  CallVolume,
  EscalationStatistics,
  QaStatistics,
  SentimentStatistics,
} from '#contract/analytics.ts'
import { CallDirection } from '#contract/call.ts'
import { endpoint } from '#contract/endpoint.ts'
import { Id, Instant } from '#contract/primitives.ts'
import { isZone } from '#contract/zone-calendar.ts'

/** An instant, or a date: the whole day on the clocks of `zone`. */
const InstantOrDate = z.union([Instant, z.iso.date().refine((text) => !text.startsWith('0000'))])

/** Taken by every endpoint of analytics (additions of ours but for what a document names). */
const common = {
  /** IANA zone of days and hours; absent means the company's. */
  zone: z.string().refine(isZone, 'Write the name of a time zone, such as America/Chicago.').optional(),
  /** Length of the points of trends. At most 1,500 points. */
  interval: AnalyticsInterval.default('day'),
  /** `none`: calls without a business. */
  business_id: Id.optional(),
  direction: CallDirection.optional(),
  /**
   * The same figures of an earlier range beside: `previous` the one just before (of whole days as many days before, until the
   * same hour), `weekday` the same weekdays of the nearest earlier weeks.
   */
  compare: z.enum(['previous', 'weekday']).optional(),
}

/** From and to belong to the range. Default: the seven days up to now. */
export const AnalyticsQuery = z.object({
  from_date: InstantOrDate.optional(),
  to_date: InstantOrDate.optional(),
  ...common,
})
export type AnalyticsQuery = z.infer<typeof AnalyticsQuery>

/** The same with the names of the calls document. */
export const CallsAnalyticsQuery = z.object({
  from: InstantOrDate.optional(),
  to: InstantOrDate.optional(),
  ...common,
})
export type CallsAnalyticsQuery = z.infer<typeof CallsAnalyticsQuery>

export const analyticsOverview = endpoint({
  id: 'analytics-overview',
  summary: 'Figures of a range of calls, with distributions and businesses',
  method: 'GET',
  path: '/api/v1/analytics/overview',
  capability: 'analytics.read',
  limit: 'analytics',
  query: AnalyticsQuery,
  responses: { 200: AnalyticsOverview },
})

export const analyticsCallVolume = endpoint({
  id: 'analytics-call-volume',
  summary: 'Calls over time, and by hour of the week',
  method: 'GET',
  path: '/api/v1/analytics/call-volume',
  capability: 'analytics.read',
  limit: 'analytics',
  query: AnalyticsQuery.extend({ from_date: InstantOrDate, to_date: InstantOrDate }),
  responses: { 200: CallVolume },
})

export const analyticsQa = endpoint({
  id: 'analytics-qa',
  summary: 'QA scores: averages, distribution, trend, issues',
  method: 'GET',
  path: '/api/v1/analytics/qa',
  capability: 'analytics.read',
  limit: 'analytics',
  query: AnalyticsQuery,
  responses: { 200: QaStatistics },
})

export const analyticsSentiment = endpoint({
  id: 'analytics-sentiment',
  summary: 'Mood of calls: distribution, trend, correlations',
  method: 'GET',
  path: '/api/v1/analytics/sentiment',
  capability: 'analytics.read',
  limit: 'analytics',
  query: AnalyticsQuery,
  responses: { 200: SentimentStatistics },
})

export const analyticsEscalations = endpoint({
  id: 'analytics-escalations',
  summary: 'Requests for a person: reasons, outcome, trend',
  method: 'GET',
  path: '/api/v1/analytics/escalations',
  capability: 'analytics.read',
  limit: 'analytics',
  query: AnalyticsQuery,
  responses: { 200: EscalationStatistics },
})

export const analyticsCallsOverview = endpoint({
  id: 'analytics-calls-overview',
  summary: 'Answered, converted and on time, of a range of calls',
  method: 'GET',
  path: '/api/v1/analytics/calls/overview',
  aliases: ['/api/analytics/calls/overview'],
  capability: 'analytics.calls',
  limit: 'analytics',
  query: CallsAnalyticsQuery,
  responses: { 200: CallsOverview },
})

export const analyticsCallsTrends = endpoint({
  id: 'analytics-calls-trends',
  summary: 'Answered and missed calls by day, and by hour of the day',
  method: 'GET',
  path: '/api/v1/analytics/calls/trends',
  aliases: ['/api/analytics/calls/trends'],
  capability: 'analytics.calls',
  limit: 'analytics',
  query: CallsAnalyticsQuery,
  responses: { 200: CallsTrends },
})

export const analyticsAgentsPerformance = endpoint({
  id: 'analytics-agents-performance',
  summary: 'The AI beside people, and each person',
  method: 'GET',
  path: '/api/v1/analytics/agents/performance',
  aliases: ['/api/analytics/agents/performance'],
  capability: 'analytics.calls',
  limit: 'analytics',
  query: CallsAnalyticsQuery,
  responses: { 200: AgentsPerformance },
})
