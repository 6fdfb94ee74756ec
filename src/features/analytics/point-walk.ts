// Which point of a chart is meant: by arrow keys, and by where the pointer is. Pure.
import type { Chart } from '#contract/charts/chart.ts'
import type { ChartPoint } from '#contract/charts/chart-points.ts'

/** Along the places, or from series to series; of a rank the places stand under each other. */
const steps: Record<string, readonly [along: number, across: number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The point a key leads to; null when the key means nothing here. Without a point the newest, or the first of no trend. */
export function walk(
  form: Chart['form'],
  points: readonly ChartPoint[],
  from: ChartPoint | null,
  key: string,
): ChartPoint | null {
  const rows = Math.max(0, ...points.map(({ series }) => series))
  const last = points.at(-1)
  if (key === 'Home') return points[0] ?? null
  if (key === 'End') return last ?? null
  const step = steps[key]
  if (!step || !last) return null
  if (!from)
    return form === 'lines' || form === 'areas'
      ? (points.findLast(({ series }) => series === 0) ?? last)
      : (points[0] ?? null)
  // One row of places is walked by any arrow.
  const [along, across] = form === 'ranks' || form === 'cloud' || rows === 0 ? [step[0] + step[1], 0] : step
  if (along !== 0) {
    const row = points.filter(({ series }) => series === from.series)
    const at = row.findIndex(({ index }) => index === from.index)
    return row[Math.min(row.length - 1, Math.max(0, at + along))] ?? from
  }
  const column = points.filter(({ index }) => index === from.index)
  const ordered = form === 'heat' ? column : [...column].sort((a, b) => b.y - a.y)
  const at = ordered.findIndex(({ series }) => series === from.series)
  return ordered[Math.min(ordered.length - 1, Math.max(0, at + across))] ?? from
}

/** The point that the pointer means: of the nearest place, the one nearest to it. `reach` in px, of a cloud. */
export function pointAt(
  form: Chart['form'],
  points: readonly ChartPoint[],
  pixelOf: (point: ChartPoint) => readonly [number, number] | null,
  [left, top]: readonly [number, number],
  reach = 14,
): ChartPoint | null {
  const isTall = form === 'lines' || form === 'areas' || form === 'columns'
  let best: { point: ChartPoint; main: number; other: number } | null = null
  for (const point of points) {
    const at = pixelOf(point)
    if (!at) continue
    const [dx, dy] = [Math.abs(at[0] - left), Math.abs(at[1] - top)]
    const [main, other] = isTall ? [dx, dy] : form === 'ranks' ? [dy, 0] : [Math.hypot(dx, dy), 0]
    if (form === 'cloud' && main > reach) continue
    if (!best || main < best.main - 0.5 || (Math.abs(main - best.main) <= 0.5 && other < best.other))
      best = { point, main, other }
  }
  return best?.point ?? null
}
