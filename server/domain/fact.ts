// Everything that can become true about a call: what feeds report, and what people at the desk did.
import type { TelephonyEvent } from '#contract/telephony.ts'
import type { InterventionAction, InterventionState } from '#contract/transcript.ts'

/** Acts of people and of the server itself; they take the same way into the log as a platform's facts. */
export type DeskFact =
  | {
      event: 'desk.intervention'
      data: {
        call_id: string
        command_id: string
        action: InterventionAction
        by: { id: string; name: string }
        text?: string | undefined
      }
    }
  | {
      event: 'desk.receipt'
      data: { call_id: string; command_id: string; state: InterventionState; detail?: string | undefined }
    }
  | {
      event: 'desk.escalation'
      data: {
        call_id: string
        agent: { id: string; name: string; user_id?: string | undefined }
        by: { id: string; name: string }
        reason?: string | undefined
        context_note?: string | undefined
      }
    }
  | {
      event: 'desk.note'
      data: {
        call_id: string
        author: { id: string; name: string }
        note: string
        tags: string[]
        category: string | null
      }
    }

export type Fact = TelephonyEvent | DeskFact

/** The call a fact is about. */
export function callIdOf(fact: Fact): string {
  return 'call' in fact.data ? fact.data.call.id : fact.data.call_id
}
