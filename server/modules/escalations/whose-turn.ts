// Who may change a transfer while somebody else has the call in hand: who is asked, and who speaks on the phone.
import { barredBy } from '#contract/claim-rules.ts'
import type { EscalationChange } from '#contract/escalation-endpoints.ts'
import type { TransferPerson } from '#contract/transfer.ts'
import type { Db } from '#server/db/database.ts'
import { transferOf } from '#server/domain/apply-transfer.ts'
import type { Principal } from '#server/domain/principal.ts'
import { listAgents } from '#server/modules/agents/agents-service.ts'
import { claimedBy } from '#server/modules/claims/claimed-service.ts'
import type { DeskAct, Open } from '#server/modules/escalations/transfers-service.ts'

/** What a person may do whoever has the call in hand: their own answer, and giving back the call they speak on. */
const ownAnswers: readonly EscalationChange['status'][] = [
  'in_progress',
  'rejected',
  'completed',
  'cancelled',
]

/** Under which rule of claims the change is done; undefined where claims do not matter. */
export async function actOf(
  db: Db,
  principal: Principal,
  { escalation }: Open,
  { status, fallback, agent_id, force }: EscalationChange,
): Promise<DeskAct | undefined> {
  if (!status && !fallback) return undefined
  const { agent } = transferOf(escalation)
  const isOwn = ownAnswers.includes(status) && (agent_id === undefined || agent_id === agent?.id)
  if (isOwn && agent && (await isPerson(db, principal, agent))) return undefined
  return { by: { id: principal.userId, name: principal.name }, claim: force ? 'force' : 'respect' }
}

/** Refuses before anything of the change is done, as of `now` (epoch ms); the commit looks again. */
export function mustBeFree(
  now: number,
  { userId }: Principal,
  { state, escalation }: Open,
  { status }: EscalationChange,
  act: DeskAct | undefined,
): void {
  if (act?.claim !== 'respect') return
  // Who was faster at the transfer itself is the better answer.
  const isTaken = escalation.status === 'in_progress' && status !== 'completed' && status !== 'cancelled'
  const holder = isTaken ? null : barredBy(state.call, userId, now)
  if (holder) throw claimedBy(holder)
}

/** True when the one who signs in is the person of the transfer, as a user or as the agent they are. */
export async function isPerson(
  db: Db,
  { companyId, userId }: Principal,
  person: TransferPerson,
): Promise<boolean> {
  if (person.id === userId) return true
  return (await listAgents(db, companyId)).find(({ id }) => id === person.id)?.user_id === userId
}
