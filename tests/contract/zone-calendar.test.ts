import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bucketsOf,
  comparedRange,
  dateIn,
  endOfDate,
  hourMs,
  instantOf,
  intervals,
  isZone,
  isoIn,
  nextOf,
  startOf,
  startOfDate,
} from '#contract/zone-calendar.ts'

const at = Date.parse
const iso = (instant: number) => new Date(instant).toISOString()
const hours = (zone: string, date: string) => (endOfDate(zone, date) + 1 - startOfDate(zone, date)) / hourMs

test.each([
  ['America/Chicago', '2026-03-08', 23, '2026-03-08T06:00:00.000Z'],
  ['America/Chicago', '2026-11-01', 25, '2026-11-01T05:00:00.000Z'],
  ['Europe/Berlin', '2026-03-29', 23, '2026-03-28T23:00:00.000Z'],
  ['Europe/Berlin', '2026-10-25', 25, '2026-10-24T22:00:00.000Z'],
  ['Asia/Kolkata', '2026-03-29', 24, '2026-03-28T18:30:00.000Z'],
  ['Asia/Kathmandu', '2026-03-29', 24, '2026-03-28T18:15:00.000Z'],
  // Clocks go from 2:00 to 2:30 and back by half an hour.
  ['Australia/Lord_Howe', '2026-10-04', 23.5, '2026-10-03T13:30:00.000Z'],
  ['Australia/Lord_Howe', '2026-04-05', 24.5, '2026-04-04T13:00:00.000Z'],
  // Midnight itself is left out, and the hour before it comes twice.
  ['America/Santiago', '2026-09-06', 23, '2026-09-06T04:00:00.000Z'],
  ['America/Santiago', '2026-04-04', 25, '2026-04-04T03:00:00.000Z'],
  // Midnight comes twice.
  ['America/Havana', '2026-11-01', 25, '2026-11-01T04:00:00.000Z'],
  ['America/Havana', '2026-03-08', 23, '2026-03-08T05:00:00.000Z'],
])('in %s the day %s lasts %s hours and begins %s', (zone, date, length, begin) => {
  expect(iso(startOfDate(zone, date))).toBe(begin)
  expect(hours(zone, date)).toBe(length)
  expect(dateIn(zone, startOfDate(zone, date))).toBe(date)
  expect(dateIn(zone, endOfDate(zone, date))).toBe(date)
})

test('an hour that comes twice is two hours, and one that is left out is none', () => {
  const shown = (date: string) =>
    (
      bucketsOf(
        'hour',
        'America/Chicago',
        startOfDate('America/Chicago', date),
        endOfDate('America/Chicago', date),
      ) ?? []
    )
      .slice(0, 5)
      .map(({ from }) => isoIn('America/Chicago', from).slice(11))
  expect(shown('2026-11-01')).toEqual([
    '00:00:00-05:00',
    '01:00:00-05:00',
    '01:00:00-06:00',
    '02:00:00-06:00',
    '03:00:00-06:00',
  ])
  expect(shown('2026-03-08')).toEqual([
    '00:00:00-06:00',
    '01:00:00-06:00',
    '03:00:00-05:00',
    '04:00:00-05:00',
    '05:00:00-05:00',
  ])
})

test('a wall time that comes twice is its first instant, one that is left out the instant of the change', () => {
  expect(iso(instantOf('America/Chicago', at('2026-11-01T01:30:00Z')))).toBe('2026-11-01T06:30:00.000Z')
  expect(iso(instantOf('America/Chicago', at('2026-03-08T02:30:00Z')))).toBe('2026-03-08T08:00:00.000Z')
})

