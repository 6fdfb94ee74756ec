// The one place where frames become state: pure, one pass, nothing copied that did not change.
import { applyToCall, callIdOf, withChange, withPresence } from '#contract/apply-event.ts'
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { ClaimNews } from '#contract/claim.ts'
import { type EventFrame, type SnapshotFrame, protocolDefaults } from '#contract/protocol.ts'
import type { Escalation, Intervention } from '#contract/transcript.ts'
import { asksIn } from '#src/live/claim-news.ts'
import { same } from '#src/lib/same.ts'
import { applyToOpen } from '#src/live/apply-open.ts'
import { type Draft, createDraft } from '#src/live/draft.ts'
import { FloorMap } from '#src/live/floor-map.ts'
import type { LiveState } from '#src/live/live-state.ts'
import { shareChange, shareEvent, shareValues } from '#src/live/share-values.ts'

/**
 * The state after the frames, oldest first. `calls` feeds the floor and `call:<id>` the open call, each in its own
 * order, so that neither is thrown back by the other. Splitting the frames differently ends in the same state.
 */
export function applyFrames(state: LiveState, frames: readonly EventFrame[]): LiveState {
  const draft = createDraft(state)
  for (const frame of frames) {
    if (frame.event === 'intervention.updated') settleIntervention(draft, frame.data)
    if (frame.event === 'claim.changed' && frame.stream === 'calls') noteClaim(draft, frame.data)
    if (frame.stream === 'calls' && 'escalation' in frame.data) noteEscalation(draft, frame.data.escalation)
    if (frame.stream === 'calls') applyToFloor(draft, frame)
    else applyToOpen(draft, frame.stream.slice('call:'.length), frame)
  }
  return draft.done()
}

function applyToFloor(draft: Draft, frame: EventFrame): void {
  if (frame.event === 'call.left') {
    leaveFloor(draft, frame.data.call_id)
    return
  }
  const isWhole = frame.event === 'call.started' || frame.event === 'call.updated'
  const callId = callIdOf(frame)
  shareEvent(frame)
  const known = draft.get('calls').get(callId)
  if (known) {
    const next = applyToCall(known, frame)
    if (next !== known && !isSameCall(next, known)) draft.edit('calls').set(callId, next)
  } else if (isWhole && isOnFloor(frame.data.call, Date.parse(frame.at)))
    draft.edit('calls').set(callId, frame.data.call)
}

function leaveFloor(draft: Draft, callId: string): void {
  if (draft.get('calls').has(callId)) draft.edit('calls').delete(callId)
  if (draft.get('latestIntervention').has(callId)) draft.edit('latestIntervention').delete(callId)
}

/** A call is on the floor while it is live, and for 30 s after its end (P5). */
function isOnFloor(call: Call, serverNow: number): boolean {
  if (isLive(call.status)) return true
  return serverNow - Date.parse(call.ended_at ?? call.updated_at) < protocolDefaults.endedLingerMs
}

/** The receipt is here: the wish is no longer pending, and the call's mark shows the newest act. */
function settleIntervention(draft: Draft, intervention: Intervention): void {
  if (draft.get('pending').has(intervention.command_id)) draft.edit('pending').delete(intervention.command_id)
  const held = draft.get('latestIntervention').get(intervention.call_id)
  if (held && (isYounger(held, intervention) || same(held, intervention))) return
  draft.edit('latestIntervention').set(intervention.call_id, intervention)
}

/** Calls of which the last news of their claim is kept. */
const keptClaimNews = 50

function noteClaim(draft: Draft, news: ClaimNews): void {
  if (news.change === 'renewed' || same(draft.get('claimNews').get(news.call_id), news)) return
  const kept = draft.edit('claimNews')
  // Put last, so that the oldest is the first to go.
  kept.delete(news.call_id)
  kept.set(news.call_id, news)
  const [oldest] = kept.keys()
  if (kept.size > keptClaimNews && oldest !== undefined) kept.delete(oldest)
}

/** Calls of which the last escalation is kept. */
const keptEscalations = 500

function noteEscalation(draft: Draft, escalation: Escalation): void {
  if (same(draft.get('escalationNews').get(escalation.call_id), escalation)) return
  const kept = draft.edit('escalationNews')
  kept.delete(escalation.call_id)
  kept.set(escalation.call_id, escalation)
  const [oldest] = kept.keys()
  if (kept.size > keptEscalations && oldest !== undefined) kept.delete(oldest)
}

