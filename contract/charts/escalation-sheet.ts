// Escalations: how many, why, and how soon they were settled.
import type { EscalationStatistics, EscalationTrendPoint } from '#contract/analytics.ts'
import { behindOf } from '#contract/charts/behind.ts'
import type { Sheet } from '#contract/charts/chart.ts'
import { countedText, figureText, tooFew } from '#contract/charts/figure-text.ts'
import { ranksOf, tileOf, trendOf } from '#contract/charts/sheet-parts.ts'

const triggerNames: Readonly<Record<string, string>> = {
  asked_for_human: 'Asked for a person',
  sentiment: 'Mood fell',
  keyword: 'A word was said',
  low_qa_score: 'Low QA score',
  manual: 'By a supervisor',
}

/** `tool_failed` → `Tool failed`, where no better words are known. */
export function triggerText(type: string): string {
  const words = triggerNames[type] ?? type.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The whole page. */
export function escalationSheet(answer: EscalationStatistics): Sheet {
  const { range, comparison, by_status } = answer
  const escalated = { escalated: true }
  const calls = ({ escalated_calls }: EscalationTrendPoint) => ({ value: escalated_calls })
  const rate = ({ escalation_rate, total_calls }: EscalationTrendPoint) => ({
    value: escalation_rate,
    over: total_calls,
  })
  const before = comparison?.figures
  return {
    calls: answer.total_calls,
    tiles: [
      tileOf({
        id: 'escalated',
        name: 'Escalated calls',
        unit: 'count',
        now: { value: answer.escalated_calls },
        before: before && { value: before.escalated_calls },
        behind: behindOf(range, escalated),
        of: countedText(answer.total_escalations, 'request'),
      }),
      tileOf({
        id: 'rate',
        name: 'Escalation rate',
        unit: 'percent',
        now: { value: answer.escalation_rate, over: answer.total_calls },
        before: before && { value: before.escalation_rate, over: before.total_calls },
        behind: behindOf(range, escalated),
        of: `of ${countedText(answer.total_calls, 'call')}`,
      }),
      tileOf({
        id: 'resolution',
        name: 'Average time to settle',
        unit: 'seconds',
        now: { value: answer.average_resolution_time, over: answer.resolved_escalations },
        before: before && { value: before.average_resolution_time, over: before.resolved_escalations },
        behind: behindOf(range, { escalation_status: 'completed' }),
        of: `${figureText('count', answer.resolved_escalations)} settled`,
      }),
      tileOf({
        id: 'waiting',
        name: 'Waiting now',
        unit: 'count',
        now: { value: by_status.pending },
        behind: behindOf(range, { escalation_status: 'pending' }),
      }),
    ],
    charts: [
      trendOf({
        id: 'escalated',
        title: 'Escalated calls',
        span: 6,
        form: 'columns',
        unit: 'count',
        range,
        data: answer.trends,
        lines: [{ name: 'Escalated', ink: 'first', read: calls, behind: escalated }],
        earlier: comparison && { ...comparison, data: comparison.trends, read: calls, behind: escalated },
      }),
      trendOf({
        id: 'rate',
        title: 'Escalation rate',
        note: tooFew,
        span: 6,
        form: 'lines',
        unit: 'percent',
        range,
        data: answer.trends,
        lines: [{ name: 'Rate', ink: 'first', read: rate, behind: escalated }],
        earlier: comparison && { ...comparison, data: comparison.trends, read: rate, behind: escalated },
      }),
      ranksOf(
        {
          id: 'triggers',
          title: 'Why',
          note: 'requests for a person',
          span: 6,
          head: 'Reason',
          column: 'Requests',
        },
        answer.by_trigger_type.map(({ trigger_type, count }) => ({
          name: triggerText(trigger_type),
          count,
          behind: behindOf(range, { trigger_type }),
        })),
      ),
      ranksOf(
        {
          id: 'states',
          title: 'What became of them',
          note: 'requests for a person',
          span: 6,
          head: 'State',
          column: 'Requests',
        },
        [
          {
            name: 'Completed',
            count: by_status.completed,
            behind: behindOf(range, { request_status: 'completed' }),
          },
          {
            name: 'With a person',
            count: by_status.in_progress,
            behind: behindOf(range, { request_status: 'in_progress' }),
          },
          {
            name: 'Waiting',
            count: by_status.pending,
            behind: behindOf(range, { request_status: 'pending' }),
            ink: 'attention',
          },
          {
            name: 'Cancelled',
            count: by_status.cancelled,
            behind: behindOf(range, { request_status: 'cancelled' }),
            ink: 'plain',
          },
        ],
      ),
    ],
  }
}
