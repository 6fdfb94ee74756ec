// Escalations: a trigger or a supervisor asks for a human, somebody accepts, it is completed or cancelled.
import { isLive } from '#contract/call-rules.ts'
import type { EscalationReport } from '#contract/telephony.ts'
import type { Briefing, Transfer, TransferPerson } from '#contract/transfer.ts'
import type { Escalation } from '#contract/transcript.ts'
import {
  type BusinessRules,
  type Draft,
  type FactContext,
  type KnownAgent,
  isoOf,
  patchCall,
  patchState,
} from '#server/domain/call-state.ts'
import {
  changeBriefing,
  moveEscalation,
  oweCallback,
  transferOf,
  unknownPerson,
  writeEscalation,
} from '#server/domain/apply-transfer.ts'
import { firedTrigger } from '#server/domain/escalation-triggers.ts'
import type { DeskFact } from '#server/domain/fact.ts'
import { moveTransfer, startTransfer, statusOf, type TransferMove } from '#server/domain/transfer.ts'

const isOpen = (escalation: Escalation | null): escalation is Escalation =>
  escalation?.status === 'pending' || escalation?.status === 'in_progress'

interface Wish {
  trigger_type: string
  trigger_details: Record<string, unknown>
  context_data: Record<string, unknown>
  summary?: string | undefined
  agent?: KnownAgent | undefined
  by?: TransferPerson | undefined
  briefing?: Briefing | undefined
  /** The platform rings the agent by itself. */
  isRinging?: boolean
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
    transfer: startOf(wish, isoOf(context.now)),
  }
  if (wish.briefing) escalation.briefing = wish.briefing
  if (wish.summary !== undefined) escalation.conversation_summary = wish.summary
  if (wish.agent) {
    escalation.assigned_agent_id = wish.agent.id
    escalation.agent_name = wish.agent.name
  }
  writeEscalation(draft, escalation, 'escalation.triggered', at)
  patchCall(draft, {
    escalation_status: 'pending',
    signals: {
      ...call.signals,
      escalated_since: at,
      ...(wish.agent ? { escalated_to: wish.agent.name } : {}),
    },
  })
}

function startOf({ agent, by, isRinging }: Wish, now: string): Transfer {
  const transfer = startTransfer(now, {
    ...(by ? { by } : {}),
    ...(agent ? { agent: { id: agent.id, name: agent.name } } : {}),
  })
  return (isRinging && moveTransfer(transfer, { kind: 'ring' }, now)) || transfer
}

/** What a platform reports: a new request, or where the open one stands. */
export function reportEscalation(
  draft: Draft,
  report: EscalationReport,
  at: string,
  context: FactContext,
): void {
  const { escalation } = draft.state
  const now = isoOf(context.now)
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
        isRinging: true,
      },
      at,
      context,
    )
  } else if (agent && agent.id !== escalation.assigned_agent_id && escalation.status === 'pending')
    moveEscalation(
      draft,
      [{ kind: 'ask', agent: { id: agent.id, name: agent.name } }, { kind: 'ring' }],
      at,
      now,
    )
  const moves = movesOf(report, transferPerson(draft))
  if (moves.length > 0) moveEscalation(draft, moves, at, now)
  const { transfer } = report
  const reader = draft.state.escalation?.transfer?.agent
  if (transfer?.read_briefing && reader) changeBriefing(draft, { kind: 'confirm', by: reader }, at)
  if (report.status === 'completed' || report.status === 'cancelled')
    completeEscalation(draft, report.status, at, { promised: transfer?.promised })
}

/** Whoever a platform speaks of when it names nobody. */
function transferPerson(draft: Draft): TransferPerson {
  const { escalation } = draft.state
  return (isOpen(escalation) ? transferOf(escalation).agent : undefined) ?? unknownPerson
}

function movesOf({ status, transfer }: EscalationReport, agent: TransferPerson): TransferMove[] {
  if (!transfer) return status === 'in_progress' ? [{ kind: 'accept', agent }, { kind: 'bridge' }] : []
  const { state, reason } = transfer
  if (state === 'ringing') return [{ kind: 'ring' }]
  if (state === 'accepted') return [{ kind: 'accept', agent }]
  if (state === 'bridged') return [{ kind: 'accept', agent }, { kind: 'bridge' }]
  return [{ kind: 'miss', how: state, reason }]
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
    patchState(draft, {
      escalation: {
        ...escalation,
        context_data: { ...escalation.context_data, ...said },
        ...(asked.briefing && !escalation.briefing ? { briefing: asked.briefing } : {}),
      },
    })
    moveEscalation(draft, [{ kind: 'ask', agent: { id: agent.id, name: agent.name }, by: asked.by }], at)
    return
  }
  // The call may have ended while the wish was on its way; the act beside it is refused then.
  if (!isLive(draft.state.call.status)) return
  request(
    draft,
    {
      trigger_type: 'manual',
      trigger_details: { by: asked.by.name },
      context_data: said,
      agent,
      by: asked.by,
      briefing: asked.briefing,
    },
    at,
    context,
  )
}

/** Ends the open escalation. A call that goes on goes back to the AI. */
export function completeEscalation(
  draft: Draft,
  status: 'completed' | 'cancelled',
  at: string,
  { promised, reason }: { promised?: readonly string[] | undefined; reason?: string | undefined } = {},
): void {
  moveEscalation(
    draft,
    [status === 'completed' ? { kind: 'complete', promised } : { kind: 'cancel', reason }],
    at,
  )
}

/** The call is over: who spoke with a person is done; who still waited for one is owed a call. */
export function endEscalation(draft: Draft, at: string): void {
  const { escalation } = draft.state
  if (!isOpen(escalation)) return
  const transfer = transferOf(escalation)
  if (statusOf(transfer) === 'in_progress') return completeEscalation(draft, 'completed', at)
  const wanted = escalation.trigger_type === 'manual' || escalation.trigger_type === 'asked_for_human'
  completeEscalation(draft, 'cancelled', at, { reason: 'The call ended before a person took it.' })
  if (!wanted && transfer.attempts.length === 0) return
  const who = transfer.agent ? `${transfer.agent.name} was being asked` : 'nobody had taken it yet'
  oweCallback(draft, `The call ended while a person was wanted: ${who}.`, Date.parse(at), transfer.by)
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
  const config = business.config.escalation
  const { triggersFired } = state
  const untried =
    triggersFired.length === 0
      ? config
      : { ...config, triggers: config.triggers.filter(({ type }) => !triggersFired.includes(type)) }
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
