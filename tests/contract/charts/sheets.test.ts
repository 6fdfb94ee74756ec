import { describe, expect, test } from 'vitest'
import { callsAddress } from '#contract/call-link.ts'
import { chartPoints, chartTable, tableText } from '#contract/charts/chart-points.ts'
import { changeText, figureText } from '#contract/charts/figure-text.ts'
import { overviewTiles } from '#contract/charts/overview-sheet.ts'
import { placeOf, rangeText, shortSpan } from '#contract/charts/place-text.ts'
import { correlationWords } from '#contract/charts/sentiment-sheet.ts'
import { callsOverTime, weekHeat } from '#contract/charts/volume-sheet.ts'
import { makeFigures, makeOverview, makeRange, makeVolume } from '#tests/support/analytics-answers.ts'

const chicago = 'America/Chicago'

test.each([
  ['count', 1332, 1252, '1,332', '+6.4 %'],
  ['count', 12, 3, '12', '+9'],
  ['percent', 8.44, 7.41, '8.4 %', '+1.0 points'],
  ['score', 0.856, 0.86, '0.86', '0.00'],
  ['mood', 0.6, 0.65, '+0.2', '−0.10'],
  ['seconds', 238, 227, '3:58', '+0:11'],
  ['seconds', 3725, 3725, '1:02:05', '0:00'],
] as const)(
  'a figure of the kind %s is written as a supervisor reads it',
  (unit, now, before, text, change) => {
    expect(figureText(unit, now)).toBe(text)
    expect(changeText(unit, now, before)).toBe(change)
  },
)

test.each([
  [
    '2026-11-16T06:00:00.000Z',
    '2026-11-20T13:59:59.999Z',
    'Mon 16 Nov 2026 to Fri 20 Nov 2026, 07:59',
    '16 to 20 Nov',
  ],
  ['2026-11-19T06:00:00.000Z', '2026-11-20T05:59:59.999Z', 'Thu 19 Nov 2026', 'Thu 19 Nov'],
  [
    '2026-10-28T05:00:00.000Z',
    '2026-11-04T05:59:59.999Z',
    'Wed 28 Oct 2026 to Tue 3 Nov 2026',
    '28 Oct to 3 Nov',
  ],
])('the range from %s is said on the clocks of its zone', (from, to, text, short) => {
  expect(rangeText(chicago, Date.parse(from), Date.parse(to))).toBe(text)
  expect(shortSpan(chicago, Date.parse(from), Date.parse(to))).toBe(short)
})

test('on the day the clocks are set back the hour that comes twice is two places with calls of their own', () => {
  const range = makeRange({
    from: '2026-11-01T05:00:00.000Z',
    to: '2026-11-01T09:59:59.999Z',
    interval: 'hour',
  })
  const chart = callsOverTime(
    makeVolume(range, (index) => index),
    12,
  )
  expect(chart.places.map(({ tick }) => tick)).toEqual(['Sun 1 Nov', '01:00', '01:00', '02:00', '03:00'])
  const [first, second] = [1, 2].map((index) => chart.series[0]?.points[index]?.behind?.from_date)
  expect([first, second]).toEqual(['2026-11-01T06:00:00.000Z', '2026-11-01T07:00:00.000Z'])
})

test('on the day the clocks are set forward the hour that is left out is no place', () => {
  const range = makeRange({
    from: '2026-03-08T06:00:00.000Z',
    to: '2026-03-08T08:59:59.999Z',
    interval: 'hour',
  })
  const { data } = makeVolume(range, () => 1)
  const names = data.map((point) => placeOf(chicago, 'hour', point).name)
  expect(names).toEqual([
    'Sun 8 Mar, 00:00 to 01:00',
    'Sun 8 Mar, 01:00 to 03:00',
    'Sun 8 Mar, 03:00 to 04:00',
  ])
})

describe('every number leads to its calls', () => {
  test('a point of a day asks for that day, with what the page was narrowed to', () => {
    const range = makeRange({ business_id: 'roofing', direction: 'inbound' })
    const [point] = chartPoints(
      callsOverTime(
        makeVolume(range, () => 3),
        8,
      ),
    )
    expect(callsAddress(point!.behind!)).toBe(
      '/calls?direction=inbound&business_id=roofing&from_date=2026-11-16T06%3A00%3A00.000Z&to_date=2026-11-17T05%3A59%3A59.999Z&zone=America%2FChicago',
    )
  })

  test('a cell of the week asks for its weekday as the list counts them, and its hour', () => {
    const heat = weekHeat(
      makeVolume(makeRange(), () => 1),
      12,
    )
    const behind = (row: number, hour: number) => heat.series[row]?.points[hour]?.behind
    expect(behind(0, 10)).toMatchObject({ weekday: 1, hour: 10, zone: chicago })
    expect(behind(6, 0)).toMatchObject({ weekday: 0, hour: 0 })
  })

  test('a figure asks for the calls it counts', () => {
    const tiles = overviewTiles(makeOverview(makeRange(), { total_calls: 40, escalated_calls: 4 }))
    const more = Object.fromEntries(tiles.map(({ id, behind }) => [id, behind]))
    expect(more['escalated']).toMatchObject({ escalated: true })
    expect(more['missed']).toMatchObject({ missed: true })
    expect(more['qa']).toMatchObject({ min_qa_score: 0 })
  })
})

test.each([
  [19, '—', 'no rate on fewer than 20 calls'],
  [20, '10 %', '2 calls'],
  [0, '—', 'none to count'],
])('of %i calls the rate is %s: %s', (total_calls, text, of) => {
  const tiles = overviewTiles(
    makeOverview(makeRange(), { total_calls, escalated_calls: 2, escalation_rate: 10 }),
  )
  expect(tiles.find(({ id }) => id === 'escalated')).toMatchObject({ text, of })
})

test('a figure is compared only with one that says something', () => {
  const now = makeFigures({ total_calls: 100, escalation_rate: 12, scored_calls: 5, average_qa_score: 0.8 })
  const figures = makeFigures({ total_calls: 10, escalation_rate: 50 })
  const comparison = { from: '2026-11-09T06:00:00.000Z', to: '2026-11-13T14:00:00.000Z', figures }
  const tiles = overviewTiles(makeOverview(makeRange(), { ...now, comparison }))
  const changes = Object.fromEntries(tiles.map(({ id, change }) => [id, change]))
  expect(changes).toMatchObject({ calls: '+90', escalated: undefined, qa: undefined })
})

test('the table behind a chart says which place is not over, and is copied so that no cell becomes a formula', () => {
  const chart = callsOverTime(
    makeVolume(makeRange(), (index) => index * 1000),
    8,
  )
  const table = chartTable(chart)
  expect(table.head).toEqual(['Day', 'Inbound', 'Outbound'])
  expect(table.rows.at(-1)).toMatchObject({
    name: 'Fri 20 Nov 2026 (so far)',
    cells: [{ text: '4,000' }, { text: '0' }],
  })
  const evil = {
    head: ['=1+1', 'Calls'],
    rows: [{ name: '@SUM(A1)', cells: [{ text: '−0.2', behind: null }] }],
  }
  expect(tableText(evil)).toBe("'=1+1\tCalls\n'@SUM(A1)\t−0.2")
})

test.each([
  [0.04, 'no connection'],
  [-0.2, 'weak, opposite'],
  [0.45, 'clear, together'],
  [-0.7, 'strong, opposite'],
])('a coefficient of %d is said as %s', (value, words) => {
  expect(correlationWords(value)).toBe(words)
})
