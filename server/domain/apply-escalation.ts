// Escalations: a trigger or a supervisor asks for a human, somebody accepts, it is completed or cancelled.
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { EscalationReport } from '#contract/telephony.ts'
import type { Escalation } from '#contract/transcript.ts'
import {
  type BusinessRules,
  type Draft,
  type FactContext,
  type KnownAgent,
  flushCall,
  patchCall,
  patchState,
} from '#server/domain/call-state.ts'
import { moveAct } from '#server/domain/apply-receipt.ts'
import { firedTrigger } from '#server/domain/escalation-triggers.ts'
import type { DeskFact } from '#server/domain/fact.ts'

const isOpen = (escalation: Escalation | null): escalation is Escalation =>
  escalation?.status === 'pending' || escalation?.status === 'in_progress'

interface Wish {
  trigger_type: string
  trigger_details: Record<string, unknown>
  context_data: Record<string, unknown>
  summary?: string | undefined
  agent?: KnownAgent | undefined
}

function request(draft: Draft, wish: Wish, at: string, context: FactContext): void {
  const { call } = draft.state
  const escalation: Escalation = {
    id: context.nextId(),
    call_id: call.id,
    status: 'pending',
    trigger_type: wish.trigger_type,
    trigger_details: wish.trigger_details,
    context_data: wish.context_data,
    requested_at: at,
  }
  if (wish.summary !== undefined) escalation.conversation_summary = wish.summary
  if (wish.agent) {
    escalation.assigned_agent_id = wish.agent.id
    escalation.agent_name = wish.agent.name
  }
  write(draft, escalation, 'escalation.triggered', at)
  patchCall(draft, {
    escalation_status: 'pending',
    signals: {
      ...call.signals,
      escalated_since: at,
      ...(wish.agent ? { escalated_to: wish.agent.name } : {}),
    },
  })
}

/** What a platform reports: a new request, or where the open one stands. */
export function reportEscalation(
  draft: Draft,
  report: EscalationReport,
  at: string,
  context: FactContext,
): void {
  const { escalation } = draft.state
  const agent = report.assigned_agent_id ? context.agent(report.assigned_agent_id) : undefined
  if (!isOpen(escalation)) {
    if (!isLive(draft.state.call.status) || report.status === 'completed' || report.status === 'cancelled')
      return
    request(
      draft,
      {
        trigger_type: report.trigger_type ?? 'platform',
        trigger_details: report.trigger_details ?? {},
        context_data: report.context_data ?? {},
        summary: report.conversation_summary,
        agent,
      },
      at,
      context,
    )
  } else if (agent && agent.id !== escalation.assigned_agent_id)
    write(
      draft,
      { ...escalation, assigned_agent_id: agent.id, agent_name: agent.name },
      'escalation.updated',
      at,
    )
  if (report.status === 'in_progress') accept(draft, at)
  if (report.status === 'completed' || report.status === 'cancelled')
    completeEscalation(draft, report.status, at)
}

function accept(draft: Draft, at: string): void {
  const { escalation, call } = draft.state
  if (escalation?.status !== 'pending') return
  write(draft, { ...escalation, status: 'in_progress', accepted_at: at }, 'escalation.updated', at)
  const { escalated_since: _, escalated_to: _to, ...signals } = call.signals ?? {}
  const patch: Partial<Call> = {
    status: 'escalated',
    escalation_status: 'in_progress',
    answered_by: 'human',
    signals,
  }
  if (escalation.assigned_agent_id && escalation.agent_name)
    patch.assigned_agent = { id: escalation.assigned_agent_id, name: escalation.agent_name }
  patchCall(draft, patch)
  for (const act of draft.state.openActs)
    if (act.action === 'transfer') moveAct(draft, act.command_id, { state: 'applied', at })
}

/**
 * Nobody rings the agent after all: the agent is free again. What a supervisor asked for is cancelled; what a trigger
 * asked for goes on waiting for somebody.
 */
