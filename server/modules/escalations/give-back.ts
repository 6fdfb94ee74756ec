// Gives a call that a person has back to the AI: asks the platform, and leaves the person on the call until it has been done.
import type { HandBack, TransferPerson } from '#contract/transfer.ts'
import { isUnderWay } from '#server/domain/apply-hand-back.ts'
import { transferOf } from '#server/domain/apply-transfer.ts'
import type { Principal } from '#server/domain/principal.ts'
import type { Acts } from '#server/modules/calls/acts-service.ts'
import type { DeskAct, Open } from '#server/modules/escalations/transfers-service.ts'

export interface GiveBack {
  endsAs: HandBack['ends_as']
  promised?: readonly string[] | undefined
  reason?: string | undefined
  act: DeskAct | undefined
}

/**
 * Sends the command; the escalation follows its receipt. Asked again while it is under way, nothing is sent. Throws
 * `CALL_CLAIMED` and `CALL_NOT_ACTIVE` as every act does.
 */
export async function giveBack(
  { acts }: { acts: Acts },
  principal: Principal,
  { escalation, state }: Open,
  { endsAs, promised = [], reason, act }: GiveBack,
): Promise<string> {
  const transfer = transferOf(escalation)
  const { hand_back: earlier, attempts, agent } = transfer
  const ai = state.call.ai_name ?? 'the AI'
  if (earlier && isUnderWay(earlier))
    return earlier.state === 'unknown'
      ? 'The voice platform has not answered yet; check what became of it.'
      : `The call is on its way back to ${ai}.`
  const by: TransferPerson = { id: principal.userId, name: principal.name }
  const text = handBackText((agent ?? { name: 'The person' }).name, promised, reason)
  // The same wish has the same id on every node, so the platform is asked once.
  const commandId = `hand-back-${escalation.id}-${attempts.length}-${triesOf(earlier) + 1}`
  await acts.perform({
    principal,
    callId: escalation.call_id,
    commandId,
    claim: act?.claim,
    words: { action: 'hand_back', text },
    facts: [
      {
        event: 'desk.hand_back',
        data: {
          call_id: escalation.call_id,
          escalation_id: escalation.id,
          wish: {
            command_id: commandId,
            by,
            ends_as: endsAs,
            ...(promised.length > 0 ? { promised: [...promised] } : {}),
            ...(reason ? { reason } : {}),
          },
        },
      },
    ],
  })
  return `Asked for the call to go back to ${ai}.`
}

/** How often it was asked for and refused, told from the last command's id. */
function triesOf(earlier: HandBack | undefined): number {
  return Number(earlier?.command_id.split('-').at(-1) ?? 0)
}

/** What the AI is told at the hand-back. */
function handBackText(who: string, promised: readonly string[], reason: string | undefined): string {
  const told =
    promised.length > 0 ? `${who} promised: ${promised.join('; ')}` : `${who} promised nothing further`
  return [reason, `${told}.`].filter(Boolean).join(' ')
}
