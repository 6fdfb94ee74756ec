// A choice made on one machine reaches the person's other consoles at once, also those that hang on another node.
import { sql } from 'kysely'
import type { Preferences } from '#contract/preferences.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'

/** Whose choices they are. */
export interface Chooser {
  companyId: string
  userId: string
}

export interface PreferenceNewsOptions {
  db: Db
  clock: Clock
  /** How often the choices that other nodes stored are looked for, ms; null where there are no other nodes. */
  everyMs: number | null
  /** Companies that have a connection here. */
  companies: () => readonly string[]
  /** Tells the person's connections on this node. */
  tell: (who: Chooser, preferences: Preferences) => void
  onError?: ((error: unknown) => void) | undefined
}

export interface PreferenceNews {
  /** What was stored here just now. */
  changed(who: Chooser, now: Preferences): void
  /** Another node has rung: looks at once. */
  look(): void
  stop(): void
}

/** Choices stored within this time are read; commits that were under way at the last look are among them. */
const youngMs = 5000

export function createPreferenceNews(options: PreferenceNewsOptions): PreferenceNews {
  const { db, clock, everyMs, companies, tell, onError } = options
  /** What was told last under a key: when it was chosen, as JSON, and when it was told, epoch ms. */
  const told = new Map<string, { made: number; text: string; at: number }>()
  let looking: Promise<void> | null = null

  /** Tells what was not told yet; a choice that lost against a younger one is no news. */
  function hear(who: Chooser, { preferences }: Preferences): void {
    const now = clock.now()
    for (const [name, { at }] of told) if (now - at > 2 * youngMs) told.delete(name)
    const news: Preferences['preferences'] = {}
    for (const [key, choice] of Object.entries(preferences)) {
      const name = JSON.stringify([who.companyId, who.userId, key])
      const made = Date.parse(choice.changed_at)
      const text = JSON.stringify(choice.value)
      const last = told.get(name)
      if (last && (made < last.made || (made === last.made && text === last.text))) continue
      told.set(name, { made, text, at: now })
      news[key] = choice
    }
    if (Object.keys(news).length > 0) tell(who, { preferences: news })
  }

  async function read(): Promise<void> {
    const ids = companies()
    if (ids.length === 0) return
    const rows = await db
      .selectFrom('preferences')
      .select(['company_id', 'user_id', 'key', 'value', 'changed_at'])
      .where('company_id', 'in', [...ids])
      .where('written_at', '>', sql<Date>`now() - ${youngMs}::int * interval '1 millisecond'`)
      .execute()
    for (const { company_id, user_id, key, value, changed_at } of rows)
      hear(
        { companyId: company_id, userId: user_id },
        { preferences: { [key]: { value, changed_at: changed_at.toISOString() } } },
      )
  }

  function look(): void {
    looking ??= read()
      .catch((error: unknown) => onError?.(error))
      .finally(() => {
        looking = null
      })
  }

  const timer = everyMs === null ? null : clock.setInterval(look, everyMs)
  return {
    changed: hear,
    look,
    stop() {
      if (timer !== null) clock.clearInterval(timer)
    },
  }
}
