// A person's choices, one row a key: the last to choose wins, whichever machine was heard last.
import { sql } from 'kysely'
import { type Preferences, preferenceLimits } from '#contract/preferences.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Principal } from '#server/domain/principal.ts'

/** The person's choices; with `keys` only those. */
export async function readPreferences(
  db: Db,
  { companyId, userId }: Principal,
  keys?: readonly string[],
): Promise<Preferences> {
  if (keys?.length === 0) return { preferences: {} }
  let query = db
    .selectFrom('preferences')
    .select(['key', 'value', 'changed_at'])
    .where('company_id', '=', companyId)
    .where('user_id', '=', userId)
  if (keys) query = query.where('key', 'in', [...keys])
  const rows = await query.orderBy('key').execute()
  return {
    preferences: Object.fromEntries(
      rows.map(({ key, value, changed_at }) => [key, { value, changed_at: changed_at.toISOString() }]),
    ),
  }
}

export interface PreferenceChange {
  value: unknown
  /** Seconds since it was chosen. */
  age: number
}

/**
 * Keeps what is newer than what is there; `now` in epoch ms. Returns what is kept under the keys.
 * Throws CONFLICT past the number of keys a person may have.
 */
export async function changePreferences(
  db: Db,
  principal: Principal,
  changes: Readonly<Record<string, PreferenceChange>>,
  now: number,
): Promise<Preferences> {
  const { companyId: company_id, userId: user_id } = principal
  const keys = Object.keys(changes)
  await db.transaction().execute(async (tx) => {
    for (const [key, { value, age }] of Object.entries(changes)) {
      await tx
        .insertInto('preferences')
        .values({
          company_id,
          user_id,
          key,
          value: JSON.stringify(value),
          changed_at: new Date(Math.max(0, now - age * 1000)).toISOString(),
        })
        .onConflict((conflict) =>
          conflict
            .columns(['company_id', 'user_id', 'key'])
            .doUpdateSet({
              value: (eb) => eb.ref('excluded.value'),
              changed_at: (eb) => eb.ref('excluded.changed_at'),
              written_at: sql<string>`clock_timestamp()`,
            })
            .where(sql<boolean>`preferences.changed_at <= excluded.changed_at`),
        )
        .execute()
    }
    const { count } = await tx
      .selectFrom('preferences')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('company_id', '=', company_id)
      .where('user_id', '=', user_id)
      .executeTakeFirstOrThrow()
    if (Number(count) > preferenceLimits.count)
      throw new ApiError('CONFLICT', `A person may keep ${preferenceLimits.count} preferences.`)
  })
  return readPreferences(db, principal, keys)
}
