// The facts a call reports, in the platform's words.
import { sentimentLabel } from '#contract/call-rules.ts'
import type { CallReport, EscalationReport, LineReport, TelephonyEvent } from '#contract/telephony.ts'
import type { Floor, LiveCall } from '#server/feed/simulator/live-call.ts'
import type { Beat } from '#server/feed/simulator/plan-call.ts'

const iso = (at: number) => new Date(at).toISOString()

/** Reports the call for the first time. */
export function reportStarted(floor: Floor, call: LiveCall): void {
  const { id, direction, business, customerNumber, plan, metadata, extras } = call
  const inbound = direction === 'inbound'
  const report: CallReport = {
    id,
    twilio_call_sid: `CA${Array.from({ length: 32 }, () => call.random.whole(0, 15).toString(16)).join('')}`,
    direction,
    status: inbound ? 'ringing' : 'initiated',
    from_number: inbound ? customerNumber : business.number,
    to_number: inbound ? business.number : customerNumber,
    business_id: business.id,
    started_at: iso(floor.now()),
    contact_name: call.slots.name,
    ai_name: business.aiName,
    tags: [...plan.scenario.tags],
    metadata: { intent: plan.scenario.intent, ...metadata },
    ...extras,
  }
  floor.report({ event: 'call.started', data: { call: report, at: iso(floor.now()) } })
}

/** Reports members of the call that changed. */
export function reportUpdated(floor: Floor, call: LiveCall, changed: Omit<CallReport, 'id'>): void {
  floor.report({ event: 'call.updated', data: { call: { id: call.id, ...changed }, at: iso(floor.now()) } })
}

function lineMetadata({
  tool,
  hasFailed,
  holdSeconds,
  commandId,
}: Beat): Record<string, unknown> | undefined {
  const metadata = {
    ...(tool ? { tool, ...(hasFailed ? { failed: true } : {}) } : {}),
    ...(holdSeconds ? { hold: 'music' } : {}),
    ...(commandId ? { command_id: commandId } : {}),
  }
  return Object.keys(metadata).length > 0 ? metadata : undefined
}

/** Reports a line; a customer's line with the mood it was said in. */
export function reportLine(floor: Floor, call: LiveCall, beat: Beat, text: string): void {
  const line: LineReport = {
    id: `l${call.lines}`,
    speaker: beat.speaker,
    text,
    timestamp: iso(floor.now()),
  }
  const metadata = lineMetadata(beat)
  if (metadata) line.metadata = metadata
  if (beat.speaker === 'customer') {
    const score = Math.round(call.mood * 100) / 100
    line.sentiment = { score, label: sentimentLabel(score) }
  }
  const fact: TelephonyEvent = { event: 'interaction.added', data: { call_id: call.id, interaction: line } }
  if (call.withheld) call.withheld.push(fact)
  else floor.report(fact)
}

/** Reports where a supervisor's command stands. */
export function reportReceipt(
  floor: Floor,
  callId: string,
  receipt: { commandId: string; state: 'applied' | 'refused'; detail?: string },
): void {
  const { commandId, state, detail } = receipt
  const data = {
    call_id: callId,
    command_id: commandId,
    state,
    at: iso(floor.now()),
    ...(detail ? { detail } : {}),
  }
  floor.report({ event: 'intervention.updated', data })
}

/** Reports that a person took the escalated call, or is done with it. */
export function reportEscalation(
  floor: Floor,
  call: LiveCall,
  event: 'escalation.updated' | 'escalation.completed',
  escalation: EscalationReport,
): void {
  floor.report({ event, data: { call_id: call.id, escalation, at: iso(floor.now()) } })
}

/** Reports the end. */
export function reportEnded(
  floor: Floor,
  call: LiveCall,
  end: { status: 'completed' | 'failed'; reason?: string | undefined; isMissed?: boolean },
): void {
  const { status, reason, isMissed } = end
  const data = {
    call_id: call.id,
    status,
    ended_at: iso(floor.now()),
    ...(reason ? { reason: reason.slice(0, 500) } : {}),
    ...(isMissed ? { missed: true } : {}),
  }
  floor.report({ event: 'call.ended', data })
}
