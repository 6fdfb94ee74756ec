// Escalations: asking a human agent to take a call, the queue of those that wait, and what can be done about one.
import { callsEscalate } from '#contract/command-endpoints.ts'
import { escalationsList, escalationsUpdate } from '#contract/escalation-endpoints.ts'
import { isLive } from '#contract/call-rules.ts'
import type { HumanAgent } from '#contract/agent.ts'
import type { Escalation } from '#contract/transcript.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import { briefingText } from '#server/domain/briefing.ts'
import type { CallState } from '#server/domain/call-state.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { EndpointContext, RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { Fact } from '#server/domain/fact.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { listAgents, pickAgent } from '#server/modules/agents/agents-service.ts'
import type { Acts } from '#server/modules/calls/acts-service.ts'
import { findCall } from '#server/modules/calls/calls-service.ts'
import { changeEscalation } from '#server/modules/escalations/change-escalation.ts'
import { listEscalations } from '#server/modules/escalations/queue-service.ts'
import { type Transfers, reasonOf } from '#server/modules/escalations/transfers-service.ts'

type Asking = EndpointContext<typeof callsEscalate>

interface EscalationsOptions {
  db: Db
  ingest: Ingest
  acts: Acts
  transfers: Transfers
  clock: Clock
}

export function registerEscalations(register: RegisterEndpoint, options: EscalationsOptions): void {
  const { db, transfers } = options
  // A company's escalations take turns: an agent who is free is given away once.
  register(callsEscalate, async (asking) => ({
    status: 200,
    body: await transfers.inTurn(asking.principal.companyId, () => escalate(options, asking)),
  }))
  register(escalationsList, async ({ principal, query }) => ({
    status: 200,
    body: await listEscalations(db, principal, query),
  }))
  register(escalationsUpdate, async ({ principal, params, body }) => ({
    status: 200,
    body: await changeEscalation(options, { principal, id: params.id, body }),
  }))
}

async function escalate({ db, acts, transfers }: EscalationsOptions, { principal, params, body }: Asking) {
  const callId = params.call_id
  const state = await findCall(db, principal, callId)
  const earlier = await acts.find(principal, { callId, commandId: body.command_id, action: 'transfer' })
  if (earlier && state.escalation)
    return {
      escalation: state.escalation,
      message: 'Already asked.',
      command_id: earlier.command_id,
      state: earlier.state,
    }
  if (!isLive(state.call.status)) throw new ApiError('CALL_NOT_ACTIVE', 'This call has ended.')
  const open = openEscalation(state)
  if (open?.assigned_agent_id !== undefined) return present(open, body.command_id)
  const agent = choose(await listAgents(db, principal.companyId, { is_active: true }), state, body.agent_id)
  const briefing =
    open?.briefing ??
    (await transfers.draft(principal.companyId, state, body.reason ?? (open ? reasonOf(open) : undefined)))
  const asked: Fact = {
    event: 'desk.escalation',
    data: {
      call_id: callId,
      agent: { id: agent.id, name: agent.name, user_id: agent.user_id },
      by: { id: principal.userId, name: principal.name },
      reason: body.reason,
      context_note: body.context_note,
      briefing,
    },
  }
  const act = await acts.perform({
    principal,
    callId,
    commandId: body.command_id,
    claim: body.force ? 'force' : 'respect',
    facts: [asked],
    words: {
      action: 'transfer',
      agent: { id: agent.id, name: agent.name, phoneNumber: agent.phone_number },
      reason: body.reason,
      contextNote: body.context_note,
      briefing: briefing && briefingText(briefing),
    },
  })
  const entry = act.entries.find(({ event }) => event.startsWith('escalation.'))
  const escalation = entry
    ? (JSON.parse(entry.data) as { escalation: Escalation }).escalation
    : (await findCall(db, principal, callId)).escalation
  if (!escalation) throw new ApiError('CALL_NOT_ACTIVE', 'This call has ended.')
  return {
    escalation,
    message: `Asked ${agent.name} to take the call.`,
    command_id: act.commandId,
    state: act.state,
  }
}

/** The answer to who asks again: the request that is open, and how far it got. */
function present(open: Escalation, commandId: string | undefined) {
  const isAccepted = open.status === 'in_progress'
  return {
    escalation: open,
    message: isAccepted
      ? `${open.agent_name ?? 'A person'} has the call.`
      : `${open.agent_name ?? 'A person'} was asked already.`,
    command_id: commandId ?? `escalation-${open.id}`,
    state: isAccepted ? ('applied' as const) : ('delivered' as const),
  }
}

function openEscalation({ escalation }: CallState): Escalation | null {
  return escalation?.status === 'pending' || escalation?.status === 'in_progress' ? escalation : null
}

function choose(agents: readonly HumanAgent[], { call }: CallState, wanted: string | undefined): HumanAgent {
  if (wanted === undefined) {
    const words = [call.business_id, call.business_name].filter((word) => word !== undefined)
    const free = pickAgent(agents, words)
    if (!free) throw new ApiError('NO_AGENT_AVAILABLE', 'No agent is available right now.')
    return free
  }
  const agent = agents.find(({ id }) => id === wanted)
  if (!agent)
    throw new ApiError('VALIDATION_ERROR', 'Nobody was asked.', [
      { field: 'body.agent_id', message: 'There is no such agent; choose another or leave it out.' },
    ])
  if (!agent.is_available)
    throw new ApiError(
      'NO_AGENT_AVAILABLE',
      `${agent.name} is not free right now; choose another or leave it open.`,
    )
  return agent
}
