import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnalyticsOverview, EscalationStatistics, QaStatistics } from '#contract/analytics.ts'
import { type CallsQuery, writeCallsQuery } from '#contract/call-link.ts'
import { requestStatuses } from '#contract/call-rules.ts'
import { behindOf } from '#contract/charts/behind.ts'
import { businessTable } from '#contract/charts/overview-sheet.ts'
import { ask } from '#tests/support/ask.ts'
import { type DrawnCompany, drawCompany } from '#tests/support/drawn-company.ts'
import { expectOverview, expectVolume } from './expect-figures.ts'
import { expectCallsPage, expectRequests } from './expect-people.ts'
import { expectMoods, expectQa } from './expect-quality.ts'
import { answer, queries } from './metrics-questions.ts'
import { naiveFigures } from './naive-figures.ts'

let company: DrawnCompany
beforeAll(async () => {
  company = await drawCompany()
}, 60_000)
afterAll(() => company.server.close())

describe.each(queries)('from $from to $to on the clocks of $zone by $interval', (asked) => {
  test('the overview is what counting the calls one by one gives', () => expectOverview(company, asked))

  test('every point of the volume holds the calls of its time, and the hours of the week those of the clocks', () =>
    expectVolume(company, asked))

  test('QA averages, bars, trend and issues are those of the scored calls', () => expectQa(company, asked))

  test('moods, their trend and what they go with are those of the calls', () => expectMoods(company, asked))

  test('requests for a person are counted with their reasons, what came of them and how long they took', () =>
    expectRequests(company, asked))

  test('the calls page counts the same calls, and tells the AI from people', () =>
    expectCallsPage(company, asked))
})

test('what is flagged, and why a person was asked for, opens the list with exactly those calls', async () => {
  const asked = queries[0]!
  const total = async (query: CallsQuery) =>
    (
      await ask<{ pagination: { total: number } }>(
        company.server.url,
        `GET /api/v1/calls?${writeCallsQuery(query)}`,
        {
          token: company.token,
        },
      )
    ).body.pagination.total
  const qa = await answer<QaStatistics>(company, 'qa', asked)
  expect(qa.top_issues.length).toBeGreaterThan(0)
  for (const { issue, count } of qa.top_issues)
    expect([issue, await total(behindOf(qa.range, { qa_issue: issue }))]).toEqual([issue, count])
  const escalations = await answer<EscalationStatistics>(company, 'escalations', asked)
  const own = company.within(escalations.range, asked)
  expect(escalations.by_trigger_type.length).toBeGreaterThan(0)
  for (const { trigger_type } of escalations.by_trigger_type) {
    const theirs = own.filter((one) =>
      one.escalations.some((request) => request.trigger_type === trigger_type),
    )
    expect([trigger_type, await total(behindOf(escalations.range, { trigger_type }))]).toEqual([
      trigger_type,
      theirs.length,
    ])
  }
  for (const request_status of requestStatuses) {
    const theirs = own.filter((one) => one.escalations.some(({ status }) => status === request_status))
    expect(await total(behindOf(escalations.range, { request_status }))).toBe(theirs.length)
  }
  const { range, by_business } = await answer<AnalyticsOverview>(company, 'overview', asked)
  expect(by_business.map(({ business_id }) => business_id)).toContain(null)
  for (const { behind, cells } of businessTable({ range, by_business }).rows)
    expect([behind, await total(behind as CallsQuery)]).toEqual([behind, Number(cells[0]?.text)])
  const answered = naiveFigures(own).answered_calls
  expect(await total(behindOf(qa.range, { answered: true }))).toBe(answered)
  expect(await total(behindOf(qa.range, { answered: false }))).toBe(own.length - answered)
})

test('the sums that are kept are those of all ended calls, after every change', async () => {
  const { rows } = await sql<{ grain: number; calls: number }>`select grain, sum(calls)::int as calls
    from call_cells where company_id = 'demo' group by grain`.execute(company.server.database.db)
  const ended = naiveFigures(company.calls).total_calls - naiveFigures(company.calls).active_calls
  expect(ended).toBeGreaterThan(200)
  expect(rows.map(({ calls: kept }) => kept)).toEqual([ended, ended, ended])
})
