// What the sheets of analytics have in common: tiles, trends beside an earlier range, distributions.
import type { AnalyticsRange, DistributionBar, Period, Span } from '#contract/analytics.ts'
import type { CallsQuery } from '#contract/call-link.ts'
import { behindOf } from '#contract/charts/behind.ts'
import type { Ink, Place, Point, RankChart, Series, SeriesChart, Tile } from '#contract/charts/chart.ts'
import {
  type Unit,
  changeText,
  figureText,
  leastCalls,
  noFigure,
  tooFew,
} from '#contract/charts/figure-text.ts'
import { hourText, intervalNames, placeOf, shortSpan } from '#contract/charts/place-text.ts'

/** An average or rate with the calls it is over; a plain count has none. */
export interface Measured {
  value: number
  over?: number
}

interface TileOptions {
  id: string
  name: string
  unit: Unit
  now: Measured
  before?: Measured | undefined
  behind: Tile['behind']
  of?: string | undefined
}

/** True where the sample says something: rates need twenty calls, averages one. */
export const says = (unit: Unit, { over }: Measured): boolean =>
  over === undefined || over >= (unit === 'percent' ? leastCalls : 1)

/** A figure, and how it stands to the earlier one. */
export function tileOf({ id, name, unit, now, before, behind, of }: TileOptions): Tile {
  const isSaid = says(unit, now)
  const remark = isSaid ? of : now.over === 0 ? 'none to count' : tooFew
  return {
    id,
    name,
    text: isSaid ? figureText(unit, now.value) : noFigure,
    behind,
    ...(before && isSaid && says(unit, before) ? { change: changeText(unit, now.value, before.value) } : {}),
    ...(remark === undefined ? {} : { of: remark }),
  }
}

/** `Fri 13 Nov`, `8 to 14 Nov`: what is compared with. */
export const spanText = (zone: string, { from, to }: Span): string =>
  shortSpan(zone, Date.parse(from), Date.parse(to))

interface Line<P> {
  name: string
  ink: Ink
  read: (point: P) => Measured
  /** Null where the list cannot be asked the same. */
  behind: CallsQuery | null
}

interface TrendOptions<P extends Period> {
  id: string
  title: string
  note?: string
  span: number
  form: SeriesChart['form']
  unit: Unit
  range: AnalyticsRange
  data: readonly P[]
  lines: readonly Line<P>[]
  /** The earlier range, and which of the lines stands beside it. */
  earlier?:
    | (Span & { data: readonly P[]; read: (point: P) => Measured; behind: CallsQuery | null })
    | undefined
  more?: Partial<Pick<SeriesChart, 'shares' | 'limit' | 'from' | 'to'>>
}

const pointOf = (unit: Unit, measured: Measured, behind: Point['behind']): Point =>
  says(unit, measured)
    ? { value: measured.value, behind, ...(measured.over === undefined ? {} : { over: measured.over }) }
    : { value: null, behind, ...(measured.over ? { words: tooFew } : {}) }

/** A trend over the hours, days, weeks or months of the range. */
export function trendOf<P extends Period>(options: TrendOptions<P>): SeriesChart {
  const { id, title, note, span, form, unit, range, data, lines, earlier, more } = options
  const places: Place[] = data.map((period) => placeOf(range.zone, range.interval, period))
  const series: Series[] = lines.map(({ name, ink, read, behind }) => ({
    name,
    ink,
    points: data.map((point) => pointOf(unit, read(point), behind && behindOf(range, behind, point))),
  }))
  if (earlier && data.length > 1)
    series.push({
      name: spanText(range.zone, earlier),
      ink: 'earlier',
      earlier: true,
      points: places.map((_, index): Point => {
        const point = earlier.data[index]
        if (!point) return { value: null, behind: null }
        return pointOf(unit, earlier.read(point), earlier.behind && behindOf(range, earlier.behind, point))
      }),
    })
  const last = data.at(-1)
  const asOf = Date.parse(range.as_of)
  const isNow = last?.partial === true && asOf - Date.parse(range.to) < 120_000
  return {
    id,
    title,
    ...(note === undefined ? {} : { note }),
    span,
    form,
    unit,
    head: intervalNames[range.interval],
    places,
    series,
    ...(isNow && data.length > 1
      ? { now: { at: data.length - 1, text: `now ${hourText(range.zone, asOf)}` } }
      : {}),
    ...more,
  }
}

interface DistributionOptions {
  id: string
  title: string
  note?: string
  span: number
  head: string
  range: AnalyticsRange
  bars: readonly DistributionBar[]
  tick: (bar: DistributionBar) => string
  name?: (bar: DistributionBar) => string
  behind: (bar: DistributionBar) => CallsQuery
  ink?: (bar: DistributionBar) => Ink
}

/** Columns of a distribution. */
export function distributionOf(options: DistributionOptions): SeriesChart {
  const { id, title, note, span, head, range, bars, tick, name = tick, behind, ink } = options
  return {
    id,
    title,
    ...(note === undefined ? {} : { note }),
    span,
    form: 'columns',
    unit: 'count',
    head,
    places: bars.map((bar) => ({ tick: tick(bar), name: name(bar) })),
    series: [
      {
        name: 'Calls',
        ink: 'plain',
        points: bars.map((bar) => ({
          value: bar.count,
          behind: behindOf(range, behind(bar)),
          ...(ink ? { ink: ink(bar) } : {}),
        })),
      },
    ],
  }
}

/** Names with their numbers, as horizontal bars. */
export function ranksOf(
  titled: Pick<RankChart, 'id' | 'title' | 'span' | 'head'> & { note?: string; column: string },
  items: readonly { name: string; count: number; behind: Point['behind']; ink?: Ink }[],
): RankChart {
  const { column, ...rest } = titled
  return {
    ...rest,
    form: 'ranks',
    unit: 'count',
    places: items.map(({ name }) => ({ tick: name, name })),
    series: [
      {
        name: column,
        ink: 'first',
        points: items.map(({ count, behind, ink }) => ({ value: count, behind, ...(ink ? { ink } : {}) })),
      },
    ],
  }
}
