// Where the points of a chart are and what they say: for pointer, keyboard, tooltip and table alike.
import type { Behind, Chart, CloudChart, Leads, Point, SeriesChart } from '#contract/charts/chart.ts'
import { type Unit, figureOr, noFigure } from '#contract/charts/figure-text.ts'

export interface ChartPoint<To extends Leads = Leads> {
  series: number
  index: number
  /** Place on the axes, as the chart's coordinates: an index of a category, or a value. */
  x: number
  y: number
  place: string
  /** Name of the series; empty where there is only one. */
  name: string
  value: string
  behind: To
  partial: boolean
}

/** A value in words, with the calls it is made of. */
export function pointText(unit: Unit, { value, words, over }: Point): string {
  if (words !== undefined) return words
  const text = figureOr(unit, value)
  return over === undefined || value === null ? text : `${text} of ${over.toLocaleString('en-US')} calls`
}

/** The sums of what can be stacked at each place. */
export function stackSums({ places, series }: Pick<SeriesChart, 'places' | 'series'>): number[] {
  return places.map((_, index) =>
    series.reduce((sum, { points, earlier }) => sum + (earlier ? 0 : (points[index]?.value ?? 0)), 0),
  )
}

/** Lower and upper edge of every point: columns and areas stand on each other, lines stand alone. */
export function edgesOf(chart: SeriesChart): (readonly [low: number, high: number] | null)[][] {
  const isStack = chart.form !== 'lines'
  const sums = stackSums(chart)
  const heights = chart.places.map(() => 0)
  return chart.series.map(({ points, earlier }) =>
    points.map(({ value }, index) => {
      if (value === null) return null
      if (!isStack || earlier) return [value, value]
      const sum = sums[index] ?? 0
      const size = chart.shares ? (sum === 0 ? 0 : (value / sum) * 100) : value
      const low = heights[index] ?? 0
      heights[index] = low + size
      return [low, low + size]
    }),
  )
}

/** Every point that can be gone to, in the order of series and places. */
export function chartPoints(chart: Exclude<Chart, CloudChart>): ChartPoint<Behind>[]
export function chartPoints(chart: Chart): ChartPoint[]
export function chartPoints(chart: Chart): ChartPoint[] {
  if (chart.form === 'cloud') return cloudPoints(chart)
  const edges = chart.form === 'ranks' || chart.form === 'heat' ? null : edgesOf(chart)
  return chart.series.flatMap(({ name, points, earlier }, series) =>
    points.flatMap((point, index): ChartPoint<Behind>[] => {
      const place = chart.places[index]
      if (!place || point.value === null) return []
      const edge = edges?.[series]?.[index]
      // The middle of a part of a stack, the top of a column, the line itself.
      const isTop = chart.form === 'lines' || earlier || chart.series.length === 1
      const height = edge ? (isTop ? edge[1] : (edge[0] + edge[1]) / 2) : 0
      const [x, y] =
        chart.form === 'ranks'
          ? [point.value, index]
          : chart.form === 'heat'
            ? [index, series]
            : [index, height]
      return [
        {
          series,
          index,
          x,
          y,
          place: chart.form === 'heat' ? `${name}, ${place.name}` : place.name,
          name: chart.form === 'heat' || chart.series.length === 1 ? '' : name,
          value: pointText(chart.unit, point),
          behind: point.behind,
          partial: place.partial ?? false,
        },
      ]
    }),
  )
}

function cloudPoints({ dots }: CloudChart): ChartPoint[] {
  return dots
    .map((dot, index) => ({ ...dot, index }))
    .sort((a, b) => a.x - b.x)
    .map(({ name, x, y, behind, index }) => ({
      series: 0,
      index,
      x,
      y,
      place: name,
      name: '',
      value: '',
      behind,
      partial: false,
    }))
}

export interface ChartTable {
  head: readonly string[]
  rows: readonly {
    name: string
    /** Where the row's own name leads. */
    behind?: Leads
    cells: readonly { text: string; behind: Leads }[]
  }[]
}

/** The same numbers as a table: a row for each place, a column for each series. */
export function chartTable(chart: Chart): ChartTable {
  if (chart.form === 'cloud')
    return {
      head: [chart.head, chart.across.name, chart.up.name],
      rows: chart.dots.map(({ name, x, y, behind }) => ({
        name,
        behind,
        cells: [
          { text: figureOr(chart.across.unit, x), behind: null },
          { text: figureOr(chart.up.unit, y), behind: null },
        ],
      })),
    }
  return {
    head: [chart.head, ...chart.series.map(({ name }) => name)],
    rows: chart.places.map(({ name, partial }, index) => ({
      name: partial ? `${name} (so far)` : name,
      cells: chart.series.map(({ points }) => {
        const point = points[index]
        if (!point) return { text: noFigure, behind: null }
        return { text: point.words ?? figureOr(chart.unit, point.value), behind: point.behind }
      }),
    })),
  }
}

/** The table as text with tabs, as spreadsheets take it from the clipboard. */
export const tableText = ({ head, rows }: ChartTable): string =>
  [head, ...rows.map(({ name, cells }) => [name, ...cells.map(({ text }) => text)])]
    .map((cells) => cells.map(plain).join('\t'))
    .join('\n')

/** A text that a spreadsheet would read as a formula is led by an apostrophe; signs of our numbers are none. */
const plain = (text: string): string =>
  /^[=@]|^[+-](?![\d])/.test(text) ? `'${text}` : text.replaceAll(/[\t\n]/g, ' ')
