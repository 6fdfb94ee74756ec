// How busy a business of the home services is at a local time: by hour, weekday and season. Pure; a past is drawn from it.
import type { BusinessKind } from '#server/feed/simulator/scenario.ts'

/** A wall clock's reading in a company's zone. */
export interface LocalTime {
  /** `2026-03-29` */
  date: string
  /** 0 is Sunday. */
  weekday: number
  /** Hours since midnight as the clock shows them, 0 to below 24. */
  hour: number
  /** 0 at the start of the year, 1 at its end. */
  season: number
}

// By hour of the day, mean near 1: offices wake at seven, break at noon, close at six; at night only emergencies ring.
const workday = [
  0.08, 0.06, 0.05, 0.06, 0.09, 0.2, 0.55, 1.3, 2.2, 2.6, 2.55, 2.2, 1.45, 1.75, 2.15, 2.2, 1.95, 1.5, 0.95,
  0.65, 0.48, 0.34, 0.22, 0.13,
] as const
const saturday = [
  0.1, 0.08, 0.07, 0.07, 0.1, 0.2, 0.5, 1.2, 2.4, 3, 3.05, 2.6, 1.9, 1.6, 1.4, 1.2, 1, 0.85, 0.7, 0.55, 0.45,
  0.35, 0.25, 0.15,
] as const
const sunday = [
  0.25, 0.2, 0.18, 0.18, 0.22, 0.3, 0.5, 0.85, 1.2, 1.5, 1.6, 1.55, 1.4, 1.45, 1.5, 1.55, 1.6, 1.6, 1.5, 1.3,
  1.05, 0.8, 0.55, 0.35,
] as const
/** Sunday first. What the weekend left undone is called for on Monday. */
const byWeekday = [0.26, 1.3, 1.13, 1.06, 1.03, 0.98, 0.54] as const
/** Monday from seven to eleven, on top of the day. */
const mondayRush = 1.22

interface Nature {
  /** Its share of all calls over a year. */
  share: number
  /** Weekend in proportion to that of the trade as a whole. */
  weekend: number
  /** Nights and evenings in proportion to the curve: what bursts or freezes does not wait. */
  night: number
  /** Peaks of the year: where (0–1), how high above the mean. */
  peaks: readonly (readonly [at: number, height: number])[]
}

const natures: Record<BusinessKind, Nature> = {
  roofing: {
    share: 0.2,
    weekend: 0.8,
    night: 0.5,
    peaks: [
      [0.34, 0.45],
      [0.77, 0.25],
    ],
  }, // prettier-ignore
  plumbing: { share: 0.31, weekend: 1.25, night: 1.6, peaks: [[0.04, 0.3]] },
  heating: {
    share: 0.29,
    weekend: 1.2,
    night: 1.5,
    peaks: [
      [0.04, 0.5],
      [0.55, 0.55],
    ],
  }, // prettier-ignore
  auto: { share: 0.2, weekend: 0.6, night: 0.25, peaks: [[0.5, 0.15]] },
}

const peakWidth = 0.09

function seasonOf({ peaks }: Nature, season: number): number {
  let level = 1
  for (const [at, height] of peaks) {
    const away = Math.abs(season - at)
    // December is next to January.
    const distance = Math.min(away, 1 - away) / peakWidth
    level += height * Math.exp(-0.5 * distance * distance) - height * peakWidth * Math.sqrt(2 * Math.PI)
  }
  return level
}

function hourOf(weekday: number, hour: number): number {
  const curve = weekday === 0 ? sunday : weekday === 6 ? saturday : workday
  const whole = Math.floor(hour) % 24
  const from = curve[whole] ?? 1
  const to = curve[(whole + 1) % 24] ?? 1
  return from + (to - from) * (hour - Math.floor(hour))
}

/** How many calls such a business gets at this time, in proportion to any other business and time. */
export function callCurve(kind: BusinessKind, { weekday, hour, season }: LocalTime): number {
  const nature = natures[kind]
  const isWeekend = weekday === 0 || weekday === 6
  const isNight = hour < 7 || hour >= 19
  const rush = weekday === 1 && hour >= 7 && hour < 11 ? mondayRush : 1
  return (
    nature.share *
    (byWeekday[weekday] ?? 1) *
    hourOf(weekday, hour) *
    seasonOf(nature, season) *
    (isWeekend ? nature.weekend : 1) *
    (isNight ? nature.night : 1) *
    rush
  )
}

/** True while people sit at the desk: Monday to Saturday, a short Saturday. */
export function isStaffed({ weekday, hour }: LocalTime): boolean {
  if (weekday === 0) return false
  return weekday === 6 ? hour >= 8 && hour < 15 : hour >= 7 && hour < 19
}

/** True while a business rings its customers, and nobody is woken. */
export function mayDial({ weekday, hour }: LocalTime): boolean {
  return weekday !== 0 && hour >= 8 && hour < 18.5
}
