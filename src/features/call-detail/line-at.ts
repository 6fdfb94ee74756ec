// Finds the line a reason speaks of, so that the reader can go there. Pure.
import type { OpenCall } from '#src/live/live-state.ts'

/** A line counts as the one meant when it was said within this time of the reason, ms. */
const nearMs = 5000

/** Number of the line said at `at` (epoch ms), or null when it is not known. */
export function lineAt(open: Pick<OpenCall, 'lines' | 'total'> | undefined, at: number): number | null {
  if (!open) return null
  const first = Math.max(1, open.total - open.lines.length + 1)
  let best: { number: number; distance: number } | null = null
  open.lines.forEach((line, index) => {
    const distance = Math.abs(Date.parse(line.timestamp) - at)
    if (distance <= nearMs && (!best || distance < best.distance)) best = { number: first + index, distance }
  })
  return (best as { number: number } | null)?.number ?? null
}
