// QA and moods beside the same figures counted one by one.
import { expect } from 'vitest'
import type { QaStatistics, SentimentStatistics } from '#contract/analytics.ts'
import type { DrawnCompany } from '#tests/support/drawn-company.ts'
import { type Asked, answer } from './metrics-questions.ts'
import { mean, moodsOf, naiveFigures, nearly, pearson, scoresOf } from './naive-figures.ts'

/** Averages, bars, trend and issues. */
export async function expectQa(company: DrawnCompany, asked: Asked): Promise<void> {
  const said = await answer<QaStatistics>(company, 'qa', asked)
  const own = company.within(said.range, asked)
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
    expect([name, nearly(said.average_scores[name], mean(scored.map((score) => score[member])), 4)]).toEqual([
      name,
      true,
    ])
  expect(said.bands).toEqual(naiveFigures(own).qa_score_distribution)
  for (const point of said.trends) {
    const scores = scoresOf(company.within(point, asked))
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
}

/** How moods are spread, how they move, what they go with. */
export async function expectMoods(company: DrawnCompany, asked: Asked): Promise<void> {
  const said = await answer<SentimentStatistics>(company, 'sentiment', asked)
  const own = company.within(said.range, asked)
  const naive = naiveFigures(own)
  expect(said.distribution).toEqual(naive.sentiment_distribution)
  expect(said.mood_calls).toBe(naive.mood_calls)
  expect(nearly(said.average_sentiment_score, naive.average_sentiment_score, 4)).toBe(true)
  for (const bar of said.score_distribution)
    expect(bar.count).toBe(moodsOf(own).filter((mood) => mood >= bar.min && mood <= (bar.max ?? 1)).length)
  for (const point of said.trends) {
    const there = naiveFigures(company.within(point, asked))
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
}
