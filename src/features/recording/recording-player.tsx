// The recording of a call under its curve: both sides apart, play and pause, five seconds back and on, speed.
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { CallInteraction } from '#contract/transcript.ts'
import { formatDuration } from '#src/lib/duration.ts'
import type { Signal } from '#src/lib/signal.ts'
import { spokenAt, spokenSpans } from '#src/features/recording/spoken-line.ts'
import { type RecordingSource, useRecording } from '#src/features/recording/use-recording.ts'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'
import './recording.css'

export interface RecordingPlayerProps {
  source: RecordingSource
  lines: readonly CallInteraction[]
  /** When the call started, epoch ms. */
  startedAt: number
  /** Told where the recording is, seconds; null while there is none. */
  position: Signal<number | null>
  /** Told which line is spoken. */
  spoken: Signal<number | null>
  /** A line to play from; a new object for every wish. */
  playFrom: { lineId: number } | null
  /** Told whether lines can be played. */
  onReady: (isReady: boolean) => void
}

const rates = [0.75, 1, 1.25, 1.5, 2]

/** The player, or why there is none. */
export function RecordingPlayer(props: RecordingPlayerProps) {
  const { source, lines, startedAt, position, spoken, playFrom, onReady } = props
  const container = useRef<HTMLDivElement>(null)
  const player = useRecording(source, container, position)
  const { state, isPlaying, rate, seek } = player
  const spans = useMemo(() => spokenSpans(lines, startedAt), [lines, startedAt])
  const isReady = state.status === 'ready'
  useEffect(() => onReady(isReady), [isReady, onReady])
  useEffect(() => {
    const tell = () => {
      const at = position.get()
      spoken.set(at === null || at === 0 ? null : spokenAt(spans, at))
    }
    tell()
    return position.subscribe(tell)
  }, [position, spoken, spans])
  const played = useRef<RecordingPlayerProps['playFrom']>(null)
  useEffect(() => {
    if (!playFrom || playFrom === played.current || !isReady) return
    played.current = playFrom
    const span = spans.find(({ lineId }) => lineId === playFrom.lineId)
    if (span) seek(span.from, true)
  }, [playFrom, isReady, spans, seek])
  const why = isReady || 'There is no recording of this call.'
  useAction('recording.toggle', player.toggle, why)
  useAction('recording.back', () => player.skip(-5), why)
  useAction('recording.on', () => player.skip(5), why)
  useAction(
    'recording.faster',
    () => player.setRate(rates[(rates.indexOf(rate) + 1) % rates.length] ?? 1),
    why,
  )
  const { cap, shortcuts } = useKeys()

  if (state.status === 'none') return <p className="recording recording-none">No recording for this call.</p>
  if (state.status === 'denied')
    return <p className="recording recording-none">You don’t have permission to hear recordings.</p>
  if (state.status === 'failed')
    return (
      <p className="recording recording-none" role="alert">
        The recording could not be loaded: {problemWords(state.problem)}{' '}
        <Button onClick={player.retry}>Try again</Button>
      </p>
    )
  const two = isReady && state.recording.channels.length > 1
  return (
    <section className="recording" aria-label="Recording" aria-busy={!isReady}>
      <Button
        className="recording-play"
        cap={cap('recording.toggle')}
        aria-keyshortcuts={shortcuts('recording.toggle')}
        disabled={!isReady}
        onClick={player.toggle}
      >
        {isPlaying ? 'Pause' : 'Play'}
      </Button>
      <Button kind="quiet" aria-label="5 seconds back" disabled={!isReady} onClick={() => player.skip(-5)}>
        −5
      </Button>
      <Button kind="quiet" aria-label="5 seconds on" disabled={!isReady} onClick={() => player.skip(5)}>
        +5
      </Button>
      <div className="recording-sides" aria-hidden="true">
        {two && (
          <>
            <span>Caller</span>
            <span>Agent</span>
          </>
        )}
      </div>
      <div ref={container} className="recording-wave" />
      {!isReady && <span className="recording-loading">Loading the recording…</span>}
      <Position position={position} length={player.length} />
      <select
        aria-label="Speed"
        value={rate}
        disabled={!isReady}
        onChange={(event) => player.setRate(Number(event.target.value))}
      >
        {rates.map((one) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
      </select>
    </section>
  )
}

function Position({ position, length }: { position: Signal<number | null>; length: number | null }) {
  const read = () => Math.floor(position.get() ?? 0)
  const at = useSyncExternalStore(position.subscribe, read)
  return (
    <span className="recording-time">
      {formatDuration(at * 1000)}
      {length !== null && <span className="t3"> / {formatDuration(length * 1000)}</span>}
    </span>
  )
}
