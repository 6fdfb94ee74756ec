// The weather on the floor: how many call, how they feel, what goes wrong.
import type { Tone } from '#server/feed/simulator/scenario.ts'

export const sceneNames = ['calm', 'storm', 'breach', 'cut-line'] as const
export type SceneName = (typeof sceneNames)[number]

export interface Scene {
  /** Arrivals in proportion to what holds the level asked for. */
  arrivals: number
  /** How often a scenario of a tone is drawn, in proportion. */
  tones: Record<Tone, number>
  /** Added to every customer's mood. */
  moodShift: number
  /** Chance that a tool which works in the script fails here (0–1). */
  toolFailure: number
  /** Chance that the AI leaves a compliance line out (0–1). */
  complianceMiss: number
  /** Chance that a caller of any scenario asks for a person and is left waiting for one (0–1). */
  asksForHuman: number
  /** Chance that an inbound caller gives up while it rings (0–1). */
  missed: number
  /** Chance that an outbound call is not answered (0–1). */
  unanswered: number
  /** Chance that a call breaks off in the middle (0–1). */
  dropped: number
  /** The lines of one business arrive late, or after the end. */
  cutsLines: boolean
}

const calm: Scene = {
  arrivals: 1,
  tones: { easy: 5, mixed: 3.2, angry: 1.3, short: 0.8 },
  moodShift: 0,
  toolFailure: 0.03,
  complianceMiss: 0.05,
  asksForHuman: 0.02,
  missed: 0.03,
  unanswered: 0.16,
  dropped: 0.01,
  cutsLines: false,
}

/** The scenes by name. */
export const scenes: Record<SceneName, Scene> = {
  calm,
  storm: {
    ...calm,
    arrivals: 1.6,
    tones: { easy: 1, mixed: 2.5, angry: 7, short: 0.6 },
    moodShift: -0.12,
    toolFailure: 0.35,
    complianceMiss: 0.1,
    asksForHuman: 0.1,
    missed: 0.12,
    dropped: 0.03,
  },
  breach: {
    ...calm,
    tones: { easy: 3, mixed: 3.5, angry: 2.5, short: 0.5 },
    moodShift: -0.04,
    complianceMiss: 0.75,
    asksForHuman: 0.3,
  },
  'cut-line': { ...calm, cutsLines: true },
}
