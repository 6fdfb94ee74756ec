// What a scenario is once its script is read: turns on the phone, the places where it can stretch, and how it can end.
import type { CallDirection, Speaker } from '#contract/call.ts'

export type BusinessKind = 'roofing' | 'plumbing' | 'heating' | 'auto'

/** How such calls go: `short` ones end by themselves and are not stretched to a drawn length. */
export type Tone = 'easy' | 'mixed' | 'angry' | 'short'

export interface Turn {
  kind: 'turn'
  speaker: Speaker
  /** Template: `{slot}` and `{one|or another}`. */
  text: string
  /** The text is said as it stands: a supervisor's own words. */
  isVerbatim?: boolean
  /** The supervisor's command this line carries out. */
  commandId?: string
  /** The customer's answer to the line that carries out this command. */
  reactsTo?: string
  /** The customer's mood that the talk moves towards, 0–1. */
  mood: number
  /** A line the rules of the trade ask for; a careless AI leaves it out. */
  isCompliance?: boolean
  /** Said on some calls only. */
  isOptional?: boolean
  tool?: string
  hasFailed?: boolean
  /** Seconds of hold music after the line. */
  holdSeconds?: number
}

export type Step =
  | Turn
  /** Nobody speaks for this many seconds. */
  | { kind: 'silence'; seconds: number }
  /** Here a side talk fits in. */
  | { kind: 'aside' }
  /** One of the variants of a shared part. */
  | { kind: 'part'; name: string; mood: number }

export interface Branch {
  label: string
  weight: number
  outcome: 'completed' | 'failed'
  /** Why the call failed, in words a supervisor reads. */
  reason?: string
  steps: readonly Step[]
}

export interface Scenario {
  id: string
  direction: CallDirection
  tone: Tone
  /** What the caller, or the business when it calls, wants. */
  intent: string
  tags: readonly string[]
  opening: readonly Step[]
  branches: readonly Branch[]
}
