// What the live store holds. Nothing derivable is kept; screens read it through the hooks of use-live.ts only.
import type { Call } from '#contract/call.ts'
import type { ClaimNews } from '#contract/claim.ts'
import type { CallInteraction, CallNote, Escalation, Intervention, QAScore } from '#contract/transcript.ts'
import type { Connection } from '#src/lib/connection.ts'

/** A call somebody has open: its transcript and what hangs on it. */
export interface OpenCall {
  callId: string
  status: 'loading' | 'ready' | 'not-found'
  /** The call itself, kept here after it left the floor; null until its snapshot is in. */
  call: Call | null
  /** Oldest first, without holes from `lines[0]` on; bounded, older ones come by HTTP (`hasOlder`). */
  lines: readonly CallInteraction[]
  hasOlder: boolean
  /** Lines of the call in all, known to the server. */
  total: number
  interventions: readonly Intervention[]
  notes: readonly CallNote[]
  qaScore: QAScore | null
  escalation: Escalation | null
}

/** A wish of this console that the server has not confirmed yet; never painted as truth. */
export interface PendingCommand {
  commandId: string
  callId: string
  action: Intervention['action']
  text?: string | undefined
  /** Epoch ms, server clock. */
  askedAt: number
  state: 'sending' | 'refused' | 'unknown'
  detail?: string | undefined
}

export interface LiveState {
  connection: Connection
  /** False until the first snapshot of all calls is in: the difference between "loading" and "no calls". */
  loaded: boolean
  /** Live calls, and ended ones for their last 30 s. Unchanged calls keep their identity from commit to commit. */
  calls: ReadonlyMap<string, Call>
  /** Newest intervention per call, for the row's mark. */
  latestIntervention: ReadonlyMap<string, Intervention>
  /** What was last told of a call's claim since this page is open; a few calls, the newest last. */
  claimNews: ReadonlyMap<string, ClaimNews>
  /** The last escalation told of each call since the page is open; the latest ones. */
  escalationNews: ReadonlyMap<string, Escalation>
  openCalls: ReadonlyMap<string, OpenCall>
  pending: ReadonlyMap<string, PendingCommand>
}
