// Asking again what became of a command without answer: the same command under the same id, which a platform does once.
import { callsCheck } from '#contract/command-endpoints.ts'
import { isLive } from '#contract/call-rules.ts'
import type { Intervention } from '#contract/transcript.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { CallState } from '#server/domain/call-state.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { ControlCommand } from '#server/domain/voice-platform.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'
import { listAgents } from '#server/modules/agents/agents-service.ts'
import type { Acts } from '#server/modules/calls/acts-service.ts'
import { findCall } from '#server/modules/calls/calls-service.ts'

export function registerChecks(register: RegisterEndpoint, { db, acts }: { db: Db; acts: Acts }): void {
  const read = async (companyId: string, callId: string, commandId: string) => {
    const row = await db
      .selectFrom('interventions')
      .select('data')
      .where('company_id', '=', companyId)
      .where('call_id', '=', wellFormed(callId))
      .where('command_id', '=', wellFormed(commandId))
      .executeTakeFirst()
    if (!row) throw new ApiError('NOT_FOUND', 'There is no such command.')
    return row.data as Intervention
  }

  register(callsCheck, async ({ principal, params }) => {
    const { companyId } = principal
    const state = await findCall(db, principal, params.call_id)
    const act = await read(companyId, params.call_id, params.command_id)
    const answer = ({ command_id, state }: Intervention) => ({
      status: 200 as const,
      body: { command_id, state },
    })
    if (act.state !== 'unknown') return answer(act)
    if (!isLive(state.call.status))
      throw new ApiError('CALL_NOT_ACTIVE', 'The call has ended; nobody can tell any more.')
    await acts.ask(await commandOf(db, companyId, act, state))
    return answer(await read(companyId, params.call_id, params.command_id))
  })
}

/** The command as it was sent, made again from its receipt and the call. */
async function commandOf(
  db: Db,
  companyId: string,
  act: Intervention,
  { call, escalation }: CallState,
): Promise<ControlCommand> {
  const base = { id: act.command_id, companyId, callId: call.id, by: act.by }
  const text = act.text ?? ''
  switch (act.action) {
    case 'send_message':
      return { ...base, action: act.action, text }
    case 'override_instructions':
      return { ...base, action: act.action, text, scope: act.scope, durationS: act.duration_s }
    case 'pause':
      return { ...base, action: act.action, durationS: act.duration_s }
    case 'resume':
    case 'clear_override':
      return { ...base, action: act.action }
    case 'cancel_transfer':
    case 'hand_back':
      return { ...base, action: act.action, text }
    case 'end':
      return { ...base, action: act.action, reason: act.text }
    case 'dial':
      return {
        ...base,
        action: act.action,
        toNumber: call.to_number,
        fromNumber: call.from_number,
        businessId: call.business_id,
        templateId: call.template_id,
      }
    case 'transfer': {
      const agents = await listAgents(db, companyId)
      const agent = agents.find(({ id }) => id === escalation?.assigned_agent_id)
      if (!agent) throw new ApiError('CONFLICT', 'Nobody is being asked any more; escalate again.')
      return {
        ...base,
        action: act.action,
        agent: { id: agent.id, name: agent.name, phoneNumber: agent.phone_number },
      }
    }
  }
}
