// Distributions that several pages show: QA, mood, how long calls took.
import type { AnalyticsRange, DistributionBar } from '#contract/analytics.ts'
import type { SeriesChart } from '#contract/charts/chart.ts'
import { figureText } from '#contract/charts/figure-text.ts'
import { distributionOf } from '#contract/charts/sheet-parts.ts'

/** The least QA score that is good. */
export const leastQa = 0.6

/** Tenths of the QA score; what is below good is amber. */
export function qaColumns(
  range: AnalyticsRange,
  bars: readonly DistributionBar[],
  span: number,
): SeriesChart {
  const below = bars.reduce((sum, { min, count }) => sum + (min < leastQa - 1e-9 ? count : 0), 0)
  return distributionOf({
    id: 'qa-scores',
    title: 'QA scores',
    note: `${figureText('count', below)} below ${leastQa}`,
    span,
    head: 'Score',
    range,
    bars,
    tick: ({ min }) => min.toFixed(1),
    name: ({ min }) => `${min.toFixed(1)} to ${Math.min(1, min + 0.1).toFixed(1)}`,
    behind: ({ min, max }) => ({ min_qa_score: min, ...(max === undefined ? {} : { max_qa_score: max }) }),
    ink: ({ min }) => (min < leastQa - 1e-9 ? 'attention' : 'plain'),
  })
}

/** Tenths of the mood: warm to cool. */
export function moodColumns(
  range: AnalyticsRange,
  bars: readonly DistributionBar[],
  span: number,
): SeriesChart {
  return distributionOf({
    id: 'mood-scores',
    title: 'How moods are spread',
    note: '−1 negative to +1 positive',
    span,
    head: 'Mood',
    range,
    bars,
    tick: ({ min }) => figureText('mood', min),
    name: ({ min }) => `${figureText('mood', min)} to ${figureText('mood', Math.min(1, min + 0.1))}`,
    behind: ({ min, max }) => ({
      min_sentiment_score: min,
      ...(max === undefined ? {} : { max_sentiment_score: max }),
    }),
    ink: ({ min }) => (min < 0.4 - 1e-9 ? 'negative' : min > 0.6 - 1e-9 ? 'positive' : 'neutral'),
  })
}

const spanOf = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 6) / 10} min`

/** How long calls took. */
export function durationChart(
  range: AnalyticsRange,
  bars: readonly DistributionBar[],
  span: number,
): SeriesChart {
  const name = ({ min, max }: DistributionBar) =>
    max === undefined ? `${spanOf(min)} and longer` : `${spanOf(min)} to ${spanOf(Math.round(max))}`
  return distributionOf({
    id: 'durations',
    title: 'How long calls take',
    span,
    head: 'Duration',
    range,
    bars,
    tick: ({ min }) => spanOf(min),
    name,
    behind: ({ min, max }) => ({ min_duration: min, ...(max === undefined ? {} : { max_duration: max }) }),
  })
}
