// Charts whose place says it all: ranks, the hours of a week, a cloud of calls.
import type { EChartsOption } from 'echarts'
import { ground, labelled, placeAxis, valueAxis, widthOf } from '#contract/charts/axis-options.ts'
import type { ChartInk } from '#contract/charts/chart-ink.ts'
import type { ChartSize, CloudChart, HeatChart, RankChart } from '#contract/charts/chart.ts'
import { figureOr, figureText } from '#contract/charts/figure-text.ts'

/** Horizontal bars with their names at the left and their numbers at the right. */
export function rankOption(chart: RankChart, ink: ChartInk, { width }: ChartSize): EChartsOption {
  const [{ points, ink: color }] = chart.series
  const names = chart.places.map(({ tick }) => tick)
  const room = Math.min(Math.max(40, ...names.map((name) => widthOf(name) * 1.12)) + 16, width * 0.42)
  const most = Math.max(1, ...points.map(({ value }) => value ?? 0))
  const labels = points.map((point) => point.words ?? figureOr(chart.unit, point.value))
  return {
    ...ground(ink),
    grid: { left: room, right: Math.max(...labels.map(widthOf), 10) + 14, top: 4, bottom: 4 },
    xAxis: { type: 'value', min: 0, max: most, show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        color: ink.quiet,
        fontSize: 12,
        width: room - 12,
        overflow: 'truncate',
        margin: 10,
        interval: 0,
      },
    },
    series: [
      {
        type: 'bar',
        id: 's0',
        barMaxWidth: 14,
        data: points.map((point) => ({
          value: point.value ?? 0,
          itemStyle: { color: ink[point.ink ?? color], borderRadius: 1 },
        })),
        emphasis: { itemStyle: { borderColor: ink.text, borderWidth: 1.5 } },
        label: {
          show: true,
          position: 'right',
          color: ink.text,
          fontSize: 12,
          formatter: ({ dataIndex }) => labels[dataIndex] ?? '',
        },
      },
    ],
  }
}

/** Hours of the week: the more calls, the fuller the cell. */
export function heatOption(chart: HeatChart, ink: ChartInk, { width, height }: ChartSize): EChartsOption {
  const [left, right, top, bottom] = [40, 8, 6, 28]
  const cell = [
    Math.max(2, (width - left - right) / Math.max(1, chart.places.length) - 2),
    Math.max(2, (height - top - bottom) / Math.max(1, chart.series.length) - 2),
  ]
  const most = Math.max(1, ...chart.series.flatMap(({ points }) => points.map(({ value }) => value ?? 0)))
  const shown = labelled(chart.places, width - left - right)
  return {
    ...ground(ink),
    grid: { left, right, top, bottom },
    xAxis: {
      ...placeAxis(chart.places, width, ink, true),
      axisLine: { show: false },
      axisLabel: { color: ink.axis, fontSize: 11, margin: 8, interval: (index: number) => shown.has(index) },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: chart.series.map(({ name }) => name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: ink.axis, fontSize: 11, margin: 10 },
    },
    series: chart.series.map(({ points, ink: color }, row) => ({
      type: 'scatter' as const,
      id: `s${row}`,
      symbol: 'rect',
      symbolSize: cell,
      data: points.map(({ value }, index) => ({
        value: [index, row],
        itemStyle: {
          color: ink[color],
          // By the root: one loud hour must not make all others look alike.
          opacity: value === null ? 0 : 0.07 + 0.9 * Math.sqrt(value / most),
        },
      })),
      emphasis: { scale: false, itemStyle: { borderColor: ink.text, borderWidth: 1.5 } },
    })),
  }
}

/** One dot a call, between two scores. */
export function cloudOption(chart: CloudChart, ink: ChartInk, { width, height }: ChartSize): EChartsOption {
  const { across, up, dots } = chart
  const left = widthOf(figureText(up.unit, up.to)) + 30
  return {
    ...ground(ink),
    grid: { left, right: 16, top: 12, bottom: 42 },
    xAxis: {
      ...valueAxis(across.unit, ink, [across.from, across.to]),
      name: across.name,
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: { color: ink.axis, fontSize: 11 },
    },
    yAxis: {
      ...valueAxis(up.unit, ink, [up.from, up.to]),
      name: up.name,
      nameLocation: 'middle',
      nameGap: left - 12,
      nameTextStyle: { color: ink.axis, fontSize: 11 },
    },
    series: [
      {
        type: 'scatter',
        id: 's0',
        symbolSize: Math.min(width, height) < 200 ? 5 : 7,
        data: dots.map(({ x, y, ink: color }) => ({
          value: [x, y],
          itemStyle: { color: ink[color], opacity: 0.6 },
        })),
        emphasis: { scale: false, itemStyle: { borderColor: ink.text, borderWidth: 1.5, opacity: 1 } },
      },
    ],
  }
}
