// The endpoint that helps whoever reads a call.
import { callsAssist } from '#contract/assist.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import { readAssist } from '#server/modules/assist/assist-service.ts'

export function registerAssist(register: RegisterEndpoint, { db, clock }: { db: Db; clock: Clock }): void {
  register(callsAssist, async ({ principal, params }) => ({
    status: 200,
    body: await readAssist(db, principal, params.call_id, clock.now()),
  }))
}
