// Requests for a person, and what people and the AI did, beside the same figures counted one by one.
import { expect } from 'vitest'
import type { EscalationStatistics } from '#contract/analytics.ts'
import type { AgentsPerformance, CallsOverview, CallsTrends } from '#contract/calls-analytics.ts'
import type { DrawnCompany } from '#tests/support/drawn-company.ts'
import { type Asked, answer } from './metrics-questions.ts'
import { clockOf, mean, naiveFigures, nearly, rate } from './naive-figures.ts'

/** Reasons, outcomes and times. */
export async function expectRequests(company: DrawnCompany, asked: Asked): Promise<void> {
  const said = await answer<EscalationStatistics>(company, 'escalations', asked, '&compare=previous')
  const own = company.within(said.range, asked)
  const requests = own.flatMap(({ escalations }) => escalations)
  const completed = requests.filter(({ status }) => status === 'completed')
  expect(said).toMatchObject({
    total_escalations: requests.length,
    total_calls: own.length,
    escalated_calls: naiveFigures(own).escalated_calls,
    resolved_escalations: completed.length,
  })
  for (const [status, count] of Object.entries(said.by_status))
    expect([status, count]).toEqual([status, requests.filter((one) => one.status === status).length])
  const seconds = completed.map(
    ({ requested_at, completed_at }) => (Date.parse(completed_at ?? '') - Date.parse(requested_at)) / 1000,
  )
  expect(nearly(said.average_resolution_time, mean(seconds), 1)).toBe(true)
  for (const { trigger_type, count } of said.by_trigger_type)
    expect(count).toBe(requests.filter((one) => one.trigger_type === trigger_type).length)
  for (const point of [...said.trends, ...(said.comparison?.trends ?? [])]) {
    const there = company.within(point, asked)
    expect(point.escalation_count).toBe(there.flatMap(({ escalations }) => escalations).length)
    expect(nearly(point.escalation_rate, rate(point.escalated_calls, there.length), 2)).toBe(true)
  }
}

/** The page of calls: totals, hours, agents. */
export async function expectCallsPage(company: DrawnCompany, asked: Asked): Promise<void> {
  const overview = await answer<CallsOverview>(company, 'calls/overview', asked)
  const own = company.within(overview.range, asked)
  const naive = naiveFigures(own)
  expect(overview).toMatchObject({
    totalCalls: naive.total_calls,
    answeredCalls: naive.answered_calls,
    missedCalls: naive.missed_calls,
    timedCalls: naive.timed_calls,
  })
  const trends = await answer<CallsTrends>(company, 'calls/trends', asked)
  expect(trends.daily.reduce((sum, { total }) => sum + total, 0)).toBe(own.length)
  for (const { period, total, missed } of trends.hourly) {
    const there = own.filter(({ call }) => clockOf(asked.zone, call.started_at).hour === Number(period))
    expect([period, total, missed]).toEqual([period, there.length, naiveFigures(there).missed_calls])
  }
  const { agents, byKind } = await answer<AgentsPerformance>(company, 'agents/performance', asked)
  expect([byKind.ai.callsHandled, byKind.human.callsHandled]).toEqual([naive.ai_calls, naive.human_calls])
  const assigned = own.filter(({ call }) => call.assigned_agent)
  expect(agents.reduce((sum, { callsHandled }) => sum + callsHandled, 0)).toBe(assigned.length)
  for (const row of agents) {
    const theirs = naiveFigures(own.filter(({ call }) => call.assigned_agent?.id === row.agentId))
    expect(row).toMatchObject({
      callsHandled: theirs.total_calls,
      escalations: theirs.escalated_calls,
      timedCalls: theirs.timed_calls,
      scoredCalls: theirs.scored_calls,
      failedCalls: theirs.failed_calls,
    })
    expect(nearly(row.avgDuration, theirs.average_call_duration, 1)).toBe(true)
    expect(nearly(row.avgQaScore ?? 0, theirs.average_qa_score, 4)).toBe(true)
  }
}
