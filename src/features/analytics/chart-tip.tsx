// What the point of a chart says, beside it: never over it, never out of the chart.
import type { Chart, ChartSize } from '#contract/charts/chart.ts'
import type { ChartPoint } from '#contract/charts/chart-points.ts'
import { figureText } from '#contract/charts/figure-text.ts'

interface ChartTipProps {
  chart: Chart
  points: readonly ChartPoint[]
  point: ChartPoint
  /** Px within the chart. */
  at: readonly [number, number] | null
  size: ChartSize
  byKey: boolean
}

/** A ring on the point, and its words. */
export function ChartTip({ chart, points, point, at, size, byKey }: ChartTipProps) {
  if (!at) return null
  const [left, top] = at
  const isLine = chart.form === 'lines' || chart.form === 'areas'
  const beside =
    isLine || chart.form === 'columns' ? points.filter(({ index }) => index === point.index) : [point]
  const dot = chart.form === 'cloud' ? chart.dots[point.index] : undefined
  return (
    <>
      {isLine && <span className="an-ruler" style={{ left }} aria-hidden="true" />}
      {(isLine || chart.form === 'cloud') && (
        <span className="an-ring" style={{ left, top }} aria-hidden="true" />
      )}
      <div
        className="an-tip"
        aria-hidden="true"
        style={{
          ...(left > size.width / 2 ? { right: Math.max(0, size.width - left + 14) } : { left: left + 14 }),
          ...(top > size.height / 2 ? { bottom: Math.max(0, size.height - top + 10) } : { top: top + 10 }),
        }}
      >
        <span className="t3">
          {point.place}
          {point.partial && ' · so far'}
        </span>
        {dot && chart.form === 'cloud' ? (
          <b>
            {chart.across.name} {figureText(chart.across.unit, dot.x)} · {chart.up.name}{' '}
            {figureText(chart.up.unit, dot.y)}
          </b>
        ) : (
          beside.map((one) => (
            <span key={one.series} className={one.series === point.series ? 'strong' : 't2'}>
              {one.name && `${one.name} `}
              {one.value}
            </span>
          ))
        )}
        <span className={point.behind ? 'an-tip-opens' : 't3'}>
          {point.behind
            ? `${byKey ? 'Enter' : 'A click'} opens ${chart.form === 'cloud' ? 'this call' : 'these calls'}`
            : 'No filter of the list counts the same'}
        </span>
      </div>
    </>
  )
}
