// Quality: averages of the five scores, how they are spread, where they go, what is wrong most.
import type { QaStatistics } from '#contract/analytics.ts'
import { behindOf } from '#contract/charts/behind.ts'
import type { Sheet } from '#contract/charts/chart.ts'
import { leastQa, qaColumns } from '#contract/charts/distribution-charts.ts'
import { figureText, leastCalls, tooFew } from '#contract/charts/figure-text.ts'
import { ranksOf, tileOf, trendOf } from '#contract/charts/sheet-parts.ts'

const scores = [
  ['overall', 'Overall'],
  ['sentiment', 'Sentiment'],
  ['compliance', 'Compliance'],
  ['accuracy', 'Accuracy'],
  ['professionalism', 'Professionalism'],
] as const

/** The whole page. */
export function qaSheet(qa: QaStatistics): Sheet {
  const { range, comparison, bands } = qa
  // The ends of the tenths are those of the list's filter: no score lies between two bands.
  const endOf = (tenth: number) => qa.score_distribution[tenth]?.max ?? (tenth + 1) / 10
  const band = (name: string, count: number, min: number, max: number) => ({
    name,
    count,
    behind: behindOf(range, { min_qa_score: min, max_qa_score: max }),
    ink: min < leastQa ? ('attention' as const) : ('first' as const),
  })
  return {
    calls: qa.scored_calls,
    ...(qa.total_calls > 0 ? { none: 'No scored calls in this period.' } : {}),
    tiles: scores.map(([id, name]) =>
      tileOf({
        id,
        name,
        unit: 'score',
        now: { value: qa.average_scores[id], over: qa.scored_calls },
        before: comparison && { value: comparison.average_scores[id], over: comparison.scored_calls },
        behind: behindOf(range, { min_qa_score: 0 }),
        ...(id === 'overall' ? { of: `of ${figureText('count', qa.scored_calls)} scored` } : {}),
      }),
    ),
    charts: [
      trendOf({
        id: 'qa-trend',
        title: 'QA average',
        span: 8,
        form: 'lines',
        unit: 'score',
        range,
        data: qa.trends,
        lines: [
          {
            name: 'QA',
            ink: 'first',
            read: ({ average_score, scored_calls }) => ({ value: average_score, over: scored_calls }),
            behind: { min_qa_score: 0 },
          },
        ],
        earlier: comparison && {
          ...comparison,
          data: comparison.trends,
          read: ({ average_score, scored_calls }) => ({ value: average_score, over: scored_calls }),
          behind: { min_qa_score: 0 },
        },
        more: { from: 0, to: 1, limit: { value: leastQa, text: `good from ${leastQa}` } },
      }),
      ranksOf({ id: 'bands', title: 'Bands', span: 4, head: 'Band', column: 'Calls' }, [
        band('Excellent, from 0.8', bands.excellent, 0.8, 1),
        band('Good, from 0.6', bands.good, 0.6, endOf(7)),
        band('Fair, from 0.4', bands.fair, 0.4, endOf(5)),
        band('Poor, below 0.4', bands.poor, 0, endOf(3)),
      ]),
      qaColumns(range, qa.score_distribution, 6),
      ranksOf(
        {
          id: 'issues',
          title: 'Top issues',
          note: qa.scored_calls < leastCalls ? tooFew : 'calls with it',
          span: 6,
          head: 'Issue',
          column: 'Calls',
        },
        qa.top_issues.slice(0, 10).map(({ issue, count }) => ({
          name: issue,
          count,
          behind: behindOf(range, { qa_issue: issue }),
        })),
      ),
    ],
  }
}
