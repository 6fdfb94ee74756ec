// What the server knows of a call, and the draft that a fact changes: the new state, the log entries and the rows.
import type { Alert } from '#contract/alert.ts'
import type { BusinessConfigData } from '#contract/business.ts'
import type { Call } from '#contract/call.ts'
import type { CallEventName, EventData } from '#contract/events.ts'
import type { FollowUp } from '#contract/follow-up.ts'
import type { CallInteraction, CallNote, Escalation, Intervention, QAScore } from '#contract/transcript.ts'
import type { EscalationRequest } from '#server/domain/escalation-request.ts'
import { type LineHistory, startHistory } from '#server/domain/line-signals.ts'
import { type QaTrack, startQa } from '#server/domain/qa-rules.ts'
import { isSameJson } from '#server/domain/same-json.ts'
import type { MoodTrack, SentimentScorer } from '#server/domain/sentiment.ts'

/** Plain JSON; stored whole beside the call's columns. Every change makes a new object. */
export interface CallState {
  readonly call: Call
  /** Users, and role tokens such as `@csr`, that see the call beside those who see all (P13). */
  readonly owners: readonly string[]
  readonly lines: number
  readonly mood: MoodTrack | null
  readonly history: LineHistory
  readonly qa: QaTrack
  readonly qaScore: QAScore | null
  /** Set once the platform sends QA scores of its own: ours stop. */
  readonly qaReported: boolean
  readonly escalation: Escalation | null
  /** Requests for a person before the present one, oldest first. */
  readonly earlierRequests?: readonly EscalationRequest[]
  /** Trigger types that fired on this call; each fires once. */
  readonly triggersFired: readonly string[]
  /** Acts without a final receipt. */
  readonly openActs: readonly Intervention[]
  /** When an alert of a rule (by id) was last resolved by hand: what began before is not raised again. */
  readonly alertsSettled?: Readonly<Record<string, string>>
}

/** One event for the log. */
export type Entry = {
  [N in CallEventName]: {
    event: N
    data: EventData[N]
    /** A `call.updated` that everybody must get (P8). */
    statusChanged?: boolean
    /** Kept for the record after the log has let go of it, with who did it. */
    kept?: { by: { id: string; name: string } | null }
    at: string
  }
}[CallEventName]

export interface BusinessRules {
  id: string
  name: string
  aiName: string | null
  config: BusinessConfigData
}

export interface KnownAgent {
  id: string
  name: string
  userId: string | null
}

/** What the rules may look up. No clock and no I/O: `now` and the next id are given. */
export interface FactContext {
  /** Epoch ms at which the facts arrived; used where a fact names no time. */
  now: number
  nextId(): number
  scorer: SentimentScorer
  business(id: string | undefined): BusinessRules | undefined
  agent(id: string): KnownAgent | undefined
}

/** A note as it is stored; one that was taken back stays for the record, with the instant. */
export type StoredNote = CallNote & { removed_at?: string }

/** Collects what one fact changes. Rules write to it; ingest stores what is in it. */
export interface Draft {
  state: CallState
  /** The call's row differs from what subscribers have; a `call.updated` is owed. */
  callChanged: boolean
  /** Its status differs too. */
  statusChanged: boolean
  entries: Entry[]
  rows: {
    interactions: CallInteraction[]
    factIds: string[]
    escalations: Escalation[]
    notes: StoredNote[]
    interventions: Intervention[]
    alerts: Alert[]
    followUps: FollowUp[]
  }
}

let lastInstant = { ms: 0, text: new Date(0).toISOString() }

/** An instant as ISO text; facts that arrive together share theirs, so the last one is remembered. */
export function isoOf(ms: number): string {
  if (lastInstant.ms !== ms) lastInstant = { ms, text: new Date(ms).toISOString() }
  return lastInstant.text
}

/** A call as it is before any fact about it. */
export function startState(call: Call): CallState {
  return {
    call,
    owners: [],
    lines: 0,
    mood: null,
    history: startHistory(),
    qa: startQa(),
    qaScore: null,
    qaReported: false,
    escalation: null,
    triggersFired: [],
    openActs: [],
  }
}

export function startDraft(state: CallState): Draft {
  return {
    state,
    callChanged: false,
    statusChanged: false,
    entries: [],
    rows: {
      interactions: [],
      factIds: [],
      escalations: [],
      notes: [],
      interventions: [],
      alerts: [],
      followUps: [],
    },
  }
}

/** Changes members of the call; `quiet` leaves out the `call.updated`, where a narrower event says the same. */
export function patchCall(draft: Draft, patch: Partial<Call>, quiet = false): void {
  const { call } = draft.state
  const changed = (Object.keys(patch) as (keyof Call)[]).some((key) => !isSameJson(call[key], patch[key]))
  if (!changed) return
  if (patch.status !== undefined && patch.status !== call.status) draft.statusChanged = true
  draft.state = { ...draft.state, call: withPatch(call, patch) }
  if (!quiet) draft.callChanged = true
}

/** Replaces members of the state; a call among them is one of which subscribers are told by a narrower event. */
export function patchState(draft: Draft, patch: Partial<CallState>): void {
  draft.state = { ...draft.state, ...patch }
}

/** Adds the `call.updated` that is owed, before an event that must come after it. */
export function flushCall(draft: Draft, at: string): void {
  if (!draft.callChanged) return
  patchCall(draft, { updated_at: at })
  draft.entries.push({
    event: 'call.updated',
    data: { call: draft.state.call },
    statusChanged: draft.statusChanged,
    at,
  })
  draft.callChanged = false
  draft.statusChanged = false
}

/** Members set to undefined are gone: JSON would drop them anyway, and live state and stored state must not differ. */
function withPatch(call: Call, patch: Partial<Call>): Call {
  const next = { ...call, ...patch }
  // Nearly always there is none, and a copy made from entries is slow to make and slow to write out.
  for (const key in patch)
    if (patch[key as keyof Call] === undefined)
      return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) as Call
  return next
}
