// The secrets deliveries are signed with, kept for a moment: a busy floor must not ask the database before every delivery.
import type { Db } from '#server/db/database.ts'

export interface CompanySecret {
  companyId: string
  /** `whsec_…` */
  secret: string
}

export interface WebhookSecrets {
  /**
   * Secrets of the company with this slug; without one, of the first two there are. `fresh` asks the database whatever is
   * kept. Rejects when the database does not answer.
   */
  read(slug: string | undefined, fresh?: boolean): Promise<readonly CompanySecret[]>
}

/** A secret that was changed is taken for this long at most, ms. */
const keptMs = 5000

interface Kept {
  secrets: readonly CompanySecret[]
  readAt: number
}

/** `now` is epoch ms. */
export function createWebhookSecrets(db: Db, now: () => number): WebhookSecrets {
  const kept = new Map<string | undefined, Kept>()

  return {
    async read(slug, fresh = false) {
      const known = fresh ? undefined : kept.get(slug)
      if (known && Math.abs(now() - known.readAt) < keptMs) return known.secrets
      const readAt = now()
      let query = db.selectFrom('companies').select(['id', 'webhook_secret'])
      if (slug !== undefined) query = query.where('slug', '=', slug)
      const rows = await query.limit(2).execute()
      const secrets = rows.map((row) => ({ companyId: row.id, secret: row.webhook_secret }))
      // Only names that exist are kept: what strangers ask for must not fill the memory.
      if (secrets.length > 0) kept.set(slug, { secrets, readAt })
      else kept.delete(slug)
      return secrets
    },
  }
}
