// The first person of a company, made by whoever runs the server: from then on people are managed in the console.
import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import { hashPassword } from '#server/auth/password.ts'
import { makeWebhookSecret } from '#server/auth/secrets.ts'
import type { Db } from '#server/db/database.ts'
import type { Database } from '#server/db/schema.ts'

export const minPasswordChars = 10

export const OwnerInput = z.object({
  email: z
    .email('Write an e-mail address, such as owner@example.com.')
    .transform((text) => text.toLowerCase()),
  name: z
    .string()
    .trim()
    .min(1, 'Write the name that people will see.')
    .max(200, 'Write at most 200 characters.'),
  company: z
    .string()
    .trim()
    .min(1, 'Write the name of the company.')
    .max(200, 'Write at most 200 characters.'),
  password: z
    .string()
    .min(minPasswordChars, `Choose at least ${minPasswordChars} characters.`)
    .max(1000, 'Choose at most 1,000 characters.'),
  /** The identity provider's id of the company, such as Clerk's `org_…`. */
  externalId: z.string().min(1).max(200).optional(),
})
export type OwnerInput = z.input<typeof OwnerInput>

export interface CreatedOwner {
  companyId: string
  companySlug: string
  userId: string
  /** False when the company was there already and only gained an owner. */
  isNewCompany: boolean
}

/** Thrown with words for the terminal when the owner cannot be made. */
export class OwnerError extends Error {
  override name = 'OwnerError'
}

/** `Smith & Sons Roofing` → `smith-sons-roofing`. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'company'
  )
}

async function findOrCreateCompany(
  tx: Transaction<Database>,
  name: string,
  externalId: string | undefined,
  at: string,
): Promise<{ id: string; slug: string; isNew: boolean }> {
  const slug = slugOf(name)
  const known = await tx.selectFrom('companies').select('id').where('slug', '=', slug).executeTakeFirst()
  if (known) return { id: known.id, slug, isNew: false }
  const id = `co-${randomUUID()}`
  await tx
    .insertInto('companies')
    .values({
      id,
      slug,
      name,
      external_id: externalId ?? null,
      webhook_secret: makeWebhookSecret(),
      created_at: at,
    })
    .execute()
  await tx
    .insertInto('company_heads')
    .values({ company_id: id, log_id: randomUUID(), head: 0, last_id: 0 })
    .execute()
  return { id, slug, isNew: true }
}

/**
 * Makes an owner, and the company when no company has that name. `now` in epoch ms. Throws `OwnerError` for input that
 * cannot be taken and for an e-mail that somebody has.
 */
export async function createOwner(db: Db, input: OwnerInput, now: number): Promise<CreatedOwner> {
  const parsed = OwnerInput.safeParse(input)
  if (!parsed.success)
    throw new OwnerError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    )
  const { email, name, company, password, externalId } = parsed.data
  const passwordHash = await hashPassword(password)
  const at = new Date(now).toISOString()
  return await db.transaction().execute(async (tx) => {
    const taken = await tx.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst()
    if (taken) throw new OwnerError('email: somebody has this e-mail already.')
    const { id: companyId, slug: companySlug, isNew } = await findOrCreateCompany(tx, company, externalId, at)
    const userId = `u-${randomUUID()}`
    await tx
      .insertInto('users')
      .values({
        company_id: companyId,
        id: userId,
        email,
        name,
        role: 'owner',
        password_hash: passwordHash,
        is_active: true,
        external_id: null,
        created_at: at,
      })
      .execute()
    return { companyId, companySlug, userId, isNewCompany: isNew }
  })
}

/** True when anybody can sign in: the process says how to make the first owner when nobody can. */
export async function hasAnyUser(db: Db): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined
}
