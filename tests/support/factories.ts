// Makers of calls, lines, receipts and frames for tests; every member can be overridden.
import type { Alert } from '#contract/alert.ts'
import type { Attention, Call } from '#contract/call.ts'
import type { Claim } from '#contract/claim.ts'
import type { CallEventName, EventData } from '#contract/events.ts'
import type { EventFrame, Stream } from '#contract/protocol.ts'
import type { CallInteraction, CallNote, Escalation, Intervention, QAScore } from '#contract/transcript.ts'

/** The instant at which made things happen. */
export const madeAt = '2026-11-20T14:00:00.000Z'

/** A live inbound call. */
export function makeCall(over: Partial<Call> & { id: string }): Call {
  return {
    twilio_call_sid: `CA-${over.id}`,
    direction: 'inbound',
    status: 'in_progress',
    from_number: '+12105550142',
    to_number: '+12105550100',
    started_at: madeAt,
    created_at: madeAt,
    updated_at: madeAt,
    metadata: {},
    ...over,
  }
}

/** A transcript line of the customer. */
export function makeLine(over: Partial<CallInteraction> & { id: number }): CallInteraction {
  return {
    call_id: 'c1',
    speaker: 'customer',
    text: `Line ${over.id}`,
    timestamp: madeAt,
    metadata: {},
    ...over,
  }
}

/** A message that was sent to the AI. */
export function makeIntervention(over: Partial<Intervention> & { command_id: string }): Intervention {
  return {
    call_id: 'c1',
    action: 'send_message',
    by: { id: 'u1', name: 'Mara' },
    state: 'sent',
    at: madeAt,
    updated_at: madeAt,
    ...over,
  }
}

/** A note of a supervisor. */
export function makeNote(over: Partial<CallNote> & { id: number }): CallNote {
  return {
    call_id: 'c1',
    note: `Note ${over.id}`,
    tags: [],
    category: null,
    author_id: 'u1',
    author_name: 'Mara',
    created_at: madeAt,
    ...over,
  }
}

/** An escalation that waits for a human. */
export function makeEscalation(over: Partial<Escalation> = {}): Escalation {
  return {
    id: 1,
    call_id: 'c1',
    status: 'pending',
    trigger_type: 'manual',
    trigger_details: {},
    context_data: {},
    requested_at: madeAt,
    ...over,
  }
}

/** A good QA score. */
export function makeQaScore(over: Partial<QAScore> = {}): QAScore {
  return {
    id: 1,
    call_id: 'c1',
    overall_score: 0.9,
    sentiment_score: 0.9,
    compliance_score: 0.9,
    accuracy_score: 0.9,
    professionalism_score: 0.9,
    sentiment_label: 'positive',
    compliance_issues: [],
    flagged_issues: [],
    reviewed_by: 'rules',
    created_at: madeAt,
    updated_at: madeAt,
    ...over,
  }
}

/** A colleague's claim, for two minutes. */
export function makeClaim(over: Partial<Claim> = {}): Claim {
  const until = new Date(Date.parse(madeAt) + 120_000).toISOString()
  return { id: 'u2', name: 'Marcus Oyelaran', since: madeAt, until, ...over }
}

/** An active warning that managers are told of. */
export function makeAlert(over: Partial<Alert> & { id: string }): Alert {
  return {
    rule_id: 'rule-1',
    rule_name: 'Nobody speaks',
    call_id: 'c1',
    severity: 'warning',
    state: 'active',
    recipients: ['manager'],
    reason: 'Nobody has spoken for 45 s',
    triggered_at: madeAt,
    active_at: madeAt,
    updated_at: madeAt,
    ...over,
  }
}

/** A call that wants somebody to look. */
export function makeAttention(over: Partial<Attention> = {}): Attention {
  return { score: 55, level: 'watch', reasons: [], ...over }
}

interface Place {
  stream?: Stream
  seq?: number
  prev?: number
  safe?: number
  at?: string
}

/** One frame; on `calls` and without a position unless told. */
export function makeFrame<N extends CallEventName>(
  event: N,
  data: EventData[N],
  place: Place = {},
): EventFrame {
  return { event, data, stream: 'calls', at: madeAt, ...place } as EventFrame
}
