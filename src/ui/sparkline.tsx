// The two-minute mood line of a row: one path, a zero line, and filled only where it is below zero.
import { memo } from 'react'
import { moodStep } from '#src/ui/mood-scale.ts'

const width = 58
const height = 22

/** Draws up to 24 values of 0–1; null where nothing was said yet. Decorative: the number beside it says the mood. */
export const Sparkline = memo(function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const step = width / Math.max(1, values.length - 1)
  const points: [number, number][] = []
  values.forEach((value, index) => {
    if (value !== null) points.push([index * step, (1 - value) * height])
  })
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last)
    return <svg className="spark" viewBox={`0 0 ${width + 4} ${height}`} aria-hidden="true" />
  const middle = height / 2
  const at = ([x, y]: [number, number]) => `${x.toFixed(1)} ${y.toFixed(1)}`
  const line = points.map(at).join(' L')
  const below = points.map(([x, y]): [number, number] => [x, Math.max(middle, y)])
  const step2 = moodStep(1 - last[1] / height)
  return (
    <svg className="spark" viewBox={`0 0 ${width + 4} ${height}`} aria-hidden="true">
      <path className="spark-zero" d={`M0 ${middle}H${width}`} />
      <path
        className="spark-below"
        d={`M${first[0].toFixed(1)} ${middle} L${below.map(at).join(' L')} L${last[0].toFixed(1)} ${middle}Z`}
      />
      <path className={`spark-line mood-stroke-${step2}`} d={`M${line}`} />
      <circle className={`mood-fill-${step2}`} cx={last[0]} cy={last[1]} r="2" />
    </svg>
  )
})