/** After a break nobody knows who still looks at which call; the server tells of those that somebody looks at. */
export function forgetPresence(state: LiveState): LiveState {
  const draft = createDraft(state)
  for (const call of state.calls.values())
    if (call.presence) draft.edit('calls').set(call.id, withPresence(call, { watchers: [], more: 0 }))
  return draft.done()
}

function isYounger(a: Intervention, b: Intervention): boolean {
  const asked = Date.parse(a.at) - Date.parse(b.at)
  return asked > 0 || (asked === 0 && Date.parse(a.updated_at) > Date.parse(b.updated_at))
}

/** Where the call has said something meanwhile, as most have, that is seen at once, and the rest need not be compared. */
function isSameCall(a: Call, b: Call): boolean {
  return a.last_line?.id === b.last_line?.id && same(a, b)
}

/**
 * Calls of a part of a snapshot: those that did not change as they are on the floor, the others with equal values held once.
 * Done as the parts come in, while the next one is on its way, it costs no time when the floor is replaced.
 */
export function keepKnown(floor: ReadonlyMap<string, Call>, calls: readonly Call[]): readonly Call[] {
  return calls.map((call) => {
    const known = floor.get(call.id)
    return known && isSameCall(known, call) ? known : shareValues(call)
  })
}

/**
 * The calls of a part of a snapshot that is told as changes of the floor that is held, in which everything of before is applied.
 * Null when one of them is not on it: then what is held is not what the server takes it for.
 */
export function applyChanges(
  floor: ReadonlyMap<string, Call>,
  { changes = [], attention }: Pick<SnapshotFrame['data'], 'changes' | 'attention'>,
): readonly Call[] | null {
  const calls: Call[] = []
  for (const change of changes) {
    const known = floor.get(change.id)
    if (!known) {
      // It ended, and its half minute is over here.
      if (change.status && !isLive(change.status)) continue
      return null
    }
    const next = withChange(known, shareChange(change, known), attention)
    calls.push(isSameCall(known, next) ? known : next)
  }
  return calls
}

/** Calls of a part of a snapshot whose rest is on its way: what is known of them already is replaced, none comes or goes yet. */
export function renewKnown(state: LiveState, calls: readonly Call[]): LiveState {
  const draft = createDraft(state)
  for (const call of calls) {
    const known = draft.get('calls').get(call.id)
    if (known && known !== call) draft.edit('calls').set(call.id, call)
  }
  return draft.done()
}

/** The floor is exactly these calls (P5), which went through `keepKnown`. */
export function replaceFloor(state: LiveState, calls: readonly Call[]): LiveState {
  const next = new Map<string, Call>()
  for (const call of calls) next.set(call.id, call)
  const latestIntervention = new Map(
    [...state.latestIntervention].filter(([callId]) => next.has(callId) || state.openCalls.has(callId)),
  )
  const replaced = state.calls instanceof FloorMap ? state.calls.replaced(next) : next
  const draft = createDraft({ ...state, calls: replaced, latestIntervention, loaded: true })
  for (const ask of asksIn(calls)) noteClaim(draft, ask)
  return draft.done()
}

/** Marks of supervisors' acts that are kept for calls whose rows are not here. */
const keptMarks = 500

/** These calls of a floor that is kept elsewhere; marks of acts on others are let go when there are many. */
export function showRows(state: LiveState, rows: ReadonlyMap<string, Call>): LiveState {
  const { latestIntervention: marks } = state
  if (marks.size <= keptMarks) return { ...state, calls: rows, loaded: true }
  const wanted = [...marks].filter(([callId]) => rows.has(callId) || state.openCalls.has(callId))
  const others = [...marks].filter(([callId]) => !rows.has(callId) && !state.openCalls.has(callId))
  const latestIntervention = new Map([...others.slice(-keptMarks / 2), ...wanted])
  return { ...state, calls: rows, latestIntervention, loaded: true }
}

/** Lets calls go whose 30 s after the end are over; an open one stays in `openCalls`. */
export function sweepEnded(state: LiveState, serverNow: number): LiveState {
  const draft = createDraft(state)
  for (const call of state.calls.values()) if (!isOnFloor(call, serverNow)) leaveFloor(draft, call.id)
  return draft.done()
}
