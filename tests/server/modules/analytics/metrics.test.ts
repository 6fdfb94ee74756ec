import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  AnalyticsOverview,
  CallFigures,
  CallVolume,
  EscalationStatistics,
  QaStatistics,
  SentimentStatistics,
} from '#contract/analytics.ts'
import { type CallsQuery, writeCallsQuery } from '#contract/call-link.ts'
import { requestStatuses } from '#contract/call-rules.ts'
import { behindOf } from '#contract/charts/behind.ts'
import type { AgentsPerformance, CallsOverview, CallsTrends } from '#contract/calls-analytics.ts'
import type { Escalation } from '#contract/transcript.ts'
import { systemClock } from '#server/domain/clock.ts'
import type { CallState } from '#server/domain/call-state.ts'
import { ask } from '#tests/support/ask.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'
import {
  type RawCall,
  clockOf,
  mean,
  moodsOf,
  naiveFigures,
  nearly,
  pearson,
  rate,
  scoresOf,
} from './naive-figures.ts'
import { createDraw, drawCall } from './random-calls.ts'

const businesses = ['roofing', 'plumbing', 'heating']
const now = Date.parse('2026-11-21T12:00:00.000Z')
const seed = Number(process.env['METRICS_SEED'] ?? 20261121)

let server: TestServer
let token: string
let calls: RawCall[]

beforeAll(async () => {
  server = await startServer({ clock: { ...systemClock, now: () => now } })
  token = await server.token('manager')
  const draw = createDraw(seed)
  const drawn = Array.from({ length: 360 }, (_, n) => drawCall(draw, `drawn-${n}`, businesses))
  // What comes after the end comes in commits of its own, for it changes sums that are kept already.
  for (const part of ['facts', 'late'] as const)
    for (let n = 0; n < drawn.length; n += 60)
      await server.submit(drawn.slice(n, n + 60).flatMap((call) => call[part]))
  await server.submit(
    Array.from({ length: 9 }, (_, n) => drawCall(draw, `drawn-${n}`, []).facts).flat(),
    'acme',
  )
  calls = await rawCalls()
}, 60_000)
afterAll(() => server.close())

/** The calls as they are stored, without any sum. */
async function rawCalls(company = 'demo'): Promise<RawCall[]> {
  const { db } = server.database
  const states = await db.selectFrom('calls').select('state').where('company_id', '=', company).execute()
  const asked = await db
    .selectFrom('escalations')
    .select(['call_id', 'data'])
    .where('company_id', '=', company)
    .orderBy('id')
    .execute()
  return states.map(({ state }) => {
    const { call, qaScore } = state as CallState
    const escalations = asked
      .filter(({ call_id }) => call_id === call.id)
      .map(({ data }) => data as Escalation)
    return { call, qaScore, escalations }
  })
}

interface Asked {
  from: string
  to: string
  zone: string
  interval: string
  business?: string
  direction?: string
}
const queries: Asked[] = [
  { from: '2026-01-01', to: '2026-11-21', zone: 'America/Chicago', interval: 'day' },
  { from: '2026-11-01', to: '2026-11-01', zone: 'America/Chicago', interval: 'hour' },
  { from: '2026-03-07', to: '2026-03-09', zone: 'America/Chicago', interval: 'hour', direction: 'inbound' },
  {
    from: '2026-10-24T13:07:11.123Z',
    to: '2026-11-01T06:59:59.999Z',
    zone: 'Europe/Berlin',
    interval: 'day',
  },
  { from: '2026-03-02', to: '2026-11-15', zone: 'Europe/Berlin', interval: 'week', business: 'plumbing' },
  { from: '2026-10-31', to: '2026-11-02', zone: 'Asia/Kolkata', interval: 'hour' },
  { from: '2026-10-20', to: '2026-11-12', zone: 'Asia/Kathmandu', interval: 'day', direction: 'outbound' },
  { from: '2026-03-25', to: '2026-04-20', zone: 'Australia/Lord_Howe', interval: 'day' },
  { from: '2026-02-01', to: '2026-11-21', zone: 'America/Santiago', interval: 'month', business: 'roofing' },
]

