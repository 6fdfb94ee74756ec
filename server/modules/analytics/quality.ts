// QA and mood: averages, distributions, trends, issues, correlations and the calls of the scatter.
import { sql } from 'kysely'
import type { QaStatistics, ScatterPoint, SentimentStatistics } from '#contract/analytics.ts'
import type { Db } from '#server/db/database.ts'
import { ofBusiness } from '#server/db/of-business.ts'
import {
  type Asked,
  iso,
  presentPeriod,
  presentRange,
  presentSpan,
} from '#server/modules/analytics/asked-range.ts'
import {
  type Sums,
  addUp,
  bandsOf,
  barNames,
  correlation,
  meanScore,
  moodsOf,
  percent,
  scoreBars,
  sumOf,
} from '#server/modules/analytics/figures.ts'
import { type Point, readPoints, readTallies } from '#server/modules/analytics/points.ts'

const qaSums = [
  'calls',
  'scored',
  'score',
  'qa_sentiment',
  'qa_compliance',
  'qa_accuracy',
  'qa_professionalism',
  ...barNames.qa,
]
const issuesShown = 20

const sumsOfPoints = (points: readonly Point[], names: readonly string[]) =>
  addUp(
    points.map(({ sums }) => sums),
    names,
  )

const averagesOf = (sums: Sums) => {
  const mean = (name: string) => meanScore(sumOf(sums, name), sumOf(sums, 'scored'))
  return {
    overall: mean('score'),
    sentiment: mean('qa_sentiment'),
    compliance: mean('qa_compliance'),
    accuracy: mean('qa_accuracy'),
    professionalism: mean('qa_professionalism'),
  }
}

/** Answers QA. */
export async function readQa(db: Db, asked: Asked): Promise<QaStatistics> {
  const { points, earlier } = await readPoints(db, asked, qaSums)
  const span = { from: asked.from, until: asked.to + 1, key: 0 }
  const issues = await readTallies(db, asked, { sums: ['calls'], kinds: ['issue'], spans: [span] })
  const all = sumsOfPoints(points, qaSums)
  const trend = ({ bucket, sums }: Point) => ({
    ...presentPeriod(asked, bucket),
    average_score: meanScore(sumOf(sums, 'score'), sumOf(sums, 'scored')),
    scored_calls: sumOf(sums, 'scored'),
  })
  const before = earlier && sumsOfPoints(earlier, qaSums)
  return {
    average_scores: averagesOf(all),
    score_distribution: scoreBars(all, barNames.qa),
    trends: points.map(trend),
    top_issues: issues
      .map((row) => ({ issue: row.name, count: sumOf(row, 'calls') }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.issue < b.issue ? -1 : 1))
      .slice(0, issuesShown)
      .map((row) => ({ ...row, percentage: percent(row.count, sumOf(all, 'scored')) })),
    range: presentRange(asked),
    scored_calls: sumOf(all, 'scored'),
    total_calls: sumOf(all, 'calls'),
    bands: bandsOf(all),
    ...(earlier && before && asked.earlier
      ? {
          comparison: {
            ...presentSpan(asked.earlier),
            average_scores: averagesOf(before),
            scored_calls: sumOf(before, 'scored'),
            trends: earlier.map(trend),
          },
        }
      : {}),
  }
}

const moodSums = [
  'mooded',
  'mood',
  'positive',
  'neutral',
  'negative',
  'pairs',
  'pair_m',
  'pair_q',
  'pair_mm',
  'pair_qq',
  'pair_mq',
  'mood_m',
  'mood_mm',
  'mood_escalated',
  'mood_escalated_m',
  ...barNames.mood,
]

/** Answers mood. */
export async function readSentiment(db: Db, asked: Asked): Promise<SentimentStatistics> {
  const { points, earlier } = await readPoints(db, asked, moodSums)
  const all = sumsOfPoints(points, moodSums)
  const before = earlier && sumsOfPoints(earlier, moodSums)
  const of = (name: string) => sumOf(all, name)
  const trend = ({ bucket, sums }: Point) => ({
    ...presentPeriod(asked, bucket),
    ...moodsOf(sums),
    average_score: meanScore(sumOf(sums, 'mood'), sumOf(sums, 'mooded')),
    mood_calls: sumOf(sums, 'mooded'),
  })
  return {
    distribution: moodsOf(all),
    average_sentiment_score: meanScore(of('mood'), of('mooded')),
    trends: points.map(trend),
    correlation: {
      sentiment_vs_qa: correlation({
        n: of('pairs'),
        x: of('pair_m'),
        y: of('pair_q'),
        xx: of('pair_mm'),
        yy: of('pair_qq'),
        xy: of('pair_mq'),
      }),
      sentiment_vs_escalation: correlation({
        n: of('mooded'),
        x: of('mood_m'),
        y: of('mood_escalated'),
        xx: of('mood_mm'),
        yy: of('mood_escalated'),
        xy: of('mood_escalated_m'),
      }),
      qa_calls: of('pairs'),
      mood_calls: of('mooded'),
      escalated_mood_calls: of('mood_escalated'),
    },
    range: presentRange(asked),
    mood_calls: of('mooded'),
    score_distribution: scoreBars(all, barNames.mood),
    scatter: await readScatter(db, asked),
    ...(earlier && before && asked.earlier
      ? {
          comparison: {
            ...presentSpan(asked.earlier),
            distribution: moodsOf(before),
            average_sentiment_score: meanScore(sumOf(before, 'mood'), sumOf(before, 'mooded')),
            mood_calls: sumOf(before, 'mooded'),
            trends: earlier.map(trend),
          },
        }
      : {}),
  }
}

const scatterCalls = 400
const minuteMs = 60_000

/**
 * The first ended call with both scores in each of up to 400 equal stretches of time. The stretches begin at multiples of
 * their length, so that an hour later nearly all of them, and their calls, are the same.
 */
async function readScatter(db: Db, asked: Asked): Promise<ScatterPoint[]> {
  const { companyId, businessId, direction, from, to } = asked
  let step = minuteMs
  while ((to - from) / step > scatterCalls - 2) step *= 2
  const first = Math.floor(from / step) * step
  const starts = Array.from(
    { length: Math.floor((to - first) / step) + 1 },
    (_, index) => first + index * step,
  )
  const { rows } = await sql<{ id: string; at: Date; mood: number; qa: number; escalated: boolean }>`
    select s.* from unnest(${starts.map((at) => iso(Math.max(at, from)))}::text[]::timestamptz[],
      ${starts.map((at) => iso(Math.min(at + step, to + 1)))}::text[]::timestamptz[]) as p(since, until)
    cross join lateral (
      select r.id, r.started_at as at, r.sentiment_score as mood, r.qa_score as qa,
        r.escalation_status is not null as escalated
      from call_history r where r.company_id = ${companyId} and r.started_at >= p.since and r.started_at < p.until
        and r.sentiment_score is not null and r.qa_score is not null
        ${businessId === undefined ? sql`` : sql`and ${ofBusiness('r.business_id', businessId)}`}
        ${direction === undefined ? sql`` : sql`and r.direction = ${direction}`}
      order by r.started_at, r.id collate "C" limit 1) s order by s.at, s.id collate "C"`.execute(db)
  return rows.map(({ id, at, mood, qa, escalated }) => ({
    call_id: id,
    started_at: at.toISOString(),
    sentiment_score: mood,
    qa_score: qa,
    escalated,
  }))
}