test('weeks begin on Monday and months on their first, whatever the clocks do between', () => {
  const zone = 'Europe/Berlin'
  expect(isoIn(zone, startOf('week', zone, at('2026-10-25T12:00:00Z')))).toBe('2026-10-19T00:00:00+02:00')
  expect(isoIn(zone, nextOf('week', zone, at('2026-10-25T12:00:00Z')))).toBe('2026-10-26T00:00:00+01:00')
  expect(isoIn(zone, startOf('month', zone, at('2026-10-31T23:30:00Z')))).toBe('2026-11-01T00:00:00+01:00')
  expect(isoIn(zone, nextOf('month', zone, at('2026-12-05T00:00:00Z')))).toBe('2027-01-01T00:00:00+01:00')
})

const zones = [
  'America/Chicago',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Santiago',
  'America/Havana',
  'Africa/Casablanca',
  'UTC',
]

describe('buckets', () => {
  const begin = at('2025-01-01T00:00:00Z')
  test('cover a range without gap and overlap, and only their ends are cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...intervals),
        fc.integer({ min: 0, max: 700 * 24 * 3600 }),
        fc.integer({ min: 0, max: 30 * 24 * 3600 }),
        (zone, interval, start, length) => {
          const from = begin + start * 1000
          const to = from + (interval === 'hour' ? length * 100 : length * 10_000)
          const buckets = bucketsOf(interval, zone, from, to) ?? []
          expect(buckets[0]?.from).toBe(from)
          expect(buckets.at(-1)?.to).toBe(to)
          for (const [index, bucket] of buckets.entries()) {
            expect(bucket.to).toBeGreaterThanOrEqual(bucket.from)
            const next = buckets[index + 1]
            if (next) expect(next.from).toBe(bucket.to + 1)
            expect(startOf(interval, zone, bucket.to)).toBe(startOf(interval, zone, bucket.from))
            if (index > 0) expect(startOf(interval, zone, bucket.from)).toBe(bucket.from)
            if (index > 0 && next) expect(bucket.isPartial).toBe(false)
          }
        },
      ),
      { numRuns: 80 },
    )
  })

  test('are refused where they are too many', () => {
    expect(bucketsOf('hour', 'UTC', begin, begin + 5 * hourMs - 1, 5)).toHaveLength(5)
    expect(bucketsOf('hour', 'UTC', begin, begin + 5 * hourMs, 5)).toBeNull()
  })
})

test.each([
  // Two whole days, the second of 25 hours, beside the two before.
  [
    'previous',
    '2026-10-31T05:00:00Z',
    '2026-11-02T05:59:59.999Z',
    '2026-10-29T05:00:00.000Z',
    '2026-10-31T04:59:59.999Z',
  ],
  // Today until 14:00, in winter, beside yesterday until 14:00, in summer.
  [
    'previous',
    '2026-11-01T05:00:00Z',
    '2026-11-01T20:00:00Z',
    '2026-10-31T05:00:00.000Z',
    '2026-10-31T19:00:00.000Z',
  ],
  [
    'weekday',
    '2026-11-05T06:00:00Z',
    '2026-11-05T20:00:00Z',
    '2026-10-29T05:00:00.000Z',
    '2026-10-29T19:00:00.000Z',
  ],
  [
    'weekday',
    '2026-10-01T05:00:00Z',
    '2026-10-31T04:59:59.999Z',
    '2026-08-27T05:00:00.000Z',
    '2026-09-26T04:59:59.999Z',
  ],
  [
    'previous',
    '2026-11-20T10:15:00Z',
    '2026-11-20T11:14:59.999Z',
    '2026-11-20T09:15:00.000Z',
    '2026-11-20T10:14:59.999Z',
  ],
] as const)('%s: %s to %s stands beside %s to %s in Chicago', (by, from, to, earlier, until) => {
  const range = comparedRange(by, 'America/Chicago', at(from), at(to))
  expect([iso(range.from), iso(range.to)]).toEqual([earlier, until])
})

test('only names of zones that have a calendar are zones', () => {
  expect(['America/Chicago', 'UTC', 'Asia/Kathmandu'].map(isZone)).toEqual([true, true, true])
  expect(['', 'Mars/Olympus', '+02:00', 'x'.repeat(300)].map(isZone)).toEqual([false, false, false, false])
})
