// The endpoints of one's own preferences.
import { type Preferences, preferencesChange, preferencesGet } from '#contract/preferences.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { Principal } from '#server/domain/principal.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'
import { changePreferences, readPreferences } from '#server/modules/preferences/preferences-service.ts'

export interface PreferencesOptions {
  db: Db
  clock: Clock
  /** Told what the person has now under the keys that were sent. */
  onChanged?: ((who: Principal, now: Preferences) => void) | undefined
}

export function registerPreferences(
  register: RegisterEndpoint,
  { db, clock, onChanged }: PreferencesOptions,
): void {
  register(preferencesGet, async ({ principal }) => ({
    status: 200,
    body: await readPreferences(db, principal),
  }))

  register(preferencesChange, async ({ principal, body }) => {
    const kept = await changePreferences(db, principal, wellFormed(body.preferences), clock.now())
    onChanged?.(principal, kept)
    return { status: 200, body: kept }
  })
}
