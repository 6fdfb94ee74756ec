// A company with its empty log: the first row of everything.
import { randomUUID } from 'node:crypto'
import type { Db } from '#server/db/database.ts'

export interface NewCompany {
  id: string
  slug: string
  name: string
  /** `whsec_…`, unique to the company. */
  webhookSecret: string
  externalId?: string | undefined
  /** IANA zone by whose clocks it lives. */
  zone?: string | undefined
  /** Epoch ms. */
  now: number
}

/** Creates the company and the head of its log. Rejects when id or slug are taken. */
export async function createCompany(db: Db, company: NewCompany): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('companies')
      .values({
        id: company.id,
        slug: company.slug,
        name: company.name,
        external_id: company.externalId ?? null,
        webhook_secret: company.webhookSecret,
        zone: company.zone ?? null,
        created_at: new Date(company.now).toISOString(),
      })
      .execute()
    await tx
      .insertInto('company_heads')
      .values({ company_id: company.id, log_id: randomUUID(), head: 0, last_id: 0 })
      .execute()
  })
}
