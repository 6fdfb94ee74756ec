import type { BarSeriesOption, EChartsOption, SeriesOption } from 'echarts'
import { describe, expect, test } from 'vitest'
import { labelled, roundTop } from '#contract/charts/axis-options.ts'
import type { SeriesChart } from '#contract/charts/chart.ts'
import { paperInk } from '#contract/charts/chart-ink.ts'
import { chartOption } from '#contract/charts/chart-option.ts'
import { spreadLabels } from '#contract/charts/end-labels.ts'
import { labelShifts } from '#contract/charts/line-series.ts'
import { ranksOf } from '#contract/charts/sheet-parts.ts'
import { callsOverTime, weekHeat } from '#contract/charts/volume-sheet.ts'
import { makeRange, makeVolume } from '#tests/support/analytics-answers.ts'

const size = { width: 900, height: 260 }
const seriesOf = ({ series }: EChartsOption): Record<string, SeriesOption & { data?: unknown }> =>
  Object.fromEntries([series ?? []].flat().map((one) => [String(one.id), one]))

function withEarlier(): SeriesChart {
  const range = makeRange()
  const earlier = makeVolume(
    makeRange({ from: '2026-11-09T06:00:00.000Z', to: '2026-11-13T14:00:00.000Z' }),
    () => 20,
  )
  const volume = makeVolume(range, (index) => index + 1)
  const { from, to } = earlier.range
  return callsOverTime({ ...volume, comparison: { from, to, data: earlier.data } }, 8)
}

describe('lines', () => {
  test('the day that is not over is drawn in dashes, and the present stands on it', () => {
    const drawn = seriesOf(
      chartOption(
        callsOverTime(
          makeVolume(makeRange(), (index) => index + 1),
          8,
        ),
        paperInk,
        size,
      ),
    )
    expect(drawn['s0']?.data).toEqual([1, 2, 3, 4, null])
    expect(drawn['s0-cut']).toMatchObject({ data: [null, null, null, 4, 5], lineStyle: { type: [5, 4] } })
    expect(drawn['marks']).toMatchObject({
      markLine: { data: [{ xAxis: 4, label: { formatter: 'now 08:00' } }] },
    })
  })

  test('the time before is dashed, grey and named at its end; there is no box of names', () => {
    const option = chartOption(withEarlier(), paperInk, size)
    const earlier = seriesOf(option)['s1']
    expect(earlier).toMatchObject({ lineStyle: { color: paperInk.earlier, type: [3, 4] } })
    const label = earlier && 'endLabel' in earlier ? earlier.endLabel : undefined
    expect(typeof label?.formatter === 'function' && label.formatter({} as never)).toBe('9 to 13 Nov')
    expect(option).not.toHaveProperty('legend')
  })

  test('names at the ends of lines that meet do not cover each other', () => {
    const [first = 0, second = 0] = labelShifts({ ...withEarlier(), to: 1000 }, 200)
    expect(Math.abs(first - second)).toBeGreaterThan(10)
  })

  test('names that meet at the foot go up, not down among the places', () => {
    expect(spreadLabels([200, 200, 100], 200)).toEqual([-14, 0, 0])
    expect(spreadLabels([0, 0], 200)).toEqual([0, 14])
    // Where there is no room for all of them, the last one keeps to the foot.
    expect(spreadLabels([0, 5, 10], 20)).toEqual([-8, 1, 10])
  })

  test('a single place is a dot, for a line of one point would not be seen', () => {
    const range = makeRange({ from: '2026-11-19T06:00:00.000Z', to: '2026-11-20T05:59:59.999Z' })
    const drawn = seriesOf(
      chartOption(
        callsOverTime(
          makeVolume(range, () => 9),
          8,
        ),
        paperInk,
        size,
      ),
    )
    expect(drawn['s0']?.data).toEqual([{ value: 9, symbol: 'circle', symbolSize: 6 }])
  })
})

test('a cell of the week is fuller the more calls it has', () => {
  const heat = seriesOf(
    chartOption(
      weekHeat(
        makeVolume(makeRange(), () => 1),
        12,
      ),
      paperInk,
      size,
    ),
  )
  const cells = heat['s0']?.data as { itemStyle: { opacity: number } }[]
  expect(cells[10]?.itemStyle.opacity).toBeCloseTo(0.97)
  expect(cells[9]?.itemStyle.opacity).toBeCloseTo(0.07)
})

test('bars are in the colour of their meaning, and all have their number beside them', () => {
  const chart = ranksOf({ id: 'x', title: 'X', span: 4, head: 'What', column: 'Calls' }, [
    { name: 'Completed', count: 1204, behind: null },
    { name: 'Missed', count: 3, behind: null, ink: 'attention' },
  ])
  const bars = seriesOf(chartOption(chart, paperInk, size))['s0']
  expect(bars?.data).toMatchObject([
    { value: 1204, itemStyle: { color: paperInk.first } },
    { value: 3, itemStyle: { color: paperInk.attention } },
  ])
  const { label } = bars as BarSeriesOption
  expect(typeof label?.formatter === 'function' && label.formatter({ dataIndex: 0 } as never)).toBe('1,204')
})

test.each([
  ['count', 0, 4],
  ['count', 7, 8],
  ['count', 141, 160],
  ['count', 1090, 1200],
  ['percent', 8.4, 10],
  ['percent', 61, 100],
  ['seconds', 250, 480],
] as const)('an axis of %s up to %d ends at %d, in four equal steps', (unit, value, top) => {
  expect(roundTop(unit, value)).toBe(top)
})

test('of hours over many days only the midnights are labelled, and never so many that labels touch', () => {
  const hours = Array.from({ length: 24 * 14 }, (_, hour) => ({
    tick: hour % 24 === 0 ? `Mon ${hour / 24}` : `${String(hour % 24).padStart(2, '0')}:00`,
    name: '',
  }))
  const shown = [...labelled(hours, 400)]
  expect(shown.every((index) => index % 24 === 0)).toBe(true)
  expect(shown.length).toBeGreaterThan(3)
  expect(shown.length).toBeLessThanOrEqual(400 / 40)
})
