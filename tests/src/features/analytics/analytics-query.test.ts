import { expect, test } from 'vitest'
import { askedOf, parseAnalytics, writeAnalytics } from '#src/features/analytics/analytics-query.ts'
import type { ChartPoint } from '#contract/charts/chart-points.ts'
import { pointAt, walk } from '#src/features/analytics/point-walk.ts'

const chicago = 'America/Chicago'
const now = Date.parse('2026-11-20T14:00:00.000Z')
const asked = (search: string) => askedOf(parseAnalytics(new URLSearchParams(search)), chicago, now)
const iso = (at: number) => new Date(at).toISOString()

test.each([
  ['period=today', '2026-11-20T06:00:00.000Z', '2026-11-20T14:00:00.000Z', 'hour', true],
  ['period=yesterday', '2026-11-19T06:00:00.000Z', '2026-11-20T05:59:59.999Z', 'hour', false],
  ['', '2026-11-14T06:00:00.000Z', '2026-11-20T14:00:00.000Z', 'day', true],
  ['period=28d', '2026-10-24T05:00:00.000Z', '2026-11-20T14:00:00.000Z', 'day', true],
  [
    'from_date=2026-11-01&to_date=2026-11-01',
    '2026-11-01T05:00:00.000Z',
    '2026-11-02T05:59:59.999Z',
    'hour',
    false,
  ],
  [
    'from_date=2026-11-02&to_date=2026-11-30&interval=week',
    '2026-11-02T06:00:00.000Z',
    '2026-11-20T14:00:00.000Z',
    'week',
    true,
  ],
])(
  'the address ?%s asks for whole days of the zone, until now at most',
  (search, from, to, interval, isLive) => {
    const range = asked(search)
    expect(
      typeof range === 'string' ? range : { ...range, from: iso(range.from), to: iso(range.to) },
    ).toEqual({
      from,
      to,
      interval,
      isLive,
    })
  },
)

test('an end before its start is said, not asked', () => {
  expect(asked('from_date=2026-11-20&to_date=2026-11-10')).toBe('Choose an end date after the start date.')
})

test.each([
  '',
  'period=today&direction=inbound',
  'from_date=2026-11-01&to_date=2026-11-03&business_id=roofing&interval=hour&compare=weekday&zone=Europe%2FParis',
  'compare=none',
])('the view ?%s is found again in its address', (search) => {
  expect(writeAnalytics(parseAnalytics(new URLSearchParams(search))).toString()).toBe(search)
})

test('what an address says and nobody understands is left out', () => {
  const view = parseAnalytics(new URLSearchParams('period=aeon&zone=Mars&interval=blink&from_date=soon'))
  expect(writeAnalytics(view).toString()).toBe('')
})

const point = (series: number, index: number, x: number, y: number): ChartPoint => ({
  series,
  index,
  x,
  y,
  place: '',
  name: '',
  value: '',
  behind: null,
  partial: false,
})
const two = [point(0, 0, 0, 5), point(0, 1, 1, 6), point(1, 0, 0, 9), point(1, 1, 1, 1)]

test('arrow keys walk along a line and from line to line by their height', () => {
  expect(walk('lines', two, null, 'ArrowRight')).toBe(two[1])
  expect(walk('lines', two, two[1]!, 'ArrowLeft')).toBe(two[0])
  expect(walk('lines', two, two[0]!, 'ArrowUp')).toBe(two[2])
  expect(walk('lines', two, two[1]!, 'ArrowDown')).toBe(two[3])
  expect(walk('lines', two, two[1]!, 'ArrowRight')).toBe(two[1])
  expect(walk('lines', two, two[1]!, 'Home')).toBe(two[0])
  expect(walk('lines', two, two[1]!, 'x')).toBeNull()
})

test('the pointer means the nearest place, and there the nearest line; in a cloud only what it touches', () => {
  const pixelOf = ({ x, y }: ChartPoint) => [x * 100, 100 - y * 10] as const
  expect(pointAt('lines', two, pixelOf, [60, 90])).toBe(two[3])
  expect(pointAt('lines', two, pixelOf, [40, 5])).toBe(two[2])
  expect(pointAt('cloud', two, pixelOf, [60, 90])).toBeNull()
  expect(pointAt('cloud', two, pixelOf, [96, 86])).toBe(two[3])
})