const addressOf = (path: string, { from, to, zone, interval, business, direction }: Asked, more = '') => {
  const [first, last] =
    path.includes('/calls/') || path.includes('/agents/') ? ['from', 'to'] : ['from_date', 'to_date']
  return (
    `GET /api/v1/analytics/${path}?${first}=${from}&${last}=${to}&zone=${zone}&interval=${interval}${more}` +
    (business ? `&business_id=${business}` : '') +
    (direction ? `&direction=${direction}` : '')
  )
}
async function answer<B>(path: string, asked: Asked, more?: string): Promise<B> {
  const { status, body } = await ask<B>(server.url, addressOf(path, asked, more), { token })
  expect([status, body]).toEqual([200, body])
  return body
}

/** The calls of a span of time, both ends included, that the question is about. */
const within = ({ from, to }: { from: string; to: string }, { business, direction }: Asked) =>
  calls.filter(({ call }) => {
    const at = Date.parse(call.started_at)
    if (business !== undefined && call.business_id !== business) return false
    if (direction !== undefined && call.direction !== direction) return false
    return at >= Date.parse(from) && at <= Date.parse(to)
  })

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

describe.each(queries)('from $from to $to on the clocks of $zone by $interval', (asked) => {
  test('the overview is what counting the calls one by one gives', async () => {
    const said = await answer<AnalyticsOverview>('overview', asked, '&compare=weekday')
    const own = within(said.range, asked)
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
          ({ call: { duration_seconds: s } }) =>
            s !== undefined && s >= bar.min && s <= (bar.max ?? Infinity),
        ).length,
      )
    for (const bar of said.qa_score_deciles)
      expect(bar.count).toBe(
        scoresOf(own).filter((score) => score >= bar.min && score <= (bar.max ?? 1)).length,
      )
    if (!said.comparison) throw new Error('Nothing stands beside it.')
    expectFigures(said.comparison.figures, within(said.comparison, asked))
  })

  test('every point of the volume holds the calls of its time, and the hours of the week those of the clocks', async () => {
    const said = await answer<CallVolume>('call-volume', asked, '&compare=previous')
    const own = within(said.range, asked)
    for (const point of [...said.data, ...(said.comparison?.data ?? [])]) {
      const naive = naiveFigures(within(point, asked))
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
            ({ call }) =>
              clockOf(asked.zone, call.started_at)[unit] === clockOf(asked.zone, point.from)[unit],
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
  })

  test('QA averages, bars, trend and issues are those of the scored calls', async () => {
    const said = await answer<QaStatistics>('qa', asked)
    const own = within(said.range, asked)
    const scored = own.flatMap(({ call, qaScore }) =>
      qaScore && call.qa_score !== undefined ? [{ ...qaScore, call }] : [],
    )
    expect([said.scored_calls, said.total_calls]).toEqual([scored.length, own.length])
    for (const [name, member] of [
      ['overall', 'overall_score'],
      ['sentiment', 'sentiment_score'],
      ['compliance', 'compliance_score'],
      ['accuracy', 'accuracy_score'],
      ['professionalism', 'professionalism_score'],
    ] as const)
      expect([
        name,
        nearly(said.average_scores[name], mean(scored.map((score) => score[member])), 4),
      ]).toEqual([name, true])
    expect(said.bands).toEqual(naiveFigures(own).qa_score_distribution)
    for (const point of said.trends) {
      const scores = scoresOf(within(point, asked))
      expect(point.scored_calls).toBe(scores.length)
      expect(nearly(point.average_score, mean(scores), 4)).toBe(true)
    }
    const found = new Map<string, number>()
    for (const { compliance_issues, flagged_issues } of scored)
      for (const issue of new Set(
        [...compliance_issues, ...flagged_issues].map((text) => text.replace(/ \(\d+ times\)$/, '')),
      ))
        found.set(issue, (found.get(issue) ?? 0) + 1)
    expect(Object.fromEntries(said.top_issues.map(({ issue, count }) => [issue, count]))).toEqual(
      Object.fromEntries(found),
    )
  })

  test('moods, their trend and what they go with are those of the calls', async () => {
    const said = await answer<SentimentStatistics>('sentiment', asked)
    const own = within(said.range, asked)
    const naive = naiveFigures(own)
    expect(said.distribution).toEqual(naive.sentiment_distribution)
    expect(said.mood_calls).toBe(naive.mood_calls)
    expect(nearly(said.average_sentiment_score, naive.average_sentiment_score, 4)).toBe(true)
    for (const bar of said.score_distribution)
      expect(bar.count).toBe(moodsOf(own).filter((mood) => mood >= bar.min && mood <= (bar.max ?? 1)).length)
    for (const point of said.trends) {
      const there = naiveFigures(within(point, asked))
      expect(point).toMatchObject({ ...there.sentiment_distribution, mood_calls: there.mood_calls })
      expect(nearly(point.average_score, there.average_sentiment_score, 4)).toBe(true)
    }
    const mooded = own.flatMap(({ call }) =>
      call.sentiment_score === undefined ? [] : [{ call, mood: call.sentiment_score }],
    )
    const pairs = mooded.flatMap(({ call, mood }) =>
      call.qa_score === undefined ? [] : [[mood, call.qa_score] as const],
    )
    expect(said.correlation.qa_calls).toBe(pairs.length)
    expect(nearly(said.correlation.sentiment_vs_qa, pearson(pairs), 4)).toBe(true)
    const escalated = mooded.map(({ call, mood }) => [mood, call.escalation_status ? 1 : 0] as const)
    expect(nearly(said.correlation.sentiment_vs_escalation, pearson(escalated), 4)).toBe(true)
    for (const point of said.scatter)
      expect(own.find(({ call }) => call.id === point.call_id)?.call).toMatchObject({
        started_at: point.started_at,
        sentiment_score: point.sentiment_score,
        qa_score: point.qa_score,
      })
  })

  test('requests for a person are counted with their reasons, what came of them and how long they took', async () => {
    const said = await answer<EscalationStatistics>('escalations', asked, '&compare=previous')
    const own = within(said.range, asked)
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
      const there = within(point, asked)
      expect(point.escalation_count).toBe(there.flatMap(({ escalations }) => escalations).length)
      expect(nearly(point.escalation_rate, rate(point.escalated_calls, there.length), 2)).toBe(true)
    }
  })

  test('the calls page counts the same calls, and tells the AI from people', async () => {
    const overview = await answer<CallsOverview>('calls/overview', asked)
    const own = within(overview.range, asked)
    const naive = naiveFigures(own)
    expect(overview).toMatchObject({
      totalCalls: naive.total_calls,
      answeredCalls: naive.answered_calls,
      missedCalls: naive.missed_calls,
      timedCalls: naive.timed_calls,
    })
    const trends = await answer<CallsTrends>('calls/trends', asked)
    expect(trends.daily.reduce((sum, { total }) => sum + total, 0)).toBe(own.length)
    for (const { period, total, missed } of trends.hourly) {
      const there = own.filter(({ call }) => clockOf(asked.zone, call.started_at).hour === Number(period))
      expect([period, total, missed]).toEqual([period, there.length, naiveFigures(there).missed_calls])
    }
    const { agents, byKind } = await answer<AgentsPerformance>('agents/performance', asked)
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
  })
})

