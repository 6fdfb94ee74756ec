// What QA remembers of a running call: plain JSON, bounded, kept with the call's row.
import type { Speaker } from '#contract/call.ts'
import type { MoodTrack } from '#server/domain/sentiment.ts'

export interface QaLine {
  speaker: Speaker
  text: string
  /** Epoch ms of the line. */
  at: number
  /** Epoch ms at which the call started. */
  startedAt: number
  metadata: Record<string, unknown>
  /** 0–1; left out, the line does not move the mood. */
  sentiment?: number | undefined
}

export interface QaConfig {
  /** The business's `quality_assurance.compliance_check`: greeting and recording notice are asked for. */
  complianceCheck: boolean
}

/** What was heard so far; plain JSON, bounded. */
export interface QaTrack {
  readonly aiLines: number
  readonly greeted: boolean
  readonly noticed: boolean
  /** Set when the greeting or the notice is overdue and asked for. */
  readonly greetingMissed: boolean
  readonly noticeMissed: boolean
  readonly confirmed: boolean
  readonly nextStep: boolean
  readonly closed: boolean
  /** AI lines left in which an apology is due; null when none is. */
  readonly apologyDueIn: number | null
  readonly apologies: number
  readonly apologiesMissed: number
  readonly repeats: number
  readonly corrections: number
  readonly talkOvers: number
  readonly monologues: number
  readonly deadAirs: number
  /** Distinct issue texts, in order of appearance. */
  readonly complianceIssues: readonly string[]
  readonly mannersIssues: readonly string[]
  readonly failedTools: readonly string[]
  readonly mood: MoodTrack | null
  /** Meaning words of the customer's last four lines, each as `keptWords`. */
  readonly recent: readonly string[]
  /** The line before: who, when (epoch ms), how many words. */
  readonly last: { readonly speaker: Speaker; readonly at: number; readonly words: number } | null
}

/** The track of a call without lines. */
export function startQa(): QaTrack {
  return {
    aiLines: 0,
    greeted: false,
    noticed: false,
    greetingMissed: false,
    noticeMissed: false,
    confirmed: false,
    nextStep: false,
    closed: false,
    apologyDueIn: null,
    apologies: 0,
    apologiesMissed: 0,
    repeats: 0,
    corrections: 0,
    talkOvers: 0,
    monologues: 0,
    deadAirs: 0,
    complianceIssues: [],
    mannersIssues: [],
    failedTools: [],
    mood: null,
    recent: [],
    last: null,
  }
}
