// Facts about the call itself: it started, something about it changed, it ended.
import type { Call } from '#contract/call.ts'
import { noBusiness } from '#contract/call-filter.ts'
import { isLive } from '#contract/call-rules.ts'
import type { CallReport } from '#contract/telephony.ts'
import { closeAlerts } from '#server/domain/alerts/apply-alert.ts'
import { endEscalation } from '#server/domain/apply-escalation.ts'
import { settleOpenActs } from '#server/domain/apply-receipt.ts'
import {
  type Draft,
  type FactContext,
  flushCall,
  isoOf,
  patchCall,
  patchState,
} from '#server/domain/call-state.ts'

/** `none` would be the id that asks for calls without a business. */
const businessIn = ({ business_id }: CallReport): string | undefined =>
  business_id === noBusiness ? undefined : business_id

/** A new call from what the platform says of it. `inferred`: nobody said that it started. */
export function openCall(report: CallReport, at: string, context: FactContext, inferred: boolean): Call {
  const businessId = businessIn(report)
  const business = context.business(businessId)
  const agent = report.assigned_agent_id ? context.agent(report.assigned_agent_id) : undefined
  const status = report.status ?? 'in_progress'
  const call: Call = {
    id: report.id,
    twilio_call_sid: report.twilio_call_sid ?? report.id,
    direction: report.direction ?? 'inbound',
    status: isLive(status) ? status : 'in_progress',
    from_number: report.from_number ?? '',
    to_number: report.to_number ?? '',
    started_at: report.started_at ?? at,
    created_at: isoOf(context.now),
    updated_at: isoOf(context.now),
    metadata: report.metadata ?? {},
  }
  if (businessId !== undefined) call.business_id = businessId
  if (business) call.business_name = business.name
  const aiName = report.ai_name ?? business?.aiName
  if (aiName) call.ai_name = aiName
  if (report.template_id !== undefined) call.template_id = report.template_id
  if (report.contact_name !== undefined) call.contact_name = report.contact_name
  if (report.answered_by !== undefined) call.answered_by = report.answered_by
  if (report.assigned_tech_id !== undefined) call.assigned_tech_id = report.assigned_tech_id
  if (report.tags !== undefined) call.tags = report.tags
  if (agent) call.assigned_agent = { id: agent.id, name: agent.name }
  if (inferred) call.inferred = true
  return call
}

/** Takes over what a later report says. A call that is over keeps its status (P11). */
export function updateCall(draft: Draft, report: CallReport, at: string, context: FactContext): void {
  const { call } = draft.state
  const patch: Partial<Call> = {}
  for (const key of [
    'twilio_call_sid',
    'direction',
    'from_number',
    'to_number',
    'template_id',
    'started_at',
    'contact_name',
    'ai_name',
    'answered_by',
    'assigned_tech_id',
    'tags',
  ] as const)
    if (report[key] !== undefined) Object.assign(patch, { [key]: report[key] })
  if (report.metadata) patch.metadata = { ...call.metadata, ...report.metadata }
  const businessId = businessIn(report)
  if (businessId) {
    patch.business_id = businessId
    const business = context.business(businessId)
    if (business) patch.business_name = business.name
    if (business?.aiName && !report.ai_name) patch.ai_name = business.aiName
  }
  if (report.assigned_agent_id) {
    const agent = context.agent(report.assigned_agent_id)
    if (agent) patch.assigned_agent = { id: agent.id, name: agent.name }
  }
  if (isLive(call.status)) {
    if (report.ai_paused !== undefined) setPaused(draft, report.ai_paused, at)
    if (report.status !== undefined && isLive(report.status)) patch.status = report.status
  }
  patchCall(draft, patch)
  if (report.status !== undefined && !isLive(report.status)) endCall(draft, { status: report.status, at })
}

/** Pauses or resumes the AI of the call. */
export function setPaused(draft: Draft, paused: boolean, at: string): void {
  const { call } = draft.state
  if ((call.ai_paused ?? false) === paused) return
  const { paused_since: _, ...signals } = call.signals ?? {}
  patchCall(draft, {
    ai_paused: paused,
    signals: paused ? { ...signals, paused_since: at } : signals,
  })
}

interface Ending {
  status: Call['status']
  at: string
  missed?: boolean | undefined
  reason?: string | undefined
}

/** Ends the call once; a second end changes nothing. Open acts and an open escalation end with it. */
export function endCall(draft: Draft, ending: Ending): void {
  const { call } = draft.state
  if (!isLive(call.status)) return
  const status = ending.status === 'failed' ? 'failed' : 'completed'
  const seconds = (Date.parse(ending.at) - Date.parse(call.started_at)) / 1000
  settleOpenActs(draft, ending.at)
  closeAlerts(draft, ending.at)
  endEscalation(draft, ending.at)
  const {
    paused_since: _p,
    negative_since: _n,
    escalated_since: _e,
    ...signals
  } = draft.state.call.signals ?? {}
  patchCall(draft, {
    status,
    ended_at: ending.at,
    duration_seconds: Math.max(0, Math.round(seconds)),
    ai_paused: undefined,
    override: undefined,
    pause: undefined,
    claimed_by: undefined,
    signals,
    ...(ending.missed ? { missed: true, answered_by: 'none' as const } : {}),
    ...(ending.reason ? { metadata: { ...call.metadata, end_reason: ending.reason } } : {}),
  } as Partial<Call>)
  setOwners(draft, () => undefined)
  flushCall(draft, ending.at)
  draft.entries.push({
    event: 'call.ended',
    data: {
      call_id: call.id,
      ended_at: ending.at,
      status,
      ...(draft.state.call.duration_seconds === undefined
        ? {}
        : { duration_seconds: draft.state.call.duration_seconds }),
    },
    at: ending.at,
  })
}

/**
 * Who may see the call beside those who see all: the user of its agent or of the one who is asked, its technician, the user it was routed to
 * (`metadata.owner`), and every csr when it was missed.
 */
export function setOwners(draft: Draft, agentUser: (agentId: string) => string | null | undefined): void {
  const { call, owners, escalation } = draft.state
  // Who is asked must see the call before they can take it.
  const asked = escalation?.status === 'pending' ? escalation.assigned_agent_id : undefined
  const isAnybodys = call.assigned_agent || asked !== undefined || call.assigned_tech_id || call.missed
  // Of most calls there is nothing to add, and this is asked at every fact.
  if (!isAnybodys && call.metadata.owner === undefined) return
  const next = new Set<string>(owners)
  for (const agentId of [call.assigned_agent?.id, asked]) {
    const user = agentId === undefined ? null : agentUser(agentId)
    if (user) next.add(user)
  }
  if (call.assigned_tech_id) next.add(call.assigned_tech_id)
  if (typeof call.metadata.owner === 'string') next.add(call.metadata.owner)
  if (call.missed) next.add('@csr')
  if (next.size !== owners.length) patchState(draft, { owners: [...next] })
}
