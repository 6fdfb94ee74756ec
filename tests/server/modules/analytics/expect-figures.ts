// The overview and the volume beside the same figures counted one by one.
import { expect } from 'vitest'
import type { AnalyticsOverview, CallFigures, CallVolume } from '#contract/analytics.ts'
import type { DrawnCompany, RawCall } from '#tests/support/drawn-company.ts'
import { type Asked, answer } from './metrics-questions.ts'
import { clockOf, naiveFigures, nearly, scoresOf } from './naive-figures.ts'

const means = {
  average_qa_score: 4,
  average_sentiment_score: 4,
  average_call_duration: 1,
  escalation_rate: 2,
} as const

function expectFigures(said: CallFigures, own: readonly RawCall[]): void {
  const counted: CallFigures = { ...naiveFigures(own) }
  for (const [name, digits] of Object.entries(means) as [keyof typeof means, number][]) {
    expect([name, nearly(said[name], counted[name], digits)]).toEqual([name, true])
    counted[name] = said[name]
  }
  expect(said).toMatchObject(counted)
}

/** Figures, businesses, bars, and the range beside it. */
export async function expectOverview(company: DrawnCompany, asked: Asked): Promise<void> {
  const said = await answer<AnalyticsOverview>(company, 'overview', asked, '&compare=weekday')
  const own = company.within(said.range, asked)
  expectFigures(said, own)
  for (const row of said.by_business)
    expectFigures(
      row,
      own.filter(({ call }) => (call.business_id ?? null) === row.business_id),
    )
  expect(said.by_business.reduce((sum, row) => sum + row.total_calls, 0)).toBe(own.length)
  for (const bar of said.duration_distribution)
    expect(bar.count).toBe(
      own.filter(
        ({ call: { duration_seconds: s } }) => s !== undefined && s >= bar.min && s <= (bar.max ?? Infinity),
      ).length,
    )
  for (const bar of said.qa_score_deciles)
    expect(bar.count).toBe(
      scoresOf(own).filter((score) => score >= bar.min && score <= (bar.max ?? 1)).length,
    )
  if (!said.comparison) throw new Error('Nothing stands beside it.')
  expectFigures(said.comparison.figures, company.within(said.comparison, asked))
}

/** Points over time, and the hours of the week. */
export async function expectVolume(company: DrawnCompany, asked: Asked): Promise<void> {
  const said = await answer<CallVolume>(company, 'call-volume', asked, '&compare=previous')
  const own = company.within(said.range, asked)
  for (const point of [...said.data, ...(said.comparison?.data ?? [])]) {
    const naive = naiveFigures(company.within(point, asked))
    expect(point).toMatchObject({
      total_calls: naive.total_calls,
      inbound_calls: naive.inbound_calls,
      outbound_calls: naive.outbound_calls,
      completed_calls: naive.completed_calls,
      escalated_calls: naive.escalated_calls,
      failed_calls: naive.failed_calls,
      missed_calls: naive.missed_calls,
      answered_calls: naive.answered_calls,
      active_calls: naive.active_calls,
    })
  }
  expect(said.data.reduce((sum, point) => sum + point.total_calls, 0)).toBe(own.length)
  // All calls that the clocks put on the same day (or month) are in points that say so.
  const unit = asked.interval === 'month' ? 'month' : 'date'
  if (asked.interval === 'day' || asked.interval === 'month')
    for (const point of said.data)
      expect(point.total_calls).toBe(
        own.filter(
          ({ call }) => clockOf(asked.zone, call.started_at)[unit] === clockOf(asked.zone, point.from)[unit],
        ).length,
      )
  const week = Array.from({ length: 168 }, () => 0)
  for (const { call } of own) {
    const { weekday, hour } = clockOf(asked.zone, call.started_at)
    const index = (weekday - 1) * 24 + hour
    week[index] = (week[index] ?? 0) + 1
  }
  expect(said.heatmap.map(({ total_calls }) => total_calls)).toEqual(week)
  expect(said.heatmap.map(({ weekday, hour }) => (weekday - 1) * 24 + hour)).toEqual([...week.keys()])
  const hours = (Date.parse(said.range.to) + 1 - Date.parse(said.range.from)) / 3_600_000
  expect(said.heatmap.reduce((sum, cell) => sum + cell.hours, 0)).toBeCloseTo(hours, 0)
}
