// From what a chart says to how ECharts draws it: pure, without a document, so that screen and PDF show the same.
import type { EChartsOption } from 'echarts'
import { cloudOption, heatOption, rankOption } from '#contract/charts/area-options.ts'
import type { Chart, ChartSize } from '#contract/charts/chart.ts'
import type { ChartInk } from '#contract/charts/chart-ink.ts'
import { seriesOption } from '#contract/charts/series-option.ts'

/**
 * The whole option of a chart. Needs of ECharts: LineChart, BarChart, ScatterChart, GridComponent, MarkLineComponent and
 * LabelLayout. Set it with `notMerge: false, replaceMerge: ['series']`. Series are named by id: `s0`, `s1` … in the order
 * of the chart's, with further ones for dashes and labels.
 */
export function chartOption(chart: Chart, ink: ChartInk, size: ChartSize): EChartsOption {
  switch (chart.form) {
    case 'ranks':
      return rankOption(chart, ink, size)
    case 'heat':
      return heatOption(chart, ink, size)
    case 'cloud':
      return cloudOption(chart, ink, size)
    case 'lines':
    case 'areas':
    case 'columns':
      return seriesOption(chart, ink, size)
  }
}
