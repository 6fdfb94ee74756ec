// Requests for a person: why, what came of them, how long it took, over time.
import type { EscalationStatistics } from '#contract/analytics.ts'
import type { Db } from '#server/db/database.ts'
import {
  type Asked,
  presentPeriod,
  presentRange,
  presentSpan,
  wholeSpans,
} from '#server/modules/analytics/asked-range.ts'
import { type Sums, addUp, meanSeconds, percent, sumOf } from '#server/modules/analytics/figures.ts'
import { type Point, readPoints, readTallies } from '#server/modules/analytics/points.ts'

type Tally = Sums & { name: string; status: string }

function figuresOf(points: readonly Point[], tallies: readonly Tally[]) {
  const calls = addUp(
    points.map(({ sums }) => sums),
    ['calls', 'escalated'],
  )
  const requests = addUp(tallies, ['calls', 'timed', 'duration_ms'])
  const withStatus = (status: string) =>
    addUp(
      tallies.filter((row) => row.status === status),
      ['calls'],
    )['calls'] ?? 0
  return {
    total_escalations: sumOf(requests, 'calls'),
    escalation_rate: percent(sumOf(calls, 'escalated'), sumOf(calls, 'calls')),
    escalated_calls: sumOf(calls, 'escalated'),
    total_calls: sumOf(calls, 'calls'),
    by_status: {
      pending: withStatus('pending'),
      in_progress: withStatus('in_progress'),
      completed: withStatus('completed'),
      cancelled: withStatus('cancelled'),
    },
    average_resolution_time: meanSeconds(sumOf(requests, 'duration_ms'), sumOf(requests, 'timed')),
    resolved_escalations: sumOf(requests, 'timed'),
  }
}

/** Answers escalations. */
export async function readEscalations(db: Db, asked: Asked): Promise<EscalationStatistics> {
  const { points, earlier } = await readPoints(db, asked, ['calls', 'escalated', 'requests'])
  const rows = await readTallies(db, asked, {
    sums: ['calls', 'timed', 'duration_ms'],
    kinds: ['request'],
    spans: wholeSpans(asked),
  })
  const of = (key: number) => rows.filter((row) => Number(row['key']) === key) as unknown as Tally[]
  const byTrigger = new Map<string, number>()
  for (const row of of(0)) byTrigger.set(row.name, (byTrigger.get(row.name) ?? 0) + sumOf(row, 'calls'))
  const figures = figuresOf(points, of(0))
  const trend = ({ bucket, sums }: Point) => ({
    ...presentPeriod(asked, bucket),
    escalation_count: sumOf(sums, 'requests'),
    escalation_rate: percent(sumOf(sums, 'escalated'), sumOf(sums, 'calls')),
    escalated_calls: sumOf(sums, 'escalated'),
    total_calls: sumOf(sums, 'calls'),
  })
  return {
    ...figures,
    by_trigger_type: [...byTrigger]
      .filter(([, count]) => count > 0)
      .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
      .map(([trigger_type, count]) => ({
        trigger_type,
        count,
        percentage: percent(count, figures.total_escalations),
      })),
    trends: points.map(trend),
    range: presentRange(asked),
    ...(earlier && asked.earlier
      ? {
          comparison: {
            ...presentSpan(asked.earlier),
            figures: figuresOf(earlier, of(1)),
            trends: earlier.map(trend),
          },
        }
      : {}),
  }
}
