// What people do about an escalation: take it, say no, ask somebody else, hand back, withdraw, correct and confirm the briefing.
import type { EscalationChange } from '#contract/escalation-endpoints.ts'
import type { TransferPerson } from '#contract/transfer.ts'
import type { Escalation } from '#contract/transcript.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import { transferOf } from '#server/domain/apply-transfer.ts'
import { type BriefingChange, briefingText } from '#server/domain/briefing.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Principal } from '#server/domain/principal.ts'
import { type TransferMove, moveTransfer } from '#server/domain/transfer.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { listAgents } from '#server/modules/agents/agents-service.ts'
import type { Acts } from '#server/modules/calls/acts-service.ts'
import { findCall } from '#server/modules/calls/calls-service.ts'
import { claimed } from '#server/modules/claims/claimed-service.ts'
import { giveBack } from '#server/modules/escalations/give-back.ts'
import { callOfEscalation } from '#server/modules/escalations/queue-service.ts'
import {
  type DeskAct,
  type Open,
  type Transfers,
  reasonOf,
  whoOf,
} from '#server/modules/escalations/transfers-service.ts'
import { actOf, isPerson, mustBeFree } from '#server/modules/escalations/whose-turn.ts'

interface Parts {
  db: Db
  ingest: Ingest
  transfers: Transfers
  acts: Acts
  clock: Clock
}

interface Wanted {
  principal: Principal
  id: number
  body: EscalationChange
}

/** Carries the change out and answers with the escalation as it is then. Refusals say who was faster. */
export async function changeEscalation(parts: Parts, { principal, id, body }: Wanted) {
  const { db, transfers, clock } = parts
  const callId = await callOfEscalation(db, principal, id)
  return transfers.inTurn(principal.companyId, async () => {
    const open = await transfers.readOpen(principal.companyId, callId)
    const current = open?.escalation.id === id ? open : null
    if (!current) return settled(parts, principal, id, body)
    mustStandAt(current, body.if_status)
    const act = await actOf(db, principal, current, body)
    mustBeFree(clock.now(), principal, current, body, act)
    let message = 'Noted.'
    if (body.briefing)
      message = await brief(parts, principal, current, {
        kind: 'edit',
        patch: body.briefing,
        by: me(principal),
      })
    if (body.fallback) {
      const choice: TransferMove = { kind: 'choose_fallback', fallback: body.fallback }
      await mustMove(parts, principal, current, choice, act)
      message = 'The fallback is chosen.'
    }
    if (body.confirm_briefing) {
      await mustBeReceiver(parts, principal, current)
      message = await brief(parts, principal, current, { kind: 'confirm', by: me(principal) })
    }
    if (body.status)
      message = await carry(
        parts,
        principal,
        (await transfers.readOpen(principal.companyId, callId)) ?? current,
        body,
        act,
      )
    return { escalation: await read(parts, principal, callId, id), message }
  })
}

const me = ({ userId, name }: Principal): TransferPerson => ({ id: userId, name })

function mustStandAt({ escalation }: Open, status: Escalation['status'] | undefined): void {
  if (status === undefined || escalation.status === status) return
  const { agent } = transferOf(escalation)
  if (escalation.status === 'in_progress' && agent) throw taken(agent)
  throw new ApiError('CONFLICT', 'The escalation has moved on meanwhile; look again.')
}

async function carry(
  parts: Parts,
  principal: Principal,
  open: Open,
  body: EscalationChange,
  act: DeskAct | undefined,
): Promise<string> {
  const { transfers, db } = parts
  const { escalation } = open
  const transfer = transferOf(escalation)
  const { call_id: callId } = escalation
  const holder =
    escalation.status === 'in_progress' ? (transfer.agent ?? { id: 'unknown', name: 'Somebody' }) : null
  switch (body.status) {
    case 'in_progress':
      return take(parts, principal, open, { agentId: body.agent_id, act })
    case 'pending': {
      if (holder) throw taken(holder)
      const agents = await listAgents(db, principal.companyId, { is_active: true })
      const agent = agents.find((one) => one.id === body.agent_id)
      if (!agent) throw noSuchAgent()
      if (transfer.agent?.id === agent.id) return `${agent.name} is being asked already.`
      if (!agent.is_available)
        throw new ApiError('NO_AGENT_AVAILABLE', `${agent.name} is not free right now; choose another.`)
      if (!(await transfers.ring(principal, open, agent, act))) throw await movedOn(parts, principal, callId)
      return `Asked ${agent.name} to take the call.`
    }
    case 'rejected': {
      if (holder) throw taken(holder)
      if (!transfer.agent) throw new ApiError('CONFLICT', 'Nobody is being asked right now.')
      const { name } = transfer.agent
      const reason = body.reason || `${name} said no.`
      await mustMove(parts, principal, open, { kind: 'miss', how: 'rejected', reason }, act)
      return `${name} is not asked any more.`
    }
    case 'completed':
      if (!holder) throw new ApiError('CONFLICT', 'Nobody has taken it yet; withdraw it instead.')
      return giveBack(parts, principal, open, { ...body, endsAs: 'completed', act })
    default: {
      if (holder) return giveBack(parts, principal, open, { ...body, endsAs: 'cancelled', act })
      await mustMove(parts, principal, open, { kind: 'cancel', reason: body.reason }, act)
      if (transfer.agent || transfer.attempts.length > 0)
        await transfers.tell(principal, callId, { action: 'cancel_transfer' })
      return 'The request is withdrawn.'
    }
  }
}

