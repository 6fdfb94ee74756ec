// What a question of analytics is about: instants, zone and points, with what was left out filled in and faults named.
import type { AnalyticsQuery } from '#contract/analytics-endpoints.ts'
import type { AnalyticsRange } from '#contract/analytics.ts'
import {
  type Bucket,
  type Interval,
  bucketsOf,
  comparedRange,
  dayMs,
  endOfDate,
  isoIn,
  startOfDate,
} from '#contract/zone-calendar.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Db } from '#server/db/database.ts'
import type { Principal } from '#server/domain/principal.ts'
import type { Span } from '#server/db/pieces.ts'

export interface AnalyticsOptions {
  db: Db
  clock: Pick<Clock, 'now'>
  /** IANA zone of companies that chose none. */
  zone: string
}

/** The members every question has, under the names of the supervisor's document. */
export type Question = AnalyticsQuery

export interface Asked {
  companyId: string
  zone: string
  interval: Interval
  businessId: string | undefined
  direction: 'inbound' | 'outbound' | undefined
  /** Epoch ms; both belong to the range. */
  from: number
  to: number
  /** The range to compare with; both ends belong to it. */
  earlier: { from: number; to: number } | null
  /** Epoch ms. */
  now: number
}

const mostPoints = 1500
const mostDays = 1100

function refuse(field: string, message: string): never {
  throw new ApiError('VALIDATION_ERROR', `query.${field}: ${message}`, [{ field: `query.${field}`, message }])
}

/** Reads the question. `names` are what the endpoint calls from and to. Throws 400 naming the member that will not do. */
export function askedRange(
  { clock, zone: ownZone }: AnalyticsOptions,
  principal: Principal,
  question: Question,
  names: readonly [string, string] = ['from_date', 'to_date'],
): Asked {
  const now = clock.now()
  const zone = question.zone ?? principal.companyZone ?? ownZone
  const { from_date: first, to_date: last } = question
  const to = last === undefined ? now : last.length === 10 ? endOfDate(zone, last) : Date.parse(last)
  const from =
    first === undefined ? to - 7 * dayMs : first.length === 10 ? startOfDate(zone, first) : Date.parse(first)
  if (from > to) refuse(names[1], `Write an end from ${names[0]} on.`)
  if (to - from > mostDays * dayMs) refuse(names[0], 'Ask for at most three years.')
  return {
    companyId: principal.companyId,
    zone,
    interval: question.interval,
    businessId: question.business_id,
    direction: question.direction,
    from,
    to,
    earlier: question.compare ? comparedRange(question.compare, zone, from, to) : null,
    now,
  }
}

/** The points of a trend. Throws 400 where there are too many. */
export function pointsOf({ interval, zone }: Asked, range: { from: number; to: number }): Bucket[] {
  const buckets = bucketsOf(interval, zone, range.from, range.to, mostPoints)
  if (buckets) return buckets
  const longer = { hour: 'day', day: 'week', week: 'month', month: 'month' }[interval]
  return refuse(
    'interval',
    `These are more than ${mostPoints.toLocaleString('en-US')} points. Ask for a shorter range, or for interval=${longer}.`,
  )
}

/** The range, and the earlier one after it, as two spans with the keys 0 and 1. */
export const wholeSpans = ({ from, to, earlier }: Asked): Span[] => [
  { from, until: to + 1, key: 0 },
  ...(earlier ? [{ from: earlier.from, until: earlier.to + 1, key: 1 }] : []),
]

/** Points as spans; their keys are their places, from `first` on. */
export const pointSpans = (buckets: readonly Bucket[], first = 0): Span[] =>
  buckets.map(({ from, to }, index) => ({ from, until: to + 1, key: first + index }))

export const iso = (at: number): string => new Date(at).toISOString()

/** A span as answers have it. */
export const presentSpan = ({ from, to }: { from: number; to: number }) => ({ from: iso(from), to: iso(to) })

/** Place in time of a point. */
export const presentPeriod = ({ zone, now }: Asked, bucket: Bucket) => ({
  period: isoIn(zone, bucket.from),
  ...presentSpan(bucket),
  partial: bucket.isPartial || bucket.to >= now,
})

/** What was asked, as it is answered. */
export const presentRange = (asked: Asked): AnalyticsRange => ({
  ...presentSpan(asked),
  zone: asked.zone,
  interval: asked.interval,
  ...(asked.businessId === undefined ? {} : { business_id: asked.businessId }),
  ...(asked.direction === undefined ? {} : { direction: asked.direction }),
  as_of: iso(asked.now),
})
