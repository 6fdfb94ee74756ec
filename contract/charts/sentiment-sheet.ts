// Mood: how it is spread, how it moves, and what it goes together with.
import type {
  AnalyticsRange,
  ScatterPoint,
  SentimentStatistics,
  SentimentTrendPoint,
} from '#contract/analytics.ts'
import { behindOf } from '#contract/charts/behind.ts'
import type { CloudChart, Sheet, Tile } from '#contract/charts/chart.ts'
import { moodColumns } from '#contract/charts/distribution-charts.ts'
import { countedText, figureText, leastCalls, noFigure, tooFew } from '#contract/charts/figure-text.ts'
import { fullDayText, hourText } from '#contract/charts/place-text.ts'
import { tileOf, trendOf } from '#contract/charts/sheet-parts.ts'

/** A coefficient in words: what a number between −1 and 1 says. */
export function correlationWords(value: number): string {
  const size = Math.abs(value)
  if (size < 0.1) return 'no connection'
  const strength = size < 0.3 ? 'weak' : size < 0.6 ? 'clear' : 'strong'
  return `${strength}, ${value > 0 ? 'together' : 'opposite'}`
}

function correlationTile(id: string, name: string, value: number, calls: number): Tile {
  const isSaid = calls >= leastCalls
  const text = `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`
  return {
    id,
    name,
    text: isSaid ? text : noFigure,
    behind: null,
    of: isSaid ? `${correlationWords(value)} · ${countedText(calls, 'call')}` : tooFew,
  }
}

const moods = [
  ['positive', '▲ Positive'],
  ['neutral', '◦ Neutral'],
  ['negative', '▼ Negative'],
] as const

/** Each dot is a call. */
export function moodCloud(range: AnalyticsRange, scatter: readonly ScatterPoint[]): CloudChart {
  return {
    id: 'mood-qa',
    title: 'Mood and QA',
    note: `${figureText('count', scatter.length)} calls of the range`,
    span: 6,
    form: 'cloud',
    head: 'Call',
    across: { name: 'Mood', unit: 'mood', from: 0, to: 1 },
    up: { name: 'QA', unit: 'score', from: 0, to: 1 },
    dots: scatter.map((call) => {
      const at = Date.parse(call.started_at)
      return {
        name: `${fullDayText(range.zone, at)}, ${hourText(range.zone, at)}${call.escalated ? ', escalated' : ''}`,
        x: call.sentiment_score,
        y: call.qa_score,
        ink: call.escalated ? 'fourth' : 'first',
        behind: { call_id: call.call_id },
      }
    }),
  }
}

/** The whole page. */
export function sentimentSheet(answer: SentimentStatistics): Sheet {
  const { range, comparison, distribution, correlation } = answer
  const average = ({ average_score, mood_calls }: SentimentTrendPoint) => ({
    value: average_score,
    over: mood_calls,
  })
  const share = (counts: typeof distribution, id: keyof typeof distribution, over: number) => ({
    value: over === 0 ? 0 : (counts[id] / over) * 100,
    over,
  })
  return {
    calls: answer.mood_calls,
    none: 'No calls with a mood in this period.',
    tiles: [
      ...moods.map(([id, name]) =>
        tileOf({
          id,
          name,
          unit: 'percent',
          now: share(distribution, id, answer.mood_calls),
          before: comparison && share(comparison.distribution, id, comparison.mood_calls),
          behind: behindOf(range, { sentiment: id }),
          of: countedText(distribution[id], 'call'),
        }),
      ),
      tileOf({
        id: 'average',
        name: 'Average mood',
        unit: 'mood',
        now: { value: answer.average_sentiment_score, over: answer.mood_calls },
        before: comparison && { value: comparison.average_sentiment_score, over: comparison.mood_calls },
        behind: behindOf(range, { min_sentiment_score: 0 }),
        of: `of ${countedText(answer.mood_calls, 'call')}`,
      }),
      correlationTile('with-qa', 'Mood with QA', correlation.sentiment_vs_qa, correlation.qa_calls),
      correlationTile(
        'with-escalation',
        'Mood with escalation',
        correlation.sentiment_vs_escalation,
        correlation.mood_calls,
      ),
    ],
    charts: [
      trendOf({
        id: 'mood-shares',
        title: 'Mood of calls',
        note: 'share',
        span: 8,
        form: 'areas',
        unit: 'count',
        range,
        data: answer.trends,
        lines: [...moods].reverse().map(([id, name]) => ({
          name,
          ink: id,
          read: (point: SentimentTrendPoint) => ({ value: point[id] }),
          behind: { sentiment: id },
        })),
        more: { shares: true },
      }),
      moodColumns(range, answer.score_distribution, 4),
      trendOf({
        id: 'mood-trend',
        title: 'Average mood',
        span: 6,
        form: 'lines',
        unit: 'mood',
        range,
        data: answer.trends,
        lines: [{ name: 'Mood', ink: 'first', read: average, behind: { min_sentiment_score: 0 } }],
        earlier: comparison && {
          ...comparison,
          data: comparison.trends,
          read: average,
          behind: { min_sentiment_score: 0 },
        },
        more: { from: 0, to: 1 },
      }),
      moodCloud(range, answer.scatter),
    ],
  }
}
