// The endpoints of a claim. The order of the log decides who has a call, on every node; these only tell what it decided.
import { callsAnswer, callsAsk, callsClaim, callsRelease } from '#contract/claim-endpoints.ts'
import type { Claim } from '#contract/claim.ts'
import { holderOf } from '#contract/claim-rules.ts'
import { isLive } from '#contract/call-rules.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { ClaimWish } from '#server/domain/apply-claim.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { Principal } from '#server/domain/principal.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { findCall } from '#server/modules/calls/calls-service.ts'
import { claimedBy } from '#server/modules/claims/claimed-service.ts'

export interface ClaimsOptions {
  db: Db
  ingest: Ingest
  clock: Clock
}

/** A claim that ends between two looks is looked at again, so often. */
const looks = 3

export function registerClaims(register: RegisterEndpoint, { db, ingest, clock }: ClaimsOptions): void {
  /** Commits the wish and reads who has the call then. */
  async function wish(principal: Principal, callId: string, asked: ClaimWish): Promise<Claim | null> {
    const before = await findCall(db, principal, callId)
    if (!isLive(before.call.status)) {
      if (asked.wish === 'release') return null
      throw new ApiError('CALL_NOT_ACTIVE', 'This call has ended.')
    }
    await ingest.submit({
      companyId: principal.companyId,
      facts: [{ event: 'desk.claim', data: { call_id: callId, ...asked } }],
    })
    const { call } = await findCall(db, principal, callId)
    return holderOf(call, clock.now())
  }

  register(callsClaim, async ({ principal, params, body }) => {
    const by = personOf(principal)
    const asked: ClaimWish = { wish: body?.force ? 'force' : 'take', by }
    for (let look = 0; look < looks; look++) {
      const claim = await wish(principal, params.call_id, asked)
      if (claim?.id === by.id) return { status: 200, body: { claim } }
      if (claim) throw claimedBy(claim)
    }
    throw new ApiError('CONFLICT', 'Others are taking this call; try again.')
  })

  register(callsRelease, async ({ principal, params }) => {
    const claim = await wish(principal, params.call_id, { wish: 'release', by: personOf(principal) })
    return { status: 200, body: { success: true, claim } }
  })

  register(callsAsk, async ({ principal, params, body }) => {
    const by = personOf(principal)
    const claim = await wish(principal, params.call_id, { wish: 'ask', by, note: body?.note })
    if (claim && (claim.id === by.id || claim.asked?.id === by.id)) return { status: 200, body: { claim } }
    throw new ApiError(
      'CONFLICT',
      claim?.asked
        ? `${claim.asked.name} has asked for this call already.`
        : 'The call changed hands; try again.',
    )
  })

  register(callsAnswer, async ({ principal, params, body }) => {
    const by = personOf(principal)
    const { call } = await findCall(db, principal, params.call_id)
    const holder = holderOf(call, clock.now())
    if (holder && holder.id !== by.id) throw claimedBy(holder)
    const asker = holder?.asked
    if (!asker) throw new ApiError('CONFLICT', 'Nobody asks for this call any more.')
    const claim = await wish(principal, params.call_id, { wish: body.hand_over ? 'hand_over' : 'keep', by })
    if (claim?.id === (body.hand_over ? asker.id : by.id)) return { status: 200, body: { claim } }
    if (claim) throw claimedBy(claim)
    throw new ApiError('CONFLICT', 'The claim ran out meanwhile.')
  })
}

const personOf = ({ userId, name }: Principal) => ({ id: userId, name })
