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
  /** `whsec_…`: signs the webhooks of the company's voice platform. */
  webhookSecret: string
}

/** Thrown with words for the terminal when the owner cannot be made. */
export class OwnerError extends Error {
  override name = 'OwnerError'
}

function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new OwnerError(
    parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
  )
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

/** Writes the identity provider's id on a company that has none yet. */
async function linkTo(tx: Transaction<Database>, id: string, before: string | null, externalId: string) {
  if (before === externalId) return
  if (before !== null) throw new OwnerError('company: it is linked to another organization already.')
  await tx.updateTable('companies').set({ external_id: externalId }).where('id', '=', id).execute()
}

async function findOrCreateCompany(
  tx: Transaction<Database>,
  name: string,
  externalId: string | undefined,
  at: string,
): Promise<{ id: string; slug: string; isNew: boolean; webhookSecret: string }> {
  const slug = slugOf(name)
  if (externalId) {
    const holder = await tx
      .selectFrom('companies')
      .select(['slug', 'name'])
      .where('external_id', '=', externalId)
      .executeTakeFirst()
    if (holder && holder.slug !== slug)
      throw new OwnerError(`external-id: the company "${holder.name}" is linked to this organization.`)
  }
  const known = await tx
    .selectFrom('companies')
    .select(['id', 'external_id', 'webhook_secret'])
    .where('slug', '=', slug)
    .executeTakeFirst()
  if (known) {
    if (externalId) await linkTo(tx, known.id, known.external_id, externalId)
    return { id: known.id, slug, isNew: false, webhookSecret: known.webhook_secret }
  }
  const id = `co-${randomUUID()}`
  const webhookSecret = makeWebhookSecret()
  await tx
    .insertInto('companies')
    .values({
      id,
      slug,
      name,
      external_id: externalId ?? null,
      webhook_secret: webhookSecret,
      created_at: at,
    })
    .execute()
  await tx
    .insertInto('company_heads')
    .values({ company_id: id, log_id: randomUUID(), head: 0, last_id: 0 })
    .execute()
  return { id, slug, isNew: true, webhookSecret }
}

const companyOf = ({ id, slug, isNew, webhookSecret }: Awaited<ReturnType<typeof findOrCreateCompany>>) => ({
  companyId: id,
  companySlug: slug,
  isNewCompany: isNew,
  webhookSecret,
})

/**
 * Makes an owner, and the company when no company has that name. `now` in epoch ms. Throws `OwnerError` for input that
 * cannot be taken and for an e-mail that somebody has.
 */
export async function createOwner(db: Db, input: OwnerInput, now: number): Promise<CreatedOwner> {
  const { email, name, company, password, externalId } = parseInput(OwnerInput, input)
  const passwordHash = await hashPassword(password)
  const at = new Date(now).toISOString()
  return await db.transaction().execute(async (tx) => {
    const taken = await tx.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst()
    if (taken) throw new OwnerError('email: somebody has this e-mail already.')
    const made = await findOrCreateCompany(tx, company, externalId, at)
    const userId = `u-${randomUUID()}`
    await tx
      .insertInto('users')
      .values({
        company_id: made.id,
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
    return { ...companyOf(made), userId }
  })
}

export const LinkInput = OwnerInput.pick({ company: true }).extend({
  externalId: z.string().trim().min(1, 'Write the id of the organization, such as org_….').max(200),
})
export type LinkInput = z.input<typeof LinkInput>

/**
 * Links a company, made when no company has that name, to an organization of the identity provider; its people then
 * sign in there. `now` in epoch ms. Throws `OwnerError` when either is linked to another already.
 */
export async function linkCompany(
  db: Db,
  input: LinkInput,
  now: number,
): Promise<Omit<CreatedOwner, 'userId'>> {
  const { company, externalId } = parseInput(LinkInput, input)
  return await db.transaction().execute(async (tx) => {
    return companyOf(await findOrCreateCompany(tx, company, externalId, new Date(now).toISOString()))
  })
}

/** True when a company is linked to an organization of the identity provider. */
export async function hasLinkedCompany(db: Db): Promise<boolean> {
  const query = db.selectFrom('companies').select('id').where('external_id', 'is not', null).limit(1)
  return (await query.executeTakeFirst()) !== undefined
}

/** True when anybody can sign in: the process says how to make the first owner when nobody can. */
export async function hasAnyUser(db: Db): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined
}
