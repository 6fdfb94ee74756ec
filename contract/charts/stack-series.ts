// Areas and columns that stand on each other.
import type { SeriesOption } from 'echarts'
import type { ChartInk } from '#contract/charts/chart-ink.ts'
import { edgesOf } from '#contract/charts/chart-points.ts'
import type { SeriesChart } from '#contract/charts/chart.ts'
import { figureOr } from '#contract/charts/figure-text.ts'
import { endLabel, lineSeries, quietLine } from '#contract/charts/line-series.ts'

/** Areas or columns on each other; several are named beside their last part. */
export function stackSeries(chart: SeriesChart, ink: ChartInk): SeriesOption[] {
  const edges = edgesOf(chart)
  const several = chart.series.filter(({ earlier }) => !earlier).length > 1
  const last = chart.places.length - 1
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
    const end = edges[order]?.[last]
    const label: SeriesOption[] =
      several && end
        ? [
            {
              ...quietLine,
              id: `s${order}-label`,
              data: chart.places.map((_, index) => (index === last ? (end[0] + end[1]) / 2 : null)),
              lineStyle: { opacity: 0 },
              endLabel: {
                ...endLabel(series.name, color, ink),
                distance: chart.form === 'areas' ? 8 : 26,
              },
              labelLayout: { moveOverlap: 'shiftY' },
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
        barMaxWidth: 40,
        barCategoryGap: '22%',
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
