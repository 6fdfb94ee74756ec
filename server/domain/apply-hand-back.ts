// Giving a call back to the AI: asked by a command, believed when the platform has carried it out. Until then the person has it.
import type { HandBack } from '#contract/transfer.ts'
import type { Intervention } from '#contract/transcript.ts'
import { moveEscalation } from '#server/domain/apply-transfer.ts'
import { type Draft, isoOf } from '#server/domain/call-state.ts'
import type { DeskFact } from '#server/domain/fact.ts'

type Asked = Extract<DeskFact, { event: 'desk.hand_back' }>['data']

/** True while the command may still be carried out. */
export function isUnderWay(handBack: HandBack | undefined): boolean {
  return handBack !== undefined && handBack.state !== 'refused'
}

/** Notes the wish. Nothing happens when the escalation is another one by now, or a hand-back is under way. */
export function beginHandBack(draft: Draft, { escalation_id, wish }: Asked, at: string): void {
  const { escalation } = draft.state
  if (escalation?.id !== escalation_id || isUnderWay(escalation.transfer?.hand_back)) return
  moveEscalation(draft, [{ kind: 'hand_back', wish: { ...wish, state: 'sent', at } }], at)
}

/**
 * Follows the receipts that this fact wrote: `applied` ends the escalation as was wished, `refused` leaves the person on
 * the call. `now` is the server's clock, epoch ms.
 */
export function followHandBack(draft: Draft, at: string, now: number): void {
  for (const act of [...draft.rows.interventions]) if (act.action === 'hand_back') follow(draft, act, at, now)
}

function follow(draft: Draft, { command_id, state, detail }: Intervention, at: string, now: number): void {
  const handBack = draft.state.escalation?.transfer?.hand_back
  if (handBack?.command_id !== command_id || handBack.state === state) return
  const { ends_as, promised, reason } = handBack
  if (state === 'applied')
    moveEscalation(
      draft,
      [ends_as === 'completed' ? { kind: 'complete', promised } : { kind: 'cancel', reason }],
      at,
      isoOf(now),
    )
  else {
    const told: HandBack = { ...handBack, state }
    if (detail === undefined) delete told.detail
    else told.detail = detail
    moveEscalation(draft, [{ kind: 'hand_back', wish: told }], at, isoOf(now))
  }
}
