// Supervisors' acts and their receipts: sent → delivered → applied, refused or unknown (P7).
import { isLaterAct, lastActOf } from '#contract/apply-event.ts'
import { isLive } from '#contract/call-rules.ts'
import type { Intervention, InterventionState } from '#contract/transcript.ts'
import { applyClaim } from '#server/domain/apply-claim.ts'
import { disarm, startHold } from '#server/domain/apply-holds.ts'
import { type Draft, patchCall, patchState } from '#server/domain/call-state.ts'
import type { DeskFact } from '#server/domain/fact.ts'

const rank: Record<InterventionState, number> = { sent: 0, unknown: 1, delivered: 1, applied: 2, refused: 2 }

type Asked = Extract<DeskFact, { event: 'desk.intervention' }>['data']

/** Opens the receipt of an act. The same id again is the same act: nothing happens. */
export function openAct(draft: Draft, asked: Asked, at: string): void {
  if (draft.state.openActs.some((act) => act.command_id === asked.command_id)) return
  const act: Intervention = {
    call_id: asked.call_id,
    command_id: asked.command_id,
    action: asked.action,
    by: asked.by,
    state: 'sent',
    at,
    updated_at: at,
  }
  if (asked.text !== undefined) act.text = asked.text
  if (asked.scope !== undefined) act.scope = asked.scope
  if (asked.duration_s !== undefined) act.duration_s = asked.duration_s
  if (asked.claim) applyClaim(draft, { wish: asked.claim === 'force' ? 'force' : 'take', by: asked.by }, at)
  disarm(draft, act.action)
  patchState(draft, { openActs: [...draft.state.openActs, act] })
  write(draft, act, at)
  if (isLive(draft.state.call.status)) return
  if (act.action === 'end') moveAct(draft, act.command_id, { state: 'applied', at })
  else moveAct(draft, act.command_id, { state: 'refused', at, detail: 'The call has ended.' })
}

interface Receipt {
  state: InterventionState
  at: string
  detail?: string | undefined
  interactionId?: number | undefined
  /** When the server learned of it, its own clock; `at` when absent. */
  received?: string
}

/**
 * Moves an act on; a receipt never goes back, and `unknown` gives way to any later word of the platform. Returns the act
 * as it is now, null when the receipt says nothing new.
 */
export function moveAct(draft: Draft, commandId: string, receipt: Receipt): Intervention | null {
  const act = draft.state.openActs.find((open) => open.command_id === commandId)
  if (!act) return null
  const later =
    rank[receipt.state] > rank[act.state] || (act.state === 'unknown' && receipt.state === 'delivered')
  if (!later) return null
  const moved: Intervention = { ...act, state: receipt.state, updated_at: receipt.at }
  if (receipt.detail !== undefined) moved.detail = receipt.detail
  if (receipt.interactionId !== undefined) moved.interaction_id = receipt.interactionId
  const final = moved.state === 'applied' || moved.state === 'refused'
  patchState(draft, {
    openActs: draft.state.openActs.flatMap((open) =>
      open.command_id !== commandId ? [open] : final ? [] : [moved],
    ),
  })
  write(draft, moved, receipt.at)
  if (moved.state === 'applied') applied(draft, moved, receipt)
  return moved
}

function applied(draft: Draft, act: Intervention, { at, received = at }: Receipt): void {
  const { paused_since: _, ...signals } = draft.state.call.signals ?? {}
  if (act.action === 'pause') patchCall(draft, { ai_paused: true, signals: { ...signals, paused_since: at } })
  if (act.action === 'resume') patchCall(draft, { ai_paused: false, signals })
  startHold(draft, act, at, received)
}

/**
 * When the call ends: an act to end it was carried out, and so was dialling it once it left `initiated`; any other came
 * too late. Of an `unknown` one nobody knows more than before.
 */
export function settleOpenActs(draft: Draft, at: string): void {
  const { call, openActs } = draft.state
  for (const act of openActs) {
    const done = act.action === 'end' || (act.action === 'dial' && call.status !== 'initiated')
    if (done) moveAct(draft, act.command_id, { state: 'applied', at })
    else if (act.state !== 'unknown')
      moveAct(draft, act.command_id, {
        state: 'refused',
        at,
        detail: 'The call ended before this could be carried out.',
      })
  }
}

function write(draft: Draft, act: Intervention, at: string): void {
  const shown = lastActOf(act)
  if (isLaterAct(shown, draft.state.call.last_act)) patchCall(draft, { last_act: shown }, true)
  draft.rows.interventions.push(act)
  draft.entries.push({ event: 'intervention.updated', data: act, at })
}
