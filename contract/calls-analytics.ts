// The shapes of the calls page's analytics: answered, converted and on time, trends, and the AI beside people.
import { z } from 'zod'
import { AnalyticsRange } from '#contract/analytics.ts'
import { Count, Id, Instant, Percent, Ratio, Seconds } from '#contract/primitives.ts'

export const CallsOverview = z
  .object({
    totalCalls: Count,
    /** Answered by the AI or a person, of all calls. */
    answeredPercent: Percent,
    /** Seconds, over `timedCalls`. */
    avgDuration: Seconds,
    /** Calls whose disposition says that they were booked, of `disposedCalls`. */
    conversionRate: Percent,
    /** Follow-ups of these calls that were finished, of those that are finished or overdue (`dueFollowups`). */
    slaCompliance: Percent,
    // Additions.
    range: AnalyticsRange,
    answeredCalls: Count,
    missedCalls: Count,
    timedCalls: Count,
    /** Calls that have a disposition. */
    disposedCalls: Count,
    convertedCalls: Count,
    dueFollowups: Count,
    metFollowups: Count,
  })
  .meta({ id: 'CallsOverview' })
export type CallsOverview = z.infer<typeof CallsOverview>

export const DataPoint = z
  .object({
    /** A date such as `2026-11-01` for daily, `00` to `23` for hourly: the hour the zone's clocks show. */
    period: z.string(),
    total: Count,
    answered: Count,
    missed: Count,
    /** Of daily points (additions). */
    from: Instant.optional(),
    to: Instant.optional(),
    partial: z.boolean().optional(),
  })
  .meta({ id: 'DataPoint' })
export type DataPoint = z.infer<typeof DataPoint>

export const CallsTrends = z
  .object({ daily: z.array(DataPoint), hourly: z.array(DataPoint), range: AnalyticsRange })
  .meta({ id: 'CallsTrends' })
export type CallsTrends = z.infer<typeof CallsTrends>

/**
 * The AI: calls it answered and that nobody took over (`answered_by=ai`). A person: calls that are assigned to them
 * (`agent_id`). `human`: every call a person answered (`answered_by=human`), of whomever.
 */
export const AgentMetrics = z
  .object({
    /** `ai`, `human`, or the id of an agent. */
    agentId: Id,
    name: z.string(),
    kind: z.enum(['ai', 'human']),
    callsHandled: Count,
    answeredPercent: Percent,
    /** Seconds, over `timedCalls`. */
    avgDuration: Seconds,
    /** Over `scoredCalls`; null without any. */
    avgQaScore: Ratio.nullable(),
    conversionRate: Percent,
    /** Calls of theirs that were escalated. */
    escalations: Count,
    // Additions.
    timedCalls: Count,
    scoredCalls: Count,
    disposedCalls: Count,
    moodCalls: Count,
    /** Over `moodCalls`; null without any. */
    avgSentiment: Ratio.nullable(),
    failedCalls: Count,
  })
  .meta({ id: 'AgentMetrics' })
export type AgentMetrics = z.infer<typeof AgentMetrics>

export const AgentsPerformance = z
  .object({
    /** People, most calls first. */
    agents: z.array(AgentMetrics),
    range: AnalyticsRange,
    /** The AI beside all people together (addition). */
    byKind: z.object({ ai: AgentMetrics, human: AgentMetrics }),
  })
  .meta({ id: 'AgentsPerformance' })
export type AgentsPerformance = z.infer<typeof AgentsPerformance>
