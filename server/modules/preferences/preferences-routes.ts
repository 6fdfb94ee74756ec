// The endpoints of one's own preferences.
import { preferencesChange, preferencesGet } from '#contract/preferences.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'
import { changePreferences, readPreferences } from '#server/modules/preferences/preferences-service.ts'

export function registerPreferences(
  register: RegisterEndpoint,
  { db, clock }: { db: Db; clock: Clock },
): void {
  register(preferencesGet, async ({ principal }) => ({
    status: 200,
    body: await readPreferences(db, principal),
  }))

  register(preferencesChange, async ({ principal, body }) => ({
    status: 200,
    body: await changePreferences(db, principal, wellFormed(body.preferences), clock.now()),
  }))
}
