// The shapes of analytics: figures over a range of calls, each with the number of calls behind it (docs/metrics.md).
import { z } from 'zod'
import { intervals } from '#contract/zone-calendar.ts'
import { CallDirection } from '#contract/call.ts'
import { Count, Id, Instant, Percent, Ratio, Seconds } from '#contract/primitives.ts'

export const AnalyticsInterval = z.enum(intervals)
export type AnalyticsInterval = z.infer<typeof AnalyticsInterval>

/** Which calls an answer is about: those that started from `from` to `to`, both included. Links to the list take these. */
export const Span = z.object({ from: Instant, to: Instant })
export type Span = z.infer<typeof Span>

/** What was asked, with what was left out filled in (addition to every answer). */
export const AnalyticsRange = Span.extend({
  /** IANA zone whose hours, days, weeks and months these are. */
  zone: z.string(),
  interval: AnalyticsInterval,
  /** `none` where calls without a business were asked for. */
  business_id: Id.optional(),
  direction: CallDirection.optional(),
  /** All figures of the answer are true at this instant, together. */
  as_of: Instant,
}).meta({ id: 'AnalyticsRange' })
export type AnalyticsRange = z.infer<typeof AnalyticsRange>

export const MoodCounts = z.object({ positive: Count, neutral: Count, negative: Count }).meta({
  id: 'MoodCounts',
})
export type MoodCounts = z.infer<typeof MoodCounts>

/** excellent ≥ 0.8, good ≥ 0.6, fair ≥ 0.4, poor below. */
export const QaBands = z
  .object({ excellent: Count, good: Count, fair: Count, poor: Count })
  .meta({ id: 'QaBands' })
export type QaBands = z.infer<typeof QaBands>

/**
 * Figures over calls. An average or rate without a call behind it is 0: look at its number of calls first. Averages of
 * scores have four digits behind the point, of seconds one, percentages two.
 */
export const CallFigures = z
  .object({
    total_calls: Count,
    /** Of them, those that run at this moment. */
    active_calls: Count,
    completed_calls: Count,
    failed_calls: Count,
    /** Asked for a person, and it was not cancelled. */
    escalated_calls: Count,
    /** Over `scored_calls`. */
    average_qa_score: Ratio,
    /** Seconds, over `timed_calls`. */
    average_call_duration: Seconds,
    /** `escalated_calls` of `total_calls`. */
    escalation_rate: Percent,
    sentiment_distribution: MoodCounts,
    qa_score_distribution: QaBands,
    // Additions.
    inbound_calls: Count,
    outbound_calls: Count,
    missed_calls: Count,
    /** The AI or a person spoke for the company. */
    answered_calls: Count,
    ai_calls: Count,
    human_calls: Count,
    /** Calls with a QA score. */
    scored_calls: Count,
    /** Calls that are over and have a duration. */
    timed_calls: Count,
    /** Calls with a mood. */
    mood_calls: Count,
    /** 0 negative to 1 positive, over `mood_calls`. */
    average_sentiment_score: Ratio,
    /** Seconds that all `timed_calls` took together. */
    total_duration: Seconds,
  })
  .meta({ id: 'CallFigures' })
export type CallFigures = z.infer<typeof CallFigures>

/**
 * One bar of a distribution: from `min` to `max`, both included, as the filters of the list of calls take them. The last
 * bar of a duration has no `max`.
 */
export const DistributionBar = z
  .object({
    /** `0.8-0.9`, `30-60`, `1800-`. */
    range: z.string(),
    count: Count,
    /** Of all calls in the distribution. */
    percentage: Percent,
    min: z.number(),
    max: z.number().optional(),
  })
  .meta({ id: 'DistributionBar' })
export type DistributionBar = z.infer<typeof DistributionBar>

/** Place in time of a point: `period` is its begin as ISO 8601 on the zone's clocks. */
export const Period = Span.extend({
  period: z.string(),
  /** The range, or the present, cuts it off: its numbers are not those of a whole hour, day, week or month. */
  partial: z.boolean(),
})
export type Period = z.infer<typeof Period>

export const BusinessRow = CallFigures.extend({
  /** Null of calls without a business. */
  business_id: Id.nullable(),
  business_name: z.string(),
}).meta({ id: 'BusinessRow' })
export type BusinessRow = z.infer<typeof BusinessRow>

export const AnalyticsOverview = CallFigures.extend({
  range: AnalyticsRange,
  duration_distribution: z.array(DistributionBar),
  /** Ten bars; the last holds 1 too. */
  qa_score_deciles: z.array(DistributionBar),
  /** Most calls first. */
  by_business: z.array(BusinessRow),
  /** With `compare`. */
  comparison: z.object({ ...Span.shape, figures: CallFigures }).optional(),
}).meta({ id: 'AnalyticsOverview' })
export type AnalyticsOverview = z.infer<typeof AnalyticsOverview>

export const CallVolumePoint = Period.extend({
  total_calls: Count,
  inbound_calls: Count,
  outbound_calls: Count,
  completed_calls: Count,
  escalated_calls: Count,
  // Additions.
  failed_calls: Count,
  missed_calls: Count,
  answered_calls: Count,
  active_calls: Count,
}).meta({ id: 'CallVolumePoint' })
export type CallVolumePoint = z.infer<typeof CallVolumePoint>

/** Calls that started in an hour of the week, on the zone's clocks. */
export const HeatCell = z
  .object({
    /** 1 Monday to 7 Sunday. */
    weekday: z.number().int().min(1).max(7),
    hour: z.number().int().min(0).max(23),
    total_calls: Count,
    /** How long this hour of the week lasted within the range, in hours, for calls an hour: DST changes are in it. */
    hours: z.number().min(0),
  })
  .meta({ id: 'HeatCell' })
