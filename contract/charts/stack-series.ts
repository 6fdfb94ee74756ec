// Areas and columns that stand on each other.
import type { SeriesOption } from 'echarts'
import type { ChartInk } from '#contract/charts/chart-ink.ts'
import { edgesOf } from '#contract/charts/chart-points.ts'
import type { SeriesChart } from '#contract/charts/chart.ts'
import { figureOr } from '#contract/charts/figure-text.ts'
import { spreadLabels } from '#contract/charts/end-labels.ts'
import { endLabel, lineSeries, quietLine } from '#contract/charts/line-series.ts'

interface StackRoom {
  /** Height of the axis and width of a place, px. */
  height: number
  step: number
  /** The ends of the value axis. */
  range: readonly [number, number]
}

const widestColumn = 40
const gapShare = 0.22

/** Areas or columns on each other; several are named beside their last part. */
export function stackSeries(
  chart: SeriesChart,
  ink: ChartInk,
  { height, step, range: [from, to] }: StackRoom,
): SeriesOption[] {
  const edges = edgesOf(chart)
  const several = chart.series.filter(({ earlier }) => !earlier).length > 1
  const last = chart.places.length - 1
  const middles = chart.series.map((_, order) => {
    const end = edges[order]?.[last]
    return end ? (end[0] + end[1]) / 2 : null
  })
  const named = middles.flatMap((middle, order) =>
    middle === null || chart.series[order]?.earlier ? [] : [order],
  )
  const shifts = spreadLabels(
    named.map((order) => (1 - ((middles[order] ?? from) - from) / (to - from)) * height),
    height,
  )
  const beside = chart.form === 'areas' ? 8 : Math.min(widestColumn, step * (1 - gapShare)) / 2 + 6
  const showsValues = chart.series.length === 1 && chart.places.length <= 16
  return chart.series.flatMap((series, order): SeriesOption[] => {
    const color = ink[series.ink]
    if (series.earlier)
      return lineSeries({ ...chart, series: [series] }, ink).map((one) => ({ ...one, id: `s${order}` }))
    const sizes = series.points.map((_, index) => {
      const edge = edges[order]?.[index]
      return edge ? edge[1] - edge[0] : 0
    })
    // The label stands beside the middle of the last part.
    const middle = middles[order] ?? null
    const label: SeriesOption[] =
      several && middle !== null
        ? [
            {
              ...quietLine,
              id: `s${order}-label`,
              data: chart.places.map((_, index) => (index === last ? middle : null)),
              lineStyle: { opacity: 0 },
              endLabel: {
                ...endLabel(series.name, color, ink),
                distance: beside,
                offset: [0, shifts[named.indexOf(order)] ?? 0],
              },
            },
          ]
        : []
    if (chart.form === 'areas')
      return [
        {
          ...quietLine,
          id: `s${order}`,
          data: sizes,
          stack: 'all',
          lineStyle: { color, width: 1 },
          areaStyle: { color, opacity: 0.62 },
        },
        ...label,
      ]
    return [
      {
        type: 'bar',
        id: `s${order}`,
        stack: 'all',
        barMaxWidth: widestColumn,
        barCategoryGap: `${gapShare * 100}%`,
        data: sizes.map((value, index) => {
          const own = series.points[index]?.ink
          const cut = chart.places[index]?.partial
          return {
            value,
            itemStyle: { color: own ? ink[own] : color, ...(cut ? { opacity: 0.45 } : {}) },
          }
        }),
        emphasis: { itemStyle: { borderColor: ink.text, borderWidth: 1.5, opacity: 1 } },
        label: {
          show: showsValues,
          position: 'top',
          color: ink.quiet,
          fontSize: 11,
          formatter: ({ dataIndex }) => figureOr(chart.unit, series.points[dataIndex]?.value ?? null),
        },
      },
      ...label,
    ]
  })
}
