// The refusal of an act on a call that somebody else has in hand: it says who, and since when.
import { barredBy } from '#contract/claim-rules.ts'
import type { Claim } from '#contract/claim.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { CallState } from '#server/domain/call-state.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'

/** 409 `CALL_CLAIMED` with the holder in `details.holder`. */
export function claimedBy(holder: Claim): ApiError {
  const { id, name, since, until } = holder
  return new ApiError('CALL_CLAIMED', `${name} has this call.`, { holder: { id, name, since, until } })
}

/** The refusal of who was too late; when the holder has let go meanwhile, the advice to try again. */
export async function claimed(
  db: Db,
  who: { companyId: string; userId: string },
  callId: string,
  now: number,
): Promise<ApiError> {
  const row = await db
    .selectFrom('calls')
    .select('state')
    .where('company_id', '=', who.companyId)
    .where('id', '=', wellFormed(callId))
    .executeTakeFirst()
  const holder = row ? barredBy((row.state as CallState).call, who.userId, now) : null
  return holder ? claimedBy(holder) : new ApiError('CONFLICT', 'Somebody else had this call; try again.')
}
