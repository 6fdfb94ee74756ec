// Every number of analytics once more, the plain way: all calls in a list, counted one by one.
import type { Call } from '#contract/call.ts'
import { isLive, qaBand } from '#contract/call-rules.ts'
import type { CallFigures } from '#contract/analytics.ts'
import type { RawCall } from '#tests/support/drawn-company.ts'

const round = (value: number, digits: number) => Number(value.toFixed(digits))
const within = (a: number, b: number, tolerance: number) => Math.abs(a - b) <= tolerance

/** The mean, or 0 of nothing. */
export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
export const rate = (part: number, whole: number): number =>
  whole === 0 ? 0 : round((part / whole) * 100, 2)
/** Equal but for the last digit that is shown, where two ways of adding may round apart. */
export const nearly = (a: number, b: number, digits: number): boolean => within(a, b, 10 ** -digits * 1.01)

const present = <T>(values: readonly (T | null | undefined)[]): T[] =>
  values.filter((value): value is T => value !== null && value !== undefined)

export const scoresOf = (calls: readonly RawCall[]) => present(calls.map(({ call }) => call.qa_score))
export const moodsOf = (calls: readonly RawCall[]) => present(calls.map(({ call }) => call.sentiment_score))

const count = (calls: readonly RawCall[], test: (call: Call) => boolean) =>
  calls.filter(({ call }) => test(call)).length

/** What the overview says of the calls, but for rounded means. */
export function naiveFigures(calls: readonly RawCall[]): CallFigures {
  const durations = present(calls.map(({ call }) => call.duration_seconds))
  const scores = scoresOf(calls)
  const of = (test: (call: Call) => boolean) => count(calls, test)
  const band = (name: ReturnType<typeof qaBand>) => scores.filter((score) => qaBand(score) === name).length
  return {
    total_calls: calls.length,
    active_calls: of(({ status }) => isLive(status)),
    completed_calls: of(({ status }) => status === 'completed'),
    failed_calls: of(({ status }) => status === 'failed'),
    escalated_calls: of(({ escalation_status }) => escalation_status !== undefined),
    average_qa_score: round(mean(scores), 4),
    average_call_duration: round(mean(durations), 1),
    escalation_rate: rate(
      of(({ escalation_status }) => escalation_status !== undefined),
      calls.length,
    ),
    sentiment_distribution: {
      positive: of(({ sentiment }) => sentiment === 'positive'),
      neutral: of(({ sentiment }) => sentiment === 'neutral'),
      negative: of(({ sentiment }) => sentiment === 'negative'),
    },
    qa_score_distribution: {
      excellent: band('excellent'),
      good: band('good'),
      fair: band('fair'),
      poor: band('poor'),
    },
    inbound_calls: of(({ direction }) => direction === 'inbound'),
    outbound_calls: of(({ direction }) => direction === 'outbound'),
    missed_calls: of(({ missed }) => missed === true),
    answered_calls: of(({ answered_by }) => answered_by === 'ai' || answered_by === 'human'),
    ai_calls: of(({ answered_by }) => answered_by === 'ai'),
    human_calls: of(({ answered_by }) => answered_by === 'human'),
    scored_calls: scores.length,
    timed_calls: durations.length,
    mood_calls: moodsOf(calls).length,
    average_sentiment_score: round(mean(moodsOf(calls)), 4),
    total_duration: durations.reduce((sum, value) => sum + value, 0),
  }
}

/** Pearson's coefficient in the words of a textbook; 0 where it is not defined. */
export function pearson(pairs: readonly (readonly [number, number])[]): number {
  const [mx, my] = [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))]
  const sum = (of: (x: number, y: number) => number) =>
    pairs.reduce((all, [x, y]) => all + of(x - mx, y - my), 0)
  const spread = Math.sqrt(sum((x) => x * x) * sum((_x, y) => y * y))
  return spread < 1e-12 ? 0 : sum((x, y) => x * y) / spread
}

interface Clock {
  date: string
  month: string
  /** 1 Monday to 7 Sunday. */
  weekday: number
  hour: number
}
const formats = new Map<string, Intl.DateTimeFormat>()
const read = new Map<string, Clock>()

/** What the clocks of the zone show of an instant, asked of the runtime and of nobody else. */
export function clockOf(zone: string, at: string): Clock {
  const known = read.get(zone + at)
  if (known) return known
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      weekday: 'short',
      hour: '2-digit',
      hourCycle: 'h23',
    })
  formats.set(zone, format)
  const said = Object.fromEntries(
    format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]),
  ) as Record<string, string>
  const clock = {
    date: `${said['year']}-${said['month']}-${said['day']}`,
    month: `${said['year']}-${said['month']}`,
    weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(said['weekday'] ?? '') + 1,
    hour: Number(said['hour']),
  }
  read.set(zone + at, clock)
  return clock
}
