// The two-minute mood line as the outlines that are drawn. Pure, so that a row and a component draw the same.
import { moodStep } from '#src/ui/mood-scale.ts'

export const sparkWidth = 58
export const sparkHeight = 22

export interface SparkPath {
  /** The line itself. */
  line: string
  /** What of it is below zero, closed. */
  below: string
  /** Its newest point. */
  end: [x: number, y: number]
  /** The mood of the newest point, as a step of the scale. */
  step: ReturnType<typeof moodStep>
}

/** Up to 24 values of 0–1, null where nothing was said yet; null when there is nothing to draw. */
export function sparkPath(values: readonly (number | null)[]): SparkPath | null {
  const width = sparkWidth / Math.max(1, values.length - 1)
  const points: [number, number][] = []
  values.forEach((value, index) => {
    if (value !== null) points.push([index * width, (1 - value) * sparkHeight])
  })
  const first = points[0]
  const end = points.at(-1)
  if (!first || !end) return null
  const middle = sparkHeight / 2
  const at = ([x, y]: [number, number]) => `${x.toFixed(1)} ${y.toFixed(1)}`
  const under = points.map(([x, y]): [number, number] => [x, Math.max(middle, y)])
  return {
    line: `M${points.map(at).join(' L')}`,
    below: `M${first[0].toFixed(1)} ${middle} L${under.map(at).join(' L')} L${end[0].toFixed(1)} ${middle}Z`,
    end,
    step: moodStep(1 - end[1] / sparkHeight),
  }
}
