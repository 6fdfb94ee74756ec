// What a transfer's moves change: the escalation, the call's row, acts that wait, and what is owed when nobody was reached.
import type { Call } from '#contract/call.ts'
import type { FollowUp } from '#contract/follow-up.ts'
import { isLive } from '#contract/call-rules.ts'
import type { Briefing, Transfer, TransferPerson } from '#contract/transfer.ts'
import type { Escalation, Intervention } from '#contract/transcript.ts'
import { applyClaim } from '#server/domain/apply-claim.ts'
import { moveAct } from '#server/domain/apply-receipt.ts'
import { requestOf } from '#server/domain/escalation-request.ts'
import { noteFailedTransfer } from '#server/domain/failed-transfer.ts'
import { type BriefingChange, editBriefing } from '#server/domain/briefing.ts'
import { type Draft, flushCall, isoOf, patchCall, patchState } from '#server/domain/call-state.ts'
import type { DeskFact } from '#server/domain/fact.ts'
import {
  type TransferMove,
  isUnsettled,
  moveTransfer,
  startTransfer,
  statusOf,
} from '#server/domain/transfer.ts'

/** Stands for whoever a platform speaks of without a name. */
export const unknownPerson: TransferPerson = { id: 'unknown', name: 'A person' }

/** A caller who was promised a call is rung within this long, ms. */
const callbackWithinMs = 30 * 60_000

/** Where the open escalation's transfer stands; of one from before there were transfers, what its status says. */
export function transferOf(escalation: Escalation): Transfer {
  if (escalation.transfer) return escalation.transfer
  const { assigned_agent_id: id, agent_name: name, requested_at, accepted_at } = escalation
  const agent = id === undefined ? undefined : { id, name: name ?? id }
  const started = startTransfer(requested_at, agent ? { agent } : {})
  if (escalation.status !== 'in_progress') return started
  const at = accepted_at ?? requested_at
  const person = agent ?? unknownPerson
  return (
    moveTransfer(
      moveTransfer(started, { kind: 'accept', agent: person }, at) ?? started,
      { kind: 'bridge' },
      at,
    ) ?? started
  )
}

/**
 * Takes the moves one after the other, leaves out those that are not possible from where the transfer stands, and tells of
 * it once. Returns false when nothing moved. Limits run from `now` (ISO, the server's clock), whatever a platform says `at`
 * which time it happened.
 */
export function moveEscalation(draft: Draft, moves: readonly TransferMove[], at: string, now = at): boolean {
  const { escalation } = draft.state
  if (!escalation || (escalation.status !== 'pending' && escalation.status !== 'in_progress')) return false
  const before = transferOf(escalation)
  let transfer = before
  for (const move of moves) transfer = moveTransfer(transfer, move, now) ?? transfer
  if (transfer === before) return false
  const status = statusOf(transfer)
  const { assigned_agent_id: _id, agent_name: _name, ...rest } = escalation
  const next: Escalation = { ...rest, status, transfer }
  const { agent } = transfer
  const named = agent ?? (status === 'cancelled' ? before.agent : undefined)
  if (named && named.id !== unknownPerson.id)
    Object.assign(next, { assigned_agent_id: named.id, agent_name: named.name })
  if (status === 'in_progress' && escalation.status === 'pending') next.accepted_at = at
  if (status === 'pending') delete next.accepted_at
  const isOver = status === 'completed' || status === 'cancelled'
  if (isOver) next.completed_at = at
  writeEscalation(draft, next, isOver ? 'escalation.completed' : 'escalation.updated', at)
  patchCall(draft, rowOf(draft.state.call, next, escalation, at))
  if (status === 'in_progress')
    for (const act of draft.state.openActs)
      if (act.action === 'transfer') moveAct(draft, act.command_id, { state: 'applied', at })
  return true
}

/** The members of the call's row that the escalation decides. */
function rowOf(call: Call, next: Escalation, before: Escalation, at: string): Partial<Call> {
  const { escalated_since, escalated_to: _to, ...kept } = call.signals ?? {}
  const others = noteFailedTransfer(kept, next.transfer)
  const { status, assigned_agent_id: id, agent_name: name } = next
  const agent = id !== undefined && name !== undefined ? { id, name } : undefined
  if (status === 'pending') {
    const isBack = before.status === 'in_progress'
    const signals = {
      ...others,
      escalated_since: escalated_since ?? at,
      ...(agent ? { escalated_to: agent.name } : {}),
    }
    return {
      escalation_status: 'pending',
      signals,
      ...(isBack && call.status === 'escalated' ? { status: 'in_progress' } : {}),
    }
  }
  if (status === 'in_progress')
    return {
      status: isLive(call.status) ? 'escalated' : call.status,
      escalation_status: 'in_progress',
      answered_by: 'human',
      signals: others,
      ...(agent ? { assigned_agent: agent } : {}),
    }
  return {
    escalation_status: status === 'completed' ? 'completed' : undefined,
    signals: others,
    ...(call.status === 'escalated' ? { status: 'in_progress' as const } : {}),
  } as Partial<Call>
}