export function releaseAgent(draft: Draft, at: string): void {
  const { escalation } = draft.state
  if (escalation?.status !== 'pending') return
  if (escalation.trigger_type === 'manual') return completeEscalation(draft, 'cancelled', at)
  const { assigned_agent_id: _id, agent_name: _name, ...unassigned } = escalation
  write(draft, unassigned, 'escalation.updated', at)
}

type Asked = Extract<DeskFact, { event: 'desk.escalation' }>['data']

/** A supervisor asks for a human, or gives an open request without an agent somebody to ring. */
export function askForHuman(draft: Draft, asked: Asked, at: string, context: FactContext): void {
  const { escalation, call } = draft.state
  if (!isLive(call.status)) return
  const agent: KnownAgent = {
    id: asked.agent.id,
    name: asked.agent.name,
    userId: asked.agent.user_id ?? null,
  }
  const said = {
    ...(asked.reason === undefined ? {} : { reason: asked.reason }),
    ...(asked.context_note === undefined ? {} : { context_note: asked.context_note }),
    requested_by: asked.by.name,
  }
  if (isOpen(escalation)) {
    if (escalation.assigned_agent_id !== undefined) return
    const assigned: Escalation = {
      ...escalation,
      assigned_agent_id: agent.id,
      agent_name: agent.name,
      context_data: { ...escalation.context_data, ...said },
    }
    write(draft, assigned, 'escalation.updated', at)
    patchCall(draft, { signals: { ...call.signals, escalated_to: agent.name } })
    return
  }
  // The call may have ended while the wish was on its way; the act beside it is refused then.
  if (!isLive(draft.state.call.status)) return
  request(
    draft,
    { trigger_type: 'manual', trigger_details: { by: asked.by.name }, context_data: said, agent },
    at,
    context,
  )
}

/** Ends the open escalation. A call that goes on goes back to the AI. */
export function completeEscalation(draft: Draft, status: 'completed' | 'cancelled', at: string): void {
  const { escalation, call } = draft.state
  if (!isOpen(escalation)) return
  write(draft, { ...escalation, status, completed_at: at }, 'escalation.completed', at)
  const { escalated_since: _, escalated_to: _to, ...signals } = call.signals ?? {}
  patchCall(draft, {
    escalation_status: status === 'completed' ? 'completed' : undefined,
    signals,
    ...(call.status === 'escalated' ? { status: 'in_progress' as const } : {}),
  } as Partial<Call>)
}

/** Asks for a human when a trigger of the business configuration fires; each type once a call. */
export function checkTriggers(
  draft: Draft,
  business: BusinessRules | undefined,
  customerLine: string | null,
  at: string,
  context: FactContext,
): void {
  const { state } = draft
  if (!business || isOpen(state.escalation) || !isLive(state.call.status)) return
  const untried = {
    ...business.config.escalation,
    triggers: business.config.escalation.triggers.filter(({ type }) => !state.triggersFired.includes(type)),
  }
  const fired = firedTrigger(untried, {
    text: customerLine,
    mood: state.call.sentiment_score ?? null,
    askedForHuman: state.call.signals?.asked_for_human?.count ?? 0,
    qaScore: state.call.qa_score ?? null,
  })
  if (!fired) return
  patchState(draft, { triggersFired: [...state.triggersFired, fired.type] })
  if (fired.type === 'keyword' && typeof fired.details.keyword === 'string')
    patchCall(draft, {
      signals: { ...state.call.signals, keyword: { word: fired.details.keyword, at } },
    })
  request(draft, { trigger_type: fired.type, trigger_details: fired.details, context_data: {} }, at, context)
}

function write(
  draft: Draft,
  escalation: Escalation,
  event: 'escalation.triggered' | 'escalation.updated' | 'escalation.completed',
  at: string,
): void {
  flushCall(draft, at)
  patchState(draft, { escalation })
  draft.rows.escalations.push(escalation)
  draft.entries.push({ event, data: { call_id: escalation.call_id, escalation }, at })
}
