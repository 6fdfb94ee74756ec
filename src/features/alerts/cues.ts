// Three cues made by the browser itself, different in pitch and in rhythm, so that they are told apart without looking.
import type { AlertSeverity } from '#contract/alert.ts'

interface Tone {
  /** Hz. */
  pitch: number
  /** Seconds from the beginning of the cue. */
  at: number
  seconds: number
}

/** Info: one low note. Warning: two, rising. Critical: two times three, high and quick. */
export const cueTones: Record<AlertSeverity, readonly Tone[]> = {
  info: [{ pitch: 440, at: 0, seconds: 0.16 }],
  warning: [
    { pitch: 587, at: 0, seconds: 0.14 },
    { pitch: 784, at: 0.2, seconds: 0.2 },
  ],
  critical: [0, 0.13, 0.26, 0.62, 0.75, 0.88].map((at, index) => ({
    pitch: index % 3 === 2 ? 1175 : 988,
    at,
    seconds: 0.1,
  })),
}

export type SoundState = 'unavailable' | 'blocked' | 'ready'

export interface Cues {
  /** What the browser allows at this moment. */
  state(): SoundState
  /** Calls `listener` whenever `state` may have changed. Returns the end of it. */
  watch(listener: () => void): () => void
  /** To be called by a press: browsers let a page sound only after one. Resolves to what is allowed then. */
  unlock(): Promise<SoundState>
  /** Plays the cue; `volume` 0–1. False when it was not heard: blocked, or another one sounds still. */
  play(severity: AlertSeverity, volume: number): boolean
}

type AudioFactory = () => AudioContext

const browserAudio: AudioFactory | null =
  typeof AudioContext === 'undefined' ? null : () => new AudioContext()

/** Cues through Web Audio. */
export function createCues(open: AudioFactory | null = browserAudio): Cues {
  let audio: AudioContext | null = null
  let soundsUntil = 0
  const watchers = new Set<() => void>()
  const state = (): SoundState => {
    if (!open) return 'unavailable'
    return audio?.state === 'running' ? 'ready' : 'blocked'
  }
  return {
    state,
    watch(listener) {
      watchers.add(listener)
      return () => void watchers.delete(listener)
    },
    async unlock() {
      if (!open) return 'unavailable'
      if (!audio) {
        audio = open()
        audio.addEventListener('statechange', () => {
          for (const tell of watchers) tell()
        })
      }
      if (audio.state !== 'running') await audio.resume().catch(() => undefined)
      return state()
    },
    play(severity, volume) {
      if (!audio || state() !== 'ready' || audio.currentTime < soundsUntil) return false
      const begin = audio.currentTime + 0.02
      for (const { pitch, at, seconds } of cueTones[severity]) {
        const tone = audio.createOscillator()
        const loudness = audio.createGain()
        tone.type = severity === 'critical' ? 'triangle' : 'sine'
        tone.frequency.value = pitch
        loudness.gain.setValueAtTime(0, begin + at)
        loudness.gain.linearRampToValueAtTime(volume * 0.5, begin + at + 0.01)
        loudness.gain.linearRampToValueAtTime(0, begin + at + seconds)
        tone.connect(loudness).connect(audio.destination)
        tone.start(begin + at)
        tone.stop(begin + at + seconds + 0.02)
        soundsUntil = begin + at + seconds
      }
      return true
    },
  }
}

let shared: Cues | null = null

/** The page's own cues: what was unlocked in the settings is unlocked for the alerts. */
export function pageCues(): Cues {
  shared ??= createCues()
  return shared
}
