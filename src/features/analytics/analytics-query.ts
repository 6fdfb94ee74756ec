// What the pages of analytics are asked, as it stands in the address. Pure.
import { type CallPeriod, callPeriods } from '#contract/call-link.ts'
import {
  type Comparison,
  type Interval,
  dateIn,
  dayMs,
  endOfDate,
  intervals,
  isZone,
  startOfDate,
} from '#contract/zone-calendar.ts'

export interface AnalyticsView {
  period: CallPeriod | 'custom'
  /** Days such as `2026-11-01`, both within the range; of a custom period only. */
  from: string | null
  to: string | null
  businessId: string | null
  direction: 'inbound' | 'outbound' | null
  /** Null: what suits the period. */
  interval: Interval | null
  compare: Comparison | null
  /** IANA name; null: the company's, or this person's. */
  zone: string | null
}

/** What leads from page to page with the reader. */
const names = ['period', 'from_date', 'to_date', 'business_id', 'direction', 'interval', 'compare', 'zone']
const dayForm = /^\d{4}-\d\d-\d\d$/

function oneOf<T extends string>(allowed: readonly T[], value: string | null): T | null {
  return allowed.find((item) => item === value) ?? null
}

const dayOf = (value: string | null): string | null =>
  value !== null && dayForm.test(value) && !Number.isNaN(Date.parse(value)) ? value : null

/** Reads the address; what is not understood is left out. Seven days beside the seven before, where nothing is said. */
export function parseAnalytics(params: URLSearchParams): AnalyticsView {
  const [from, to] = [dayOf(params.get('from_date')), dayOf(params.get('to_date'))]
  const zone = params.get('zone')
  return {
    period: from !== null || to !== null ? 'custom' : (oneOf(callPeriods, params.get('period')) ?? '7d'),
    from,
    to,
    businessId: params.get('business_id'),
    direction: oneOf(['inbound', 'outbound'], params.get('direction')),
    interval: oneOf(intervals, params.get('interval')),
    compare:
      params.get('compare') === 'none'
        ? null
        : (oneOf(['previous', 'weekday'], params.get('compare')) ?? 'previous'),
    zone: zone !== null && isZone(zone) ? zone : null,
  }
}

/** The address of a view, always written the same way. */
export function writeAnalytics(view: AnalyticsView): URLSearchParams {
  const params = new URLSearchParams()
  const values: Record<string, string | null> = {
    period: view.period === 'custom' || view.period === '7d' ? null : view.period,
    from_date: view.period === 'custom' ? view.from : null,
    to_date: view.period === 'custom' ? view.to : null,
    business_id: view.businessId,
    direction: view.direction,
    interval: view.interval,
    compare: view.compare === 'previous' ? null : (view.compare ?? 'none'),
    zone: view.zone,
  }
  for (const name of names) if (values[name]) params.set(name, values[name])
  return params
}

const daysBack: Record<CallPeriod, number> = { today: 0, yesterday: 1, '7d': 6, '28d': 27, '90d': 89 }

export interface Asked {
  /** Epoch ms, both within the range. */
  from: number
  to: number
  interval: Interval
  /** The present is within: the numbers go on. */
  isLive: boolean
}

/** Intervals that a range of so many days can be read in: the server draws at most 1,500 points. */
export function fittingIntervals(days: number): Interval[] {
  return intervals.filter((one) =>
    one === 'hour' ? days <= 31 : one === 'day' ? days <= 400 : one === 'week' ? days >= 7 : days >= 28,
  )
}

/** The range at this moment, on the clocks of the zone. A text says what is wrong with what was chosen. */
export function askedOf(view: AnalyticsView, zone: string, now: number): Asked | string {
  const today = dateIn(zone, now)
  const back = (days: number) => new Date(Date.parse(today) - days * dayMs).toISOString().slice(0, 10)
  const from = view.period === 'custom' ? (view.from ?? view.to ?? today) : back(daysBack[view.period])
  const to = view.period === 'custom' ? (view.to ?? today) : view.period === 'yesterday' ? from : today
  if (from > to) return 'Choose an end date after the start date.'
  if (from > today) return 'Choose a start date that is not in the future.'
  const [start, end] = [startOfDate(zone, from), endOfDate(zone, to)]
  const days = (end - start) / dayMs
  const fitting = fittingIntervals(days)
  const usual: Interval = days <= 2.1 ? 'hour' : days <= 120 ? 'day' : days <= 800 ? 'week' : 'month'
  return {
    from: start,
    to: Math.min(end, now),
    interval: view.interval !== null && fitting.includes(view.interval) ? view.interval : usual,
    isLive: end >= now,
  }
}
