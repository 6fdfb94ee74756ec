// Everything that can become true about a call: what feeds report, and what people at the desk did.
import type { Alert } from '#contract/alert.ts'
import type { QaScoreKey } from '#contract/qa-review.ts'
import type { TelephonyEvent } from '#contract/telephony.ts'
import type { CallNote, Intervention, InterventionAction, InterventionState } from '#contract/transcript.ts'
import type { Briefing, HandBack, TransferState } from '#contract/transfer.ts'
import type { BriefingChange } from '#server/domain/briefing.ts'
import type { TransferMove } from '#server/domain/transfer.ts'
import type { ClaimWish } from '#server/domain/apply-claim.ts'

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
        scope?: Intervention['scope']
        /** Seconds it lasts once it is applied. */
        duration_s?: number | undefined
        /**
         * The act takes the call in hand. `respect`: nothing of its batch happens while somebody else has the call; `force`:
         * it is taken over. Absent: claims do not matter, as for acts of the server itself.
         */
        claim?: 'respect' | 'force' | undefined
      }
    }
  | { event: 'desk.claim'; data: { call_id: string } & ClaimWish }
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
        briefing?: Briefing | undefined
      }
    }
  | {
      event: 'desk.transfer'
      data: {
        call_id: string
        escalation_id: number
        moves: readonly TransferMove[]
        /** Where the transfer must stand; anything else and nothing happens. */
        expect?: { state: TransferState; since: string } | undefined
        /** The caller is owed a call, for this reason. */
        callback?: string | undefined
        /** An act of a person at the desk, under the rule of claims that `desk.intervention` has. */
        act?: { by: { id: string; name: string }; claim: 'respect' | 'force' } | undefined
      }
    }
  /** Said with the command that gives the call back, of which it tells how the escalation goes on. */
  | {
      event: 'desk.hand_back'
      data: { call_id: string; escalation_id: number; wish: Omit<HandBack, 'state' | 'at'> }
    }
  | { event: 'desk.briefing'; data: { call_id: string; escalation_id: number; change: BriefingChange } }
  /** A person reviews the QA score; `review` null withdraws what was reviewed. */
  | {
      event: 'desk.qa_review'
      data: {
        call_id: string
        by: { id: string; name: string }
        /** Absent scores stay, null takes one back; so it is with the notes. */
        review: {
          scores: { [K in QaScoreKey]?: number | null | undefined }
          notes?: string | null | undefined
        } | null
        /** The review that was seen, by its instant; null: none. Another one there: nothing happens. */
        expected?: string | null | undefined
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
  /** The author takes the note back; it is kept as it was, and nobody is shown it any more. */
  | {
      event: 'desk.note_removed'
      data: { call_id: string; note: CallNote; by: { id: string; name: string } }
    }
  | {
      event: 'desk.alert'
      data: {
        call_id: string
        /** As the watch over the floor saw it; the rules decide whether it is news. */
        alert: Omit<Alert, 'call_id' | 'state' | 'active_at' | 'updated_at'>
      }
    }
  | {
      event: 'desk.alert_change'
      data: {
        call_id: string
        alert_id: string
        change: 'acknowledge' | 'snooze' | 'resolve' | 'clear' | 'remind'
        by?: { id: string; name: string } | undefined
        note?: string | undefined
        /** Acknowledges an alert that a colleague has. */
        force?: boolean | undefined
        /** End of a snooze, ISO 8601. */
        until?: string | undefined
        /** When the reminder was due, ISO 8601: several nodes may tell of the same one. */
        due?: string | undefined
        /** Why it cleared; `cleared` when absent. */
        resolution?: 'cleared' | 'rule_off' | undefined
      }
    }

export type Fact = TelephonyEvent | DeskFact

/** The call a fact is about. */
export function callIdOf(fact: Fact): string {
  return 'call' in fact.data ? fact.data.call.id : fact.data.call_id
}
