// Lines: whole where their places are, dashed where the present cuts one off, each named where it ends.
import type { LineSeriesOption, SeriesOption } from 'echarts'
import { roundTop } from '#contract/charts/axis-options.ts'
import type { ChartInk } from '#contract/charts/chart-ink.ts'
import type { Series, SeriesChart } from '#contract/charts/chart.ts'
import { spreadLabels } from '#contract/charts/end-labels.ts'
import { type Unit, figureOr } from '#contract/charts/figure-text.ts'

type Values = (number | null)[]

/** Drawn, never pointed at: the page marks points itself. */
export const quietLine = { type: 'line', symbol: 'none', emphasis: { disabled: true }, silent: true } as const

/** What is drawn whole, and what is drawn in dashes because its place is cut off. */
function solidAndDashed(values: Values, partial: readonly boolean[]): { solid: Values; dashed: Values } {
  const isCut = (index: number) => partial[index] ?? false
  return {
    solid: values.map((value, index) => (isCut(index) ? null : value)),
    dashed: values.map((value, index) =>
      isCut(index) || isCut(index - 1) || isCut(index + 1) ? value : null,
    ),
  }
}

/** A point without neighbours would be no line at all. */
const withDots = (values: Values) =>
  values.map((value, index) =>
    value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null
      ? { value, symbol: 'circle', symbolSize: 6 }
      : value,
  )

/** The name of a series where it ends. */
export function endLabel(
  text: string,
  color: string,
  ink: ChartInk,
  isQuiet = false,
): NonNullable<LineSeriesOption['endLabel']> {
  return {
    show: true,
    formatter: () => text,
    color,
    fontSize: 11,
    fontWeight: isQuiet ? 400 : 600,
    fontFamily: ink.font,
    distance: 8,
  }
}

const lastValue = ({ points }: Series): number | null =>
  points.findLast(({ value }) => value !== null)?.value ?? null

/** What stands at the end of a series. */
export function labelOf(unit: Unit, chart: SeriesChart, series: Series): string {
  // A comparison is named by its time; a share by its name: its number changes from place to place.
  if (series.earlier || chart.form !== 'lines') return series.name
  return chart.series.length === 1
    ? figureOr(unit, lastValue(series))
    : `${series.name} ${figureOr(unit, lastValue(series))}`
}

/** How far each label is moved so that none covers another, px down. `room`: height of the axis in px. */
export function labelShifts(chart: SeriesChart, room: number): number[] {
  const ends = chart.series.map(lastValue)
  const top =
    chart.to ??
    roundTop(
      chart.unit,
      Math.max(0, ...chart.series.flatMap(({ points }) => points.map(({ value }) => value ?? 0))),
    )
  const from = chart.from ?? 0
  const wanted = ends.map((value) => (1 - ((value ?? from) - from) / (top - from)) * room)
  return spreadLabels(wanted, room)
}

/** A line each; what is cut off is dashed, an earlier range dotted and grey. */
export function lineSeries(chart: SeriesChart, ink: ChartInk, room = 0): SeriesOption[] {
  const shifts = room > 0 ? labelShifts(chart, room) : []
  const partial = chart.places.map((place) => place.partial ?? false)
  return chart.series.flatMap((series, order): SeriesOption[] => {
    const color = ink[series.ink]
    const values = series.points.map(({ value }) => value)
    const label = {
      ...endLabel(labelOf(chart.unit, chart, series), series.earlier ? ink.axis : color, ink, series.earlier),
      offset: [0, shifts[order] ?? 0],
    }
    if (series.earlier)
      return [
        {
          ...quietLine,
          id: `s${order}`,
          data: withDots(values),
          // Over columns, under lines.
          z: chart.form === 'lines' ? 1 : 4,
          lineStyle: { color, width: 1.5, type: [3, 4] },
          itemStyle: { color },
          endLabel: label,
        },
      ]
    const { solid, dashed } = solidAndDashed(values, partial)
    const isCut = dashed.some((value) => value !== null)
    const common = {
      ...quietLine,
      z: 3,
      itemStyle: { color },
    } as const
    // Washed down to nothing: only where the axis begins with nothing.
    const area = order === 0 && chart.unit === 'count' ? { areaStyle: { color, opacity: 0.09 } } : {}
    return [
      {
        ...common,
        id: `s${order}`,
        data: withDots(isCut ? solid : values),
        lineStyle: { color, width: 2 },
        ...(isCut && partial.at(-1) ? {} : { endLabel: label }),
        ...area,
      },
      ...(isCut
        ? [
            {
              ...common,
              id: `s${order}-cut`,
              data: withDots(dashed),
              lineStyle: { color, width: 2, type: [5, 4] },
              ...(partial.at(-1) ? { endLabel: label } : {}),
              ...area,
            } satisfies LineSeriesOption,
          ]
        : []),
    ]
  })
}
