// Answers of analytics as a server would give them, for charts and pages.
import type {
  AnalyticsOverview,
  AnalyticsRange,
  CallFigures,
  CallVolume,
  CallVolumePoint,
  ScatterPoint,
  SentimentStatistics,
} from '#contract/analytics.ts'
import { type Interval, bucketsOf, isoIn } from '#contract/zone-calendar.ts'

export function makeRange(over: Partial<AnalyticsRange> = {}): AnalyticsRange {
  return {
    from: '2026-11-16T06:00:00.000Z',
    to: '2026-11-20T14:00:00.000Z',
    as_of: '2026-11-20T14:00:00.000Z',
    zone: 'America/Chicago',
    interval: 'day',
    ...over,
  }
}

export function makePoint(over: Partial<CallVolumePoint>): CallVolumePoint {
  return {
    period: '',
    from: '',
    to: '',
    partial: false,
    total_calls: 0,
    inbound_calls: 0,
    outbound_calls: 0,
    completed_calls: 0,
    escalated_calls: 0,
    failed_calls: 0,
    missed_calls: 0,
    answered_calls: 0,
    active_calls: 0,
    ...over,
  }
}

/** Points of the range; `calls` says how many there are in the one of this index. */
export function makeVolume(range: AnalyticsRange, calls: (index: number) => number): CallVolume {
  const buckets = bucketsOf(
    range.interval as Interval,
    range.zone,
    Date.parse(range.from),
    Date.parse(range.to),
  )
  const data = (buckets ?? []).map(({ from, to, isPartial }, index) =>
    makePoint({
      period: isoIn(range.zone, from),
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      partial: isPartial,
      total_calls: calls(index),
      inbound_calls: calls(index),
      completed_calls: calls(index),
    }),
  )
  const heatmap = Array.from({ length: 168 }, (_, cell) => ({
    weekday: Math.floor(cell / 24) + 1,
    hour: cell % 24,
    total_calls: cell === 10 ? 7 : 0,
    hours: 1,
  }))
  return { data, range, heatmap }
}

export function makeFigures(over: Partial<CallFigures> = {}): CallFigures {
  return {
    total_calls: 0,
    active_calls: 0,
    completed_calls: 0,
    failed_calls: 0,
    escalated_calls: 0,
    average_qa_score: 0,
    average_call_duration: 0,
    escalation_rate: 0,
    sentiment_distribution: { positive: 0, neutral: 0, negative: 0 },
    qa_score_distribution: { excellent: 0, good: 0, fair: 0, poor: 0 },
    inbound_calls: 0,
    outbound_calls: 0,
    missed_calls: 0,
    answered_calls: 0,
    ai_calls: 0,
    human_calls: 0,
    scored_calls: 0,
    timed_calls: 0,
    mood_calls: 0,
    average_sentiment_score: 0,
    total_duration: 0,
    ...over,
  }
}

export function makeOverview(
  range: AnalyticsRange,
  over: Partial<AnalyticsOverview> = {},
): AnalyticsOverview {
  return {
    ...makeFigures(over),
    range,
    duration_distribution: [],
    qa_score_deciles: [],
    by_business: [],
    ...over,
  }
}

/** Moods of the calls of `scatter`, with no trend. */
export function makeMoods(range: AnalyticsRange, scatter: readonly ScatterPoint[]): SentimentStatistics {
  return {
    distribution: { positive: 0, neutral: scatter.length, negative: 0 },
    average_sentiment_score: 0.5,
    trends: [],
    correlation: {
      sentiment_vs_qa: 0,
      sentiment_vs_escalation: 0,
      qa_calls: scatter.length,
      mood_calls: scatter.length,
      escalated_mood_calls: 0,
    },
    range,
    mood_calls: scatter.length,
    score_distribution: [],
    scatter: [...scatter],
  }
}
