// What the server does about a call by itself: a pause ends, instructions are withdrawn, a claim is told to have run out.
import type { Db } from '#server/db/database.ts'
import { dueOf, unconfirmedEnd } from '#server/domain/apply-holds.ts'
import type { CallState } from '#server/domain/call-state.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Ingest } from '#server/ingest/port.ts'
import type { Actor, Acts } from '#server/modules/calls/acts-service.ts'

export interface DueOptions {
  db: Db
  ingest: Ingest
  acts: Acts
  clock: Clock
}

const reached = (until: string | undefined, now: number) => until !== undefined && Date.parse(until) <= now

/** Does everything that is due about the call. Twice is as good as once: each act has an id made of what it ends. */
export function createDueService({ db, ingest, acts, clock }: DueOptions) {
  return async (companyId: string, callId: string): Promise<void> => {
    const row = await db
      .selectFrom('calls')
      .select('state')
      .where('company_id', '=', companyId)
      .where('id', '=', callId)
      .executeTakeFirst()
    if (!row) return
    const state = row.state as CallState
    const now = clock.now()
    if ((dueOf(state) ?? Number.POSITIVE_INFINITY) > now) return
    const { call, openActs } = state
    const principal: Actor = { companyId, userId: 'callboard', name: 'Callboard' }
    if (reached(call.claimed_by?.until, now))
      await ingest.submit({
        companyId,
        facts: [{ event: 'desk.claim', data: { call_id: callId, wish: 'expire' } }],
      })
    const waiting = openActs.find((act) => (unconfirmedEnd(act) ?? Number.POSITIVE_INFINITY) <= now)
    const paused = reached(call.pause?.until, now) ? call.pause : waiting
    if (paused)
      await acts.perform({
        principal,
        callId,
        commandId: `resume-${paused.command_id}`,
        words: { action: 'resume' },
        text: `The time of ${paused.by.name}’s pause is over.`,
      })
    const { override } = call
    if (override && reached(override.until, now))
      await acts.perform({
        principal,
        callId,
        commandId: `clear-${override.command_id ?? override.at}`,
        words: { action: 'clear_override' },
        text: `The time of ${override.by}’s instructions is over.`,
      })
  }
}
