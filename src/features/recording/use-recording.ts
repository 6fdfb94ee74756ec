// The recording of a call: what is known of it, its bytes once they are wanted, and the player that holds both.
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { ApiProblem } from '#contract/errors.ts'
import type { Recording } from '#contract/recording.ts'
import type { Result } from '#src/lib/result.ts'
import type { Signal } from '#src/lib/signal.ts'
import { persistently } from '#src/lib/persistently.ts'
import type { Waveform } from '#src/features/recording/waveform.ts'

const loadWaveform = persistently(() => import('#src/features/recording/waveform.ts'))

export interface RecordingSource {
  /** What is known of the recording. */
  describe(): Promise<Result<Recording, ApiProblem>>
  /** Its bytes. */
  fetch(): Promise<Result<Blob, ApiProblem>>
}

export type RecordingState =
  | { status: 'loading' | 'none' | 'denied' }
  | { status: 'failed'; problem: ApiProblem }
  | { status: 'ready'; recording: Recording }

export interface Player {
  state: RecordingState
  isPlaying: boolean
  /** Seconds in all; null until known. */
  length: number | null
  rate: number
  toggle(): void
  /** Goes to a second of the recording; `andPlay` plays on from there. */
  seek(at: number, andPlay?: boolean): void
  skip(by: number): void
  setRate(rate: number): void
  retry(): void
}

/** The player of a recording; `position` is told where it is. */
export function useRecording(
  source: RecordingSource,
  container: RefObject<HTMLElement | null>,
  position: Signal<number | null>,
): Player {
  const [state, setState] = useState<RecordingState>({ status: 'loading' })
  const [isPlaying, setIsPlaying] = useState(false)
  const [length, setLength] = useState<number | null>(null)
  const [rate, setRateState] = useState(1)
  const [attempt, setAttempt] = useState(0)
  const wave = useRef<Waveform | null>(null)

  useEffect(() => {
    let isWanted = true
    let url = ''
    const failed = (problem: ApiProblem) => {
      if (!isWanted) return
      if (problem.code === 'RECORDING_NOT_FOUND') setState({ status: 'none' })
      else if (problem.status === 403) setState({ status: 'denied' })
      else setState({ status: 'failed', problem })
    }
    void (async () => {
      const known = await source.describe()
      if (!known.ok) return failed(known.problem)
      const bytes = await source.fetch()
      if (!bytes.ok) return failed(bytes.problem)
      if (!isWanted) return
      setState({ status: 'ready', recording: known.value })
      const { drawWaveform } = await loadWaveform()
      if (!isWanted || !container.current) return
      url = URL.createObjectURL(bytes.value)
      const drawn = drawWaveform(container.current, url, known.value)
      wave.current = drawn
      drawn.on('ready', (seconds) => setLength(seconds))
      drawn.on('play', () => setIsPlaying(true))
      drawn.on('pause', () => setIsPlaying(false))
      drawn.on('finish', () => setIsPlaying(false))
      drawn.on('timeupdate', (seconds) => position.set(seconds))
      drawn.on('interaction', (seconds) => position.set(seconds))
      drawn.on('error', () =>
        failed({ status: 0, code: 'UNPLAYABLE', message: 'This browser cannot play the recording.' }),
      )
    })()
    return () => {
      isWanted = false
      wave.current?.destroy()
      wave.current = null
      position.set(null)
      setIsPlaying(false)
      if (url !== '') URL.revokeObjectURL(url)
    }
  }, [source, container, position, attempt])

  return {
    state,
    isPlaying,
    length,
    rate,
    toggle: useCallback(() => void wave.current?.playPause(), []),
    seek: useCallback(
      (at, andPlay = false) => {
        const player = wave.current
        if (!player) return
        player.setTime(Math.max(0, at))
        position.set(Math.max(0, at))
        if (andPlay) void player.play()
      },
      [position],
    ),
    skip: useCallback((by) => wave.current?.skip(by), []),
    setRate: useCallback((next) => {
      setRateState(next)
      wave.current?.setPlaybackRate(next, true)
    }, []),
    retry: useCallback(() => {
      setState({ status: 'loading' })
      setAttempt((count) => count + 1)
    }, []),
  }
}
