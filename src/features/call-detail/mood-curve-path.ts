// The caller's mood over the time of a call as a curve: where its points stand and how they are joined. Pure.
import type { CallInteraction } from '#contract/transcript.ts'

export interface CurvePoint {
  lineId: number
  /** 0–1 along the call. */
  x: number
  /** 0–1, 1 is the worst mood: drawn downwards. */
  y: number
  score: number
}

/** Where an instant stands along the call, 0–1. */
export function shareOf(at: number, startedAt: number, endsAt: number): number {
  return Math.min(1, Math.max(0, (at - startedAt) / Math.max(1, endsAt - startedAt)))
}

/** A point for each line of the caller that has a mood, in the order of time. */
export function curvePoints(
  lines: readonly CallInteraction[],
  startedAt: number,
  endsAt: number,
): CurvePoint[] {
  return lines
    .flatMap(({ id, speaker, sentiment, timestamp }) =>
      speaker === 'customer' && sentiment
        ? [
            {
              lineId: id,
              x: shareOf(Date.parse(timestamp), startedAt, endsAt),
              y: 1 - sentiment.score,
              score: sentiment.score,
            },
          ]
        : [],
    )
    .sort((a, b) => a.x - b.x)
}

/** The curve in a box of `width` by `height`, from edge to edge; empty without points. */
export function curvePath(points: readonly CurvePoint[], width: number, height: number): string {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return ''
  const at = ({ x, y }: Pick<CurvePoint, 'x' | 'y'>) => `${round(x * width)} ${round(y * height)}`
  return [
    `M${at({ x: 0, y: first.y })}`,
    ...points.map((point) => `L${at(point)}`),
    `L${at({ x: 1, y: last.y })}`,
  ].join('')
}

const round = (value: number) => Math.round(value * 10) / 10

/** The line said last before a place of the call (0–1); the first one before all; null without lines. */
export function lineAtShare(
  lines: readonly CallInteraction[],
  share: number,
  startedAt: number,
  endsAt: number,
): number | null {
  const at = startedAt + share * (endsAt - startedAt)
  const line = lines.findLast(({ timestamp }) => Date.parse(timestamp) <= at) ?? lines[0]
  return line?.id ?? null
}
