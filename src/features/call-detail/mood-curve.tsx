// The caller's mood over the whole call, with what was done on it: a click or the arrow keys lead to the line.
import { type KeyboardEvent, type MouseEvent, memo, useMemo, useSyncExternalStore } from 'react'
import type { CallInteraction } from '#contract/transcript.ts'
import { formatDuration } from '#src/lib/duration.ts'
import type { Meaning } from '#src/lib/meaning.ts'
import type { Signal } from '#src/lib/signal.ts'
import { curvePath, curvePoints, lineAtShare, shareOf } from '#src/features/call-detail/mood-curve-path.ts'
import { moodWord } from '#src/ui/mood-scale.ts'
import './mood-curve.css'

/** Something done on the call, marked on the curve. */
export interface CurveMark {
  key: string
  /** Epoch ms. */
  at: number
  text: string
  meaning: Meaning
}

interface MoodCurveProps {
  lines: readonly CallInteraction[]
  /** Number of the first line held. */
  firstNumber: number
  /** Epoch ms; `endsAt` is now while the call goes on. */
  startedAt: number
  endsAt: number
  isLive: boolean
  marks: readonly CurveMark[]
  /** First and last line in sight. */
  inSight: Signal<{ first: number; last: number } | null>
  /** Where the recording is, in seconds of the call; null while there is none. */
  playing: Signal<number | null>
  onLine: (lineId: number) => void
}

const width = 1000
const height = 56

/** The curve of a call. */
export function MoodCurve(props: MoodCurveProps) {
  const { lines, firstNumber, startedAt, endsAt, isLive, marks, inSight, playing, onLine } = props
  const points = useMemo(() => curvePoints(lines, startedAt, endsAt), [lines, startedAt, endsAt])
  const sight = useSyncExternalStore(inSight.subscribe, inSight.get)
  const indexOf = (id: number | undefined) => lines.findIndex((line) => line.id === id)
  const shareOfLine = (id: number) => {
    const line = lines[indexOf(id)]
    return line ? shareOf(Date.parse(line.timestamp), startedAt, endsAt) : 0
  }
  const from = sight ? shareOfLine(sight.first) : 0
  const to = sight ? shareOfLine(sight.last) : 1
  const middle = sight ? Math.round((indexOf(sight.first) + indexOf(sight.last)) / 2) : 0
  const here = lines[middle]
  const mood = points.findLast(({ x }) => x <= (here ? shareOfLine(here.id) : 1))
  const handleClick = (event: MouseEvent<HTMLElement>) => {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect()
    const id = lineAtShare(lines, (event.clientX - left) / wide, startedAt, endsAt)
    if (id !== null) onLine(id)
  }
  const handleKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      PageDown: 10,
      PageUp: -10,
      Home: -1e9,
      End: 1e9,
    }
    const by = steps[event.key]
    if (by === undefined || lines.length === 0) return
    event.preventDefault()
    const next = lines[Math.min(lines.length - 1, Math.max(0, middle + by))]
    if (next) onLine(next.id)
  }
  const path = curvePath(points, width, height)
  // Only what lies below the middle is filled.
  const below = curvePath(
    points.map((point) => ({ ...point, y: Math.max(0.5, point.y) })),
    width,
    height,
  )
  return (
    <div className="curve">
      <div
        className="curve-box"
        role="slider"
        tabIndex={0}
        aria-label="Mood over the call"
        aria-valuemin={firstNumber}
        aria-valuemax={firstNumber + Math.max(0, lines.length - 1)}
        aria-valuenow={firstNumber + Math.max(0, middle)}
        aria-valuetext={
          here
            ? `Line ${firstNumber + middle}, ${formatDuration(Date.parse(here.timestamp) - startedAt)}${mood ? `, ${moodWord(mood.score)}` : ''}`
            : 'No lines yet'
        }
        onClick={handleClick}
        onKeyDown={handleKey}
      >
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {path && <path className="curve-area" d={`${below}L${width} ${height / 2}L0 ${height / 2}Z`} />}
          <path className="curve-zero" d={`M0 ${height / 2}H${width}`} />
          {path && <path className="curve-line" d={path} />}
        </svg>
        {sight && (
          <i
            className="curve-sight"
            style={{ left: `${from * 100}%`, width: `${Math.max(0.6, (to - from) * 100)}%` }}
          />
        )}
        <Marks marks={marks} startedAt={startedAt} endsAt={endsAt} />
        <Playhead playing={playing} startedAt={startedAt} endsAt={endsAt} />
        {path === '' && <span className="curve-none">The caller’s mood is not known yet.</span>}
      </div>
      <div className="curve-times" aria-hidden="true">
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <span key={share}>
            {share === 1 && isLive ? 'now' : formatDuration(share * (endsAt - startedAt))}
          </span>
        ))}
      </div>
    </div>
  )
}

interface Span {
  startedAt: number
  endsAt: number
}

const Marks = memo(function Marks({ marks, startedAt, endsAt }: Span & { marks: readonly CurveMark[] }) {
  return marks.map(({ key, at, text, meaning }) => (
    <i
      key={key}
      className={`curve-mark curve-mark-${meaning}`}
      style={{ left: `${shareOf(at, startedAt, endsAt) * 100}%` }}
      title={`${formatDuration(Math.max(0, at - startedAt))} ${text}`}
    />
  ))
})

function Playhead({ playing, startedAt, endsAt }: Span & { playing: Signal<number | null> }) {
  const at = useSyncExternalStore(playing.subscribe, playing.get)
  if (at === null) return null
  return (
    <i
      className="curve-playhead"
      style={{ left: `${shareOf(startedAt + at * 1000, startedAt, endsAt) * 100}%` }}
    />
  )
}
