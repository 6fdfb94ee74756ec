// From sums to the numbers of answers: averages, rates, distributions, correlations, each rounded in one way.
import type { CallFigures, DistributionBar } from '#contract/analytics.ts'
import { durationEdges } from '#server/db/call-sums.ts'

/** Sums by name; what is not there is 0. */
export type Sums = Readonly<Record<string, number>>

export const sumOf = (sums: Sums | undefined, name: string): number => sums?.[name] ?? 0

/** All rows together. */
export function addUp(rows: readonly Sums[], names: readonly string[]): Sums {
  const all: Record<string, number> = {}
  for (const name of names) all[name] = rows.reduce((sum, row) => sum + sumOf(row, name), 0)
  return all
}

/** `part` of `whole` in per cent, two digits; 0 of nothing. */
export const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100

/** Mean of a score whose sum is in millionths, four digits; 0 of nothing. */
export const meanScore = (sum: number, calls: number): number =>
  calls === 0 ? 0 : Math.round(sum / calls / 100) / 10_000

/** Mean of a sum of ms in seconds, one digit; 0 of nothing. */
export const meanSeconds = (ms: number, calls: number): number =>
  calls === 0 ? 0 : Math.round(ms / calls / 100) / 10

const tenNames = (prefix: string) => Array.from({ length: 10 }, (_, index) => `${prefix}${index}`)

export const barNames = { duration: tenNames('d'), qa: tenNames('q'), mood: tenNames('m') } as const

/** Sums that `presentFigures` reads. */
export const figureSums = [
  'calls',
  'live',
  'completed',
  'failed',
  'escalated',
  'inbound',
  'missed',
  'answered',
  'ai',
  'human',
  'timed',
  'duration_ms',
  'scored',
  'score',
  'mooded',
  'mood',
  'positive',
  'neutral',
  'negative',
  ...barNames.qa,
] as const

/** Counts of the QA bands, from the ten bars. */
export function bandsOf(sums: Sums) {
  const bars = (...indexes: number[]) => indexes.reduce((all, index) => all + sumOf(sums, `q${index}`), 0)
  return { excellent: bars(8, 9), good: bars(6, 7), fair: bars(4, 5), poor: bars(0, 1, 2, 3) }
}

export const moodsOf = (sums: Sums) => ({
  positive: sumOf(sums, 'positive'),
  neutral: sumOf(sums, 'neutral'),
  negative: sumOf(sums, 'negative'),
})

/** The figures of calls. */
export function presentFigures(sums: Sums): CallFigures {
  const of = (name: (typeof figureSums)[number]) => sumOf(sums, name)
  return {
    total_calls: of('calls'),
    active_calls: of('live'),
    completed_calls: of('completed'),
    failed_calls: of('failed'),
    escalated_calls: of('escalated'),
    average_qa_score: meanScore(of('score'), of('scored')),
    average_call_duration: meanSeconds(of('duration_ms'), of('timed')),
    escalation_rate: percent(of('escalated'), of('calls')),
    sentiment_distribution: moodsOf(sums),
    qa_score_distribution: bandsOf(sums),
    inbound_calls: of('inbound'),
    outbound_calls: of('calls') - of('inbound'),
    missed_calls: of('missed'),
    answered_calls: of('answered'),
    ai_calls: of('ai'),
    human_calls: of('human'),
    scored_calls: of('scored'),
    timed_calls: of('timed'),
    mood_calls: of('mooded'),
    average_sentiment_score: meanScore(of('mood'), of('mooded')),
    total_duration: Math.round(of('duration_ms') / 1000),
  }
}

/** The number just below a positive one: a bar ends there, and the next begins. */
function justBelow(value: number): number {
  const bits = new BigInt64Array(new Float64Array([value]).buffer)
  bits[0] = (bits[0] ?? 1n) - 1n
  return new Float64Array(bits.buffer)[0] ?? value
}

/** Bars of scores: tenths, the last with 1. */
export function scoreBars(sums: Sums, names: readonly string[]): DistributionBar[] {
  const all = names.reduce((count, name) => count + sumOf(sums, name), 0)
  return names.map((name, index) => ({
    range: `${(index / 10).toFixed(1)}-${((index + 1) / 10).toFixed(1)}`,
    count: sumOf(sums, name),
    percentage: percent(sumOf(sums, name), all),
    min: index / 10,
    max: index === 9 ? 1 : justBelow((index + 1) / 10),
  }))
}

/** Bars of durations; they are whole seconds. */
export function durationBars(sums: Sums): DistributionBar[] {
  const all = barNames.duration.reduce((count, name) => count + sumOf(sums, name), 0)
  return barNames.duration.map((name, index) => {
    const [min = 0, next] = [durationEdges[index], durationEdges[index + 1]]
    return {
      range: `${min}-${next ?? ''}`,
      count: sumOf(sums, name),
      percentage: percent(sumOf(sums, name), all),
      min,
      ...(next === undefined ? {} : { max: next - 1 }),
    }
  })
}

/** Pearson's coefficient out of whole sums, four digits; 0 where one of the two does not vary. */
export function correlation(of: {
  n: number
  x: number
  y: number
  xx: number
  yy: number
  xy: number
}): number {
  const [n, x, y, xx, yy, xy] = [of.n, of.x, of.y, of.xx, of.yy, of.xy].map(BigInt) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ]
  const spread = Math.sqrt(Number(n * xx - x * x)) * Math.sqrt(Number(n * yy - y * y))
  if (spread === 0) return 0
  const value = Math.round((Number(n * xy - x * y) / spread) * 10_000) / 10_000
  return Math.min(1, Math.max(-1, value))
}
