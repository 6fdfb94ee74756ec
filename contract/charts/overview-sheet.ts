// The overview: the state of the call center over a range, from its figures and its volume.
import type { AnalyticsOverview, CallFigures, CallVolume } from '#contract/analytics.ts'
import { noBusiness } from '#contract/call-filter.ts'
import { behindOf, liveStatuses } from '#contract/charts/behind.ts'
import type { FigureTable, Sheet, Tile } from '#contract/charts/chart.ts'
import { type Unit, countedText, figureText, noFigure, tooFew } from '#contract/charts/figure-text.ts'
import { durationChart, qaColumns } from '#contract/charts/distribution-charts.ts'
import { type Measured, ranksOf, says, tileOf } from '#contract/charts/sheet-parts.ts'
import { callsOverTime, weekHeat } from '#contract/charts/volume-sheet.ts'

interface Figure {
  id: string
  name: string
  unit: Unit
  read: (figures: CallFigures) => Measured
  more: Parameters<typeof behindOf>[1]
  of?: (figures: CallFigures) => string
}

const scored = (figures: CallFigures) => `of ${figureText('count', figures.scored_calls)} scored`

const figures: readonly Figure[] = [
  {
    id: 'calls',
    name: 'Calls',
    unit: 'count',
    read: ({ total_calls }) => ({ value: total_calls }),
    more: {},
    of: ({ active_calls }) => `${figureText('count', active_calls)} running`,
  },
  {
    id: 'ai',
    name: 'Handled by AI alone',
    unit: 'percent',
    read: (f) => ({
      value: f.total_calls === 0 ? 0 : (f.ai_calls / f.total_calls) * 100,
      over: f.total_calls,
    }),
    more: { answered_by: 'ai' },
    of: ({ ai_calls }) => countedText(ai_calls, 'call'),
  },
  {
    id: 'escalated',
    name: 'Escalated',
    unit: 'percent',
    read: (f) => ({ value: f.escalation_rate, over: f.total_calls }),
    more: { escalated: true },
    of: ({ escalated_calls }) => countedText(escalated_calls, 'call'),
  },
  {
    id: 'missed',
    name: 'Missed',
    unit: 'count',
    read: ({ missed_calls }) => ({ value: missed_calls }),
    more: { missed: true },
  },
  {
    id: 'qa',
    name: 'QA average',
    unit: 'score',
    read: (f) => ({ value: f.average_qa_score, over: f.scored_calls }),
    more: { min_qa_score: 0 },
    of: scored,
  },
  {
    id: 'mood',
    name: 'Mood',
    unit: 'mood',
    read: (f) => ({ value: f.average_sentiment_score, over: f.mood_calls }),
    more: { min_sentiment_score: 0 },
    of: ({ sentiment_distribution: { negative } }) => `${figureText('count', negative)} negative`,
  },
  {
    id: 'duration',
    name: 'Average call',
    unit: 'seconds',
    read: (f) => ({ value: f.average_call_duration, over: f.timed_calls }),
    more: { min_duration: 0 },
  },
]

/** The figures of the overview, with their change. */
export function overviewTiles({ range, comparison, ...now }: AnalyticsOverview): Tile[] {
  return figures.map(({ id, name, unit, read, more, of }) =>
    tileOf({
      id,
      name,
      unit,
      now: read(now),
      before: comparison && read(comparison.figures),
      behind: behindOf(range, more),
      of: of?.(now),
    }),
  )
}

/** Businesses beside each other: every number opens its calls. */
export function businessTable({
  range,
  by_business,
}: Pick<AnalyticsOverview, 'range' | 'by_business'>): FigureTable {
  return {
    id: 'businesses',
    title: 'By business',
    note: tooFew,
    span: 12,
    head: ['Business', 'Calls', 'AI alone', 'Escalated', 'QA', 'Mood', 'Average call', 'Missed'],
    rows: by_business.map((row) => {
      const own = { business_id: row.business_id ?? noBusiness }
      return {
        name: row.business_name,
        behind: behindOf(range, own),
        cells: ['calls', 'ai', 'escalated', 'qa', 'mood', 'duration', 'missed'].flatMap((id) => {
          const figure = figures.find((one) => one.id === id)
          if (!figure) return []
          const measured = figure.read(row)
          return [
            {
              text: says(figure.unit, measured) ? figureText(figure.unit, measured.value) : noFigure,
              behind: behindOf(range, { ...figure.more, ...own }),
            },
          ]
        }),
      }
    }),
  }
}

/** The whole page. */
export function overviewSheet(overview: AnalyticsOverview, volume: CallVolume): Sheet {
  const { range } = overview
  const { positive, neutral, negative } = overview.sentiment_distribution
  const mood = (name: string, sentiment: 'positive' | 'neutral' | 'negative', count: number) => ({
    name,
    count,
    behind: behindOf(range, { sentiment }),
    ink: sentiment,
  })
  return {
    calls: overview.total_calls,
    tiles: overviewTiles(overview),
    charts: [
      callsOverTime(volume, 8),
      ranksOf({ id: 'outcomes', title: 'Answered and ended', span: 4, head: 'Outcome', column: 'Calls' }, [
        {
          name: 'Completed',
          count: overview.completed_calls,
          behind: behindOf(range, { status: ['completed'] }),
        },
        { name: 'Failed', count: overview.failed_calls, behind: behindOf(range, { status: ['failed'] }) },
        { name: 'Running', count: overview.active_calls, behind: behindOf(range, { status: liveStatuses }) },
        { name: 'By the AI alone', count: overview.ai_calls, behind: behindOf(range, { answered_by: 'ai' }) },
        {
          name: 'By people',
          count: overview.human_calls,
          behind: behindOf(range, { answered_by: 'human' }),
        },
        {
          name: 'Missed',
          count: overview.missed_calls,
          behind: behindOf(range, { missed: true }),
          ink: 'attention',
        },
      ]),
      ranksOf({ id: 'moods', title: 'Mood of calls', span: 4, head: 'Mood', column: 'Calls' }, [
        mood('▲ Positive', 'positive', positive),
        mood('◦ Neutral', 'neutral', neutral),
        mood('▼ Negative', 'negative', negative),
      ]),
      qaColumns(range, overview.qa_score_deciles, 4),
      durationChart(range, overview.duration_distribution, 4),
      weekHeat(volume, 12),
      businessTable(overview),
    ],
  }
}