test('what is flagged, and why a person was asked for, opens the list with exactly those calls', async () => {
  const asked = queries[0]!
  const total = async (query: CallsQuery) =>
    (
      await ask<{ pagination: { total: number } }>(
        server.url,
        `GET /api/v1/calls?${writeCallsQuery(query)}`,
        {
          token,
        },
      )
    ).body.pagination.total
  const qa = await answer<QaStatistics>('qa', asked)
  expect(qa.top_issues.length).toBeGreaterThan(0)
  for (const { issue, count } of qa.top_issues)
    expect([issue, await total(behindOf(qa.range, { qa_issue: issue }))]).toEqual([issue, count])
  const escalations = await answer<EscalationStatistics>('escalations', asked)
  const own = within(escalations.range, asked)
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
  const answered = naiveFigures(own).answered_calls
  expect(await total(behindOf(qa.range, { answered: true }))).toBe(answered)
  expect(await total(behindOf(qa.range, { answered: false }))).toBe(own.length - answered)
})

test('the sums that are kept are those of all ended calls, after every change', async () => {
  const { rows } = await sql<{ grain: number; calls: number }>`select grain, sum(calls)::int as calls
    from call_cells where company_id = 'demo' group by grain`.execute(server.database.db)
  const ended = naiveFigures(calls).total_calls - naiveFigures(calls).active_calls
  expect(ended).toBeGreaterThan(200)
  expect(rows.map(({ calls: kept }) => kept)).toEqual([ended, ended, ended])
})
