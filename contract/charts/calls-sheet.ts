// Calls analytics: answered and missed by day and hour, the AI beside people.
import type { AnalyticsRange } from '#contract/analytics.ts'
import type {
  AgentMetrics,
  AgentsPerformance,
  CallsOverview,
  CallsTrends,
  DataPoint,
} from '#contract/calls-analytics.ts'
import type { CallsQuery } from '#contract/call-link.ts'
import { behindOf } from '#contract/charts/behind.ts'
import type { FigureTable, Series, SeriesChart, Sheet } from '#contract/charts/chart.ts'
import {
  countedText,
  figureOr,
  figureText,
  leastCalls,
  noFigure,
  tooFew,
} from '#contract/charts/figure-text.ts'
import { placeOf } from '#contract/charts/place-text.ts'
import { tileOf } from '#contract/charts/sheet-parts.ts'

/** Answered and missed on top of each other; `behind` is the filter of one place. */
function answeredColumns(
  titled: Pick<SeriesChart, 'id' | 'title' | 'span' | 'head' | 'places'>,
  data: readonly DataPoint[],
  behind: (point: DataPoint) => CallsQuery,
): SeriesChart {
  const series = (
    name: string,
    ink: Series['ink'],
    read: (point: DataPoint) => number,
    isMissed: boolean,
  ): Series => ({
    name,
    ink,
    points: data.map((point) => ({
      value: read(point),
      behind: { ...behind(point), ...(isMissed ? { missed: true } : { answered: true }) },
    })),
  })
  return {
    ...titled,
    form: 'columns',
    unit: 'count',
    series: [
      series('Answered', 'first', ({ answered }) => answered, false),
      series('Missed', 'attention', ({ missed }) => missed, true),
    ],
  }
}

/** Who a row is about, as the list is asked for them. */
const filterOf = ({ agentId }: AgentMetrics): CallsQuery =>
  agentId === 'ai'
    ? { answered_by: 'ai' }
    : agentId === 'human'
      ? { answered_by: 'human' }
      : { agent_id: agentId }

function agentRow(range: AnalyticsRange, agent: AgentMetrics): FigureTable['rows'][number] {
  const own = filterOf(agent)
  const behind = (more: CallsQuery = {}) => behindOf(range, { ...own, ...more })
  const rate = (value: number, over: number) => (over < leastCalls ? noFigure : figureText('percent', value))
  return {
    name: agent.name,
    behind: behind(),
    cells: [
      { text: figureText('count', agent.callsHandled), behind: behind() },
      {
        text: agent.timedCalls === 0 ? noFigure : figureText('seconds', agent.avgDuration),
        behind: behind({ min_duration: 0 }),
      },
      { text: figureOr('score', agent.avgQaScore), behind: behind({ min_qa_score: 0 }) },
      { text: figureOr('mood', agent.avgSentiment), behind: behind({ min_sentiment_score: 0 }) },
      {
        text: rate((agent.escalations / Math.max(1, agent.callsHandled)) * 100, agent.callsHandled),
        behind: behind({ escalated: true }),
      },
      { text: rate(agent.conversionRate, agent.disposedCalls), behind: null },
      { text: figureText('count', agent.failedCalls), behind: behind({ status: ['failed'] }) },
    ],
  }
}

const columns = ['Calls', 'Average', 'QA', 'Mood', 'Escalated', 'Converted', 'Failed']

/** The whole page. */
export function callsSheet(overview: CallsOverview, trends: CallsTrends, people: AgentsPerformance): Sheet {
  const { range } = overview
  const days = trends.daily.map(({ period, from, to, partial }) =>
    from !== undefined && to !== undefined
      ? placeOf(range.zone, 'day', { period, from, to, partial: partial ?? false })
      : { tick: period, name: period },
  )
  return {
    calls: overview.totalCalls,
    tiles: [
      tileOf({
        id: 'calls',
        name: 'Calls',
        unit: 'count',
        now: { value: overview.totalCalls },
        behind: behindOf(range),
      }),
      tileOf({
        id: 'answered',
        name: 'Answered',
        unit: 'percent',
        now: { value: overview.answeredPercent, over: overview.totalCalls },
        behind: behindOf(range, { answered: true }),
        of: countedText(overview.answeredCalls, 'call'),
      }),
      tileOf({
        id: 'missed',
        name: 'Missed',
        unit: 'count',
        now: { value: overview.missedCalls },
        behind: behindOf(range, { missed: true }),
      }),
      tileOf({
        id: 'duration',
        name: 'Average call',
        unit: 'seconds',
        now: { value: overview.avgDuration, over: overview.timedCalls },
        behind: behindOf(range, { min_duration: 0 }),
      }),
      tileOf({
        id: 'conversion',
        name: 'Converted',
        unit: 'percent',
        now: { value: overview.conversionRate, over: overview.disposedCalls },
        behind: null,
        of: `of ${figureText('count', overview.disposedCalls)} with a disposition`,
      }),
      tileOf({
        id: 'sla',
        name: 'Follow-ups on time',
        unit: 'percent',
        now: { value: overview.slaCompliance, over: overview.dueFollowups },
        behind: null,
        of: `of ${figureText('count', overview.dueFollowups)} due`,
      }),
    ],
    charts: [
      answeredColumns(
        { id: 'daily', title: 'Answered and missed per day', span: 7, head: 'Day', places: days },
        trends.daily,
        ({ from, to }) => behindOf(range, {}, from !== undefined && to !== undefined ? { from, to } : range),
      ),
      answeredColumns(
        {
          id: 'hourly',
          title: 'By hour of the day',
          span: 5,
          head: 'Hour',
          places: trends.hourly.map(({ period }) => ({
            tick: period,
            name: `${period}:00 to ${String((Number(period) + 1) % 24).padStart(2, '0')}:00`,
          })),
        },
        trends.hourly,
        ({ period }) => behindOf(range, { hour: Number(period) }),
      ),
      {
        id: 'kinds',
        title: 'AI and people',
        note: tooFew,
        span: 12,
        head: ['Who', ...columns],
        rows: [agentRow(range, people.byKind.ai), agentRow(range, people.byKind.human)],
      },
      {
        id: 'people',
        title: 'Each person',
        note: tooFew,
        span: 12,
        head: ['Who', ...columns],
        rows: people.agents.filter(({ kind }) => kind === 'human').map((agent) => agentRow(range, agent)),
      },
    ],
  }
}