export type HeatCell = z.infer<typeof HeatCell>

export const CallVolume = z
  .object({
    data: z.array(CallVolumePoint),
    range: AnalyticsRange,
    /** All 168, Monday 0:00 first. */
    heatmap: z.array(HeatCell),
    /** With `compare`: its points stand beside those of `data` by their place in the list. */
    comparison: z.object({ ...Span.shape, data: z.array(CallVolumePoint) }).optional(),
  })
  .meta({ id: 'CallVolume' })
export type CallVolume = z.infer<typeof CallVolume>

export const QaAverages = z
  .object({ overall: Ratio, sentiment: Ratio, compliance: Ratio, accuracy: Ratio, professionalism: Ratio })
  .meta({ id: 'QaAverages' })
export type QaAverages = z.infer<typeof QaAverages>

export const QaTrendPoint = Period.extend({ average_score: Ratio, scored_calls: Count }).meta({
  id: 'QaTrendPoint',
})
export type QaTrendPoint = z.infer<typeof QaTrendPoint>

export const QaIssue = z
  .object({
    /** In words, without "(3 times)". */
    issue: z.string(),
    /** Calls that have it. */
    count: Count,
    /** Of `scored_calls`. */
    percentage: Percent,
  })
  .meta({ id: 'QaIssue' })
export type QaIssue = z.infer<typeof QaIssue>

export const QaStatistics = z
  .object({
    average_scores: QaAverages,
    /** Ten bars of the overall score; the last holds 1 too. */
    score_distribution: z.array(DistributionBar),
    trends: z.array(QaTrendPoint),
    /** Most first, at most 20. */
    top_issues: z.array(QaIssue),
    // Additions.
    range: AnalyticsRange,
    scored_calls: Count,
    total_calls: Count,
    bands: QaBands,
    comparison: z
      .object({
        ...Span.shape,
        average_scores: QaAverages,
        scored_calls: Count,
        trends: z.array(QaTrendPoint),
      })
      .optional(),
  })
  .meta({ id: 'QaStatistics' })
export type QaStatistics = z.infer<typeof QaStatistics>

export const SentimentTrendPoint = Period.extend({
  ...MoodCounts.shape,
  average_score: Ratio,
  mood_calls: Count,
}).meta({ id: 'SentimentTrendPoint' })
export type SentimentTrendPoint = z.infer<typeof SentimentTrendPoint>

/** One call of the scatter: mood against QA. */
export const ScatterPoint = z
  .object({
    call_id: Id,
    started_at: Instant,
    sentiment_score: Ratio,
    qa_score: Ratio,
    escalated: z.boolean(),
  })
  .meta({ id: 'ScatterPoint' })
export type ScatterPoint = z.infer<typeof ScatterPoint>

export const SentimentStatistics = z
  .object({
    distribution: MoodCounts,
    average_sentiment_score: Ratio,
    trends: z.array(SentimentTrendPoint),
    /** Pearson's coefficient, -1 to 1, four digits; 0 where it is not defined: see the numbers of calls beside it. */
    correlation: z.object({
      sentiment_vs_qa: z.number().min(-1).max(1),
      sentiment_vs_escalation: z.number().min(-1).max(1),
      /** Calls with a mood and a QA score (addition). */
      qa_calls: Count,
      /** Calls with a mood; of them, those that were escalated (additions). */
      mood_calls: Count,
      escalated_mood_calls: Count,
    }),
    // Additions.
    range: AnalyticsRange,
    mood_calls: Count,
    /** Ten bars; the last holds 1 too. */
    score_distribution: z.array(DistributionBar),
    /** Ended calls with both scores, spread evenly over the range, at most 400; the same ones whenever they are asked for. */
    scatter: z.array(ScatterPoint),
    comparison: z
      .object({
        ...Span.shape,
        distribution: MoodCounts,
        average_sentiment_score: Ratio,
        mood_calls: Count,
        trends: z.array(SentimentTrendPoint),
      })
      .optional(),
  })
  .meta({ id: 'SentimentStatistics' })
export type SentimentStatistics = z.infer<typeof SentimentStatistics>

export const EscalationTrendPoint = Period.extend({
  /** Requests for a person, cancelled ones too. */
  escalation_count: Count,
  /** `escalated_calls` of `total_calls`. */
  escalation_rate: Percent,
  escalated_calls: Count,
  total_calls: Count,
}).meta({ id: 'EscalationTrendPoint' })
export type EscalationTrendPoint = z.infer<typeof EscalationTrendPoint>

const EscalationFigures = z.object({
  /** Requests for a person on the calls of the range; a call can have several, and cancelled ones count here. */
  total_escalations: Count,
  /** `escalated_calls` of `total_calls`. */
  escalation_rate: Percent,
  escalated_calls: Count,
  total_calls: Count,
  by_status: z.object({ pending: Count, in_progress: Count, completed: Count, cancelled: Count }),
  /** Seconds from the request to its completion, over `resolved_escalations`. */
  average_resolution_time: Seconds,
  /** Completed ones; cancelled ones were not resolved. */
  resolved_escalations: Count,
})

export const EscalationStatistics = EscalationFigures.extend({
  /** Most first. */
  by_trigger_type: z.array(
    z.object({ trigger_type: z.string(), count: Count, percentage: Percent }).meta({ id: 'TriggerCount' }),
  ),
  trends: z.array(EscalationTrendPoint),
  range: AnalyticsRange,
  comparison: z
    .object({ ...Span.shape, figures: EscalationFigures, trends: z.array(EscalationTrendPoint) })
    .optional(),
}).meta({ id: 'EscalationStatistics' })
export type EscalationStatistics = z.infer<typeof EscalationStatistics>