/** A receipt of the platform for a command to ring somebody: it rings, refuses, or the person has picked up. */
export function transferReceipt(draft: Draft, act: Intervention, at: string, now = at): void {
  const { escalation } = draft.state
  if (act.action !== 'transfer' || !escalation) return
  const transfer = transferOf(escalation)
  const attempt = transfer.attempts.at(-1)
  // A word about somebody who was asked before says nothing about who is asked now.
  if (attempt?.command_id !== undefined && attempt.command_id !== act.command_id) return
  if (act.state === 'delivered' && transfer.state === 'briefing')
    moveEscalation(draft, [{ kind: 'ring' }], at, now)
  if (act.state === 'applied' && transfer.agent)
    moveEscalation(draft, [{ kind: 'accept' }, { kind: 'bridge' }], at, now)
  if (act.state !== 'refused') return
  const failed: TransferMove = { kind: 'miss', how: 'failed', reason: act.detail }
  // The platform cannot ring at all: what a supervisor asked for is over, what a trigger asked for goes on waiting.
  if (transfer.state === 'briefing')
    moveEscalation(
      draft,
      [
        failed,
        escalation.trigger_type === 'manual'
          ? { kind: 'settle', outcome: 'back_to_ai', reason: act.detail }
          : { kind: 'wait' },
      ],
      at,
      now,
    )
  else moveEscalation(draft, [failed], at, now)
}

/** Remembers by which command the person who is asked was rung. */
export function noteTransferCommand(draft: Draft, commandId: string): void {
  const { escalation } = draft.state
  const attempt = escalation?.transfer?.attempts.at(-1)
  if (!escalation?.transfer || !attempt || !isUnsettled(escalation.transfer)) return
  const attempts = [...escalation.transfer.attempts.slice(0, -1), { ...attempt, command_id: commandId }]
  const noted = { ...escalation, transfer: { ...escalation.transfer, attempts } }
  patchState(draft, { escalation: noted })
  draft.rows.escalations.push(noted)
}

/** Puts the drafted briefing there, corrects it, or notes that the receiver has read it. */
export function changeBriefing(draft: Draft, change: BriefingChange, at: string): void {
  const { escalation } = draft.state
  if (!escalation) return
  const { briefing } = escalation
  let next: Briefing
  if (change.kind === 'draft') {
    if (briefing) return
    next = change.briefing
  } else if (!briefing) return
  else if (change.kind === 'edit') next = editBriefing(briefing, change.patch, change.by, at)
  else if (briefing.confirmed_at !== undefined) return
  else next = { ...briefing, confirmed_at: at, confirmed_by: change.by }
  if (next === briefing) return
  writeEscalation(draft, { ...escalation, briefing: next }, 'escalation.updated', at)
}

type Carried = Extract<DeskFact, { event: 'desk.transfer' }>['data']

/** Moves of people at the desk and of the server's clock; nothing happens when the transfer stands elsewhere by now. */
export function carryTransfer(
  draft: Draft,
  { escalation_id, moves, expect, callback, act }: Carried,
  at: string,
): void {
  const { escalation } = draft.state
  if (escalation?.id !== escalation_id) return
  const { state, since } = transferOf(escalation)
  if (expect && (expect.state !== state || expect.since !== since)) return
  if (!moveEscalation(draft, moves, at)) return
  if (callback !== undefined) oweCallback(draft, callback, Date.parse(at))
  if (act) applyClaim(draft, { wish: act.claim === 'force' ? 'force' : 'take', by: act.by }, at)
}

/** The caller is owed a call. */
export function oweCallback(draft: Draft, reason: string, now: number, by?: TransferPerson): void {
  const { call, escalation } = draft.state
  const followUp: FollowUp = {
    id: `callback-${call.id}-${escalation?.id ?? 0}`,
    call_id: call.id,
    reason,
    due_at: isoOf(now + callbackWithinMs),
    created_by: by ?? { id: 'callboard', name: 'Callboard' },
    created_at: isoOf(now),
    status: 'open',
  }
  draft.rows.followUps.push(followUp)
}

export function writeEscalation(
  draft: Draft,
  escalation: Escalation,
  event: 'escalation.triggered' | 'escalation.updated' | 'escalation.completed',
  at: string,
): void {
  flushCall(draft, at)
  const { escalation: before, earlierRequests = [] } = draft.state
  if (before && before.id !== escalation.id)
    patchState(draft, { earlierRequests: [...earlierRequests, requestOf(before)] })
  patchState(draft, { escalation })
  draft.rows.escalations.push(escalation)
  draft.entries.push({ event, data: { call_id: escalation.call_id, escalation }, at })
}
