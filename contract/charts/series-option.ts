// Lines, stacked areas and columns over places, each labelled where it ends instead of in a box.
import type { EChartsOption, SeriesOption } from 'echarts'
import { ground, placeAxis, roundTop, valueAxis, widthOf } from '#contract/charts/axis-options.ts'
import type { ChartInk } from '#contract/charts/chart-ink.ts'
import { edgesOf } from '#contract/charts/chart-points.ts'
import type { ChartSize, SeriesChart } from '#contract/charts/chart.ts'
import { figureText } from '#contract/charts/figure-text.ts'
import { labelOf, lineSeries, quietLine } from '#contract/charts/line-series.ts'
import { stackSeries } from '#contract/charts/stack-series.ts'

/** Lines that stand across or upright: a limit, the present. */
function marks(chart: SeriesChart, ink: ChartInk): SeriesOption[] {
  const data = [
    ...(chart.limit
      ? [
          {
            yAxis: chart.limit.value,
            label: { formatter: chart.limit.text, position: 'insideStartTop' as const },
          },
        ]
      : []),
    ...(chart.now
      ? [{ xAxis: chart.now.at, label: { formatter: chart.now.text, position: 'end' as const } }]
      : []),
  ]
  if (data.length === 0) return []
  return [
    {
      ...quietLine,
      id: 'marks',
      data: [],
      markLine: {
        silent: true,
        symbol: 'none',
        animation: false,
        lineStyle: { color: ink.edge, type: [2, 3], width: 1 },
        label: { color: ink.axis, fontSize: 11 },
        data,
      },
    },
  ]
}

/** Px over and under the axes. */
const [above, below] = [24, 30]

/** Lines, areas, columns. */
export function seriesOption(chart: SeriesChart, ink: ChartInk, size: ChartSize): EChartsOption {
  const { width } = size
  const unit = chart.shares ? 'percent' : chart.unit
  const top = Math.max(
    0,
    chart.limit?.value ?? 0,
    ...edgesOf(chart).flatMap((row) => row.map((edge) => edge?.[1] ?? 0)),
  )
  const range = [chart.from ?? 0, chart.to ?? (chart.shares ? 100 : roundTop(unit, top))] as const
  const left = Math.max(...range.map((value) => widthOf(figureText(unit, value)))) + 16
  const isLabelled = chart.form === 'lines' || chart.series.length > 1
  const labels = chart.series.map((series) => widthOf(labelOf(unit, chart, series)))
  const right = isLabelled ? Math.min(Math.max(...labels) + 18, Math.max(72, width * 0.3)) : 14
  const height = size.height - above - below
  const step = (width - left - right) / Math.max(1, chart.places.length)
  return {
    ...ground(ink),
    grid: { left, right, top: above, bottom: below },
    xAxis: placeAxis(chart.places, width - left - right, ink, chart.form === 'columns'),
    yAxis: valueAxis(unit, ink, range),
    series: [
      ...(chart.form === 'lines'
        ? lineSeries(chart, ink, height)
        : stackSeries(chart, ink, { height, step, range })),
      ...marks(chart, ink),
    ],
  }
}