async function take(
  parts: Parts,
  principal: Principal,
  open: Open,
  { agentId, act }: { agentId: string | undefined; act: DeskAct | undefined },
): Promise<string> {
  const { transfers, db, clock } = parts
  const { escalation, state } = open
  const agents = await listAgents(db, principal.companyId, { is_active: true })
  const known = agents.find(({ id, user_id }) =>
    agentId === undefined ? user_id === principal.userId : id === agentId,
  )
  if (agentId !== undefined && !known) throw noSuchAgent()
  const person = known ? whoOf(known) : me(principal)
  const holder = escalation.status === 'in_progress' ? transferOf(escalation).agent : undefined
  if (holder && holder.id === person.id) return 'You have this call already.'
  const isMoved =
    !holder && (await transfers.move(principal.companyId, open, [{ kind: 'accept', agent: person }], { act }))
  if (!isMoved) {
    const now = await transfers.readOpen(principal.companyId, escalation.call_id)
    if (now?.escalation.status === 'pending' && act?.claim === 'respect')
      throw await claimed(db, principal, escalation.call_id, clock.now())
    throw taken(now ? (transferOf(now.escalation).agent ?? { id: 'unknown', name: 'Somebody' }) : null)
  }
  await transfers.tell(principal, escalation.call_id, {
    action: 'transfer',
    agent: { ...person, phoneNumber: known?.phone_number },
    reason: reasonOf(escalation),
    briefing: escalation.briefing && briefingText(escalation.briefing),
    answered: true,
  })
  return `${person.name} takes ${state.call.contact_name ?? 'the call'}.`
}

/** The escalation is over: doing again what was done is fine, anything else comes too late. */
async function settled(parts: Parts, principal: Principal, id: number, body: EscalationChange) {
  const row = await parts.db
    .selectFrom('escalations')
    .select('data')
    .where('company_id', '=', principal.companyId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const escalation = row.data as Escalation
  if (body.status === escalation.status) return { escalation, message: 'Already done.' }
  const who = escalation.transfer?.agent ?? null
  const what =
    escalation.status === 'completed'
      ? 'This escalation is completed.'
      : 'This escalation was withdrawn or came to nothing.'
  throw new ApiError('CONFLICT', what, who ? { holder: who } : undefined)
}

async function brief(
  parts: Parts,
  { companyId }: Principal,
  open: Open,
  change: BriefingChange,
): Promise<string> {
  const { transfers, ingest } = parts
  const { id, call_id, briefing } = open.escalation
  const about = (one: BriefingChange) => ({
    event: 'desk.briefing' as const,
    data: { call_id, escalation_id: id, change: one },
  })
  const drafted = briefing ? null : await transfers.draft(companyId, open.state, reasonOf(open.escalation))
  const facts = [...(drafted ? [about({ kind: 'draft', briefing: drafted })] : []), about(change)]
  await ingest.submit({ companyId, facts })
  return change.kind === 'confirm' ? 'The briefing is confirmed as read.' : 'The briefing is corrected.'
}

async function mustBeReceiver({ db }: Parts, principal: Principal, { escalation }: Open): Promise<void> {
  const { agent } = transferOf(escalation)
  if (!agent) throw new ApiError('CONFLICT', 'Nobody is being asked yet, so nobody can confirm.')
  if (await isPerson(db, principal, agent)) return
  throw new ApiError('CONFLICT', `Only ${agent.name} can confirm having read it.`, { holder: agent })
}

async function mustMove(
  parts: Parts,
  principal: Principal,
  open: Open,
  move: TransferMove,
  act: DeskAct | undefined,
): Promise<void> {
  const from = transferOf(open.escalation)
  if (!moveTransfer(from, move, from.since))
    throw new ApiError(
      'CONFLICT',
      `This is not possible while the transfer is ${from.state.replace('_', ' ')}.`,
    )
  if (!(await parts.transfers.move(principal.companyId, open, [move], { act })))
    throw await movedOn(parts, principal, open.escalation.call_id)
}

/** Why a move that was possible did not happen: somebody else has the call in hand, or was faster. */
async function movedOn({ db, clock }: Parts, principal: Principal, callId: string): Promise<ApiError> {
  const refusal = await claimed(db, principal, callId, clock.now())
  if (refusal.code === 'CALL_CLAIMED') return refusal
  return new ApiError('CONFLICT', 'The transfer has moved on meanwhile; look again.')
}

async function read({ db }: Parts, principal: Principal, callId: string, id: number): Promise<Escalation> {
  const { escalation } = await findCall(db, principal, callId)
  if (escalation?.id !== id)
    throw new ApiError('CONFLICT', 'The transfer has moved on meanwhile; look again.')
  return escalation
}

function taken(holder: TransferPerson | null): ApiError {
  if (!holder) return new ApiError('CONFLICT', 'This escalation is over.')
  return new ApiError('CONFLICT', `${holder.name} has the call.`, { holder })
}

function noSuchAgent(): ApiError {
  return new ApiError('VALIDATION_ERROR', 'Nobody was asked.', [
    { field: 'body.agent_id', message: 'There is no such agent; choose another.' },
  ])
}
