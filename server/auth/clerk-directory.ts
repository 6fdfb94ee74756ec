// Finds the company and the person behind a Clerk token, and writes the person down on the first visit.
import type { Role } from '#contract/permissions.ts'
import type { TokenClaims } from '#server/auth/claims.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { Clock } from '#server/domain/clock.ts'

export interface DirectoryOptions {
  db: Db
  clock: Pick<Clock, 'now'>
  /** Called after a stored role has changed, so that sockets of the old role close. */
  onRoleChange: (companyId: string, userId: string) => Promise<void>
}

export interface DirectoryPerson {
  companyId: string
  userId: string
}

interface Remembered {
  person: DirectoryPerson
  role: Role
  name: string | undefined
  issuedAt: number
  until: number
}

/** How long a found person is taken from memory while the token says nothing new, ms. */
const rememberMs = 5 * 60_000
const maxRemembered = 10_000

/** Returns the person of a token whose role is already known to be a role of ours. */
export function createClerkDirectory({ db, clock, onRoleChange }: DirectoryOptions) {
  const remembered = new Map<string, Remembered>()

  const findCompany = async (tenant: string): Promise<string> => {
    const company = await db
      .selectFrom('companies')
      .select('id')
      .where('external_id', '=', tenant)
      .executeTakeFirst()
    if (!company) throw new ApiError('FORBIDDEN', 'This organization is not set up here.')
    return company.id
  }

  /** The claimed address when nobody else has it; otherwise one that cannot receive mail and is surely free. */
  const freeEmail = async (claims: TokenClaims, companyId: string): Promise<string> => {
    const standIn = `${claims.subject}.${companyId}@users.invalid`.toLowerCase()
    if (!claims.email) return standIn
    const taken = await db
      .selectFrom('users')
      .select('id')
      .where('email', '=', claims.email)
      .executeTakeFirst()
    return taken ? standIn : claims.email
  }

  const upsert = async (claims: TokenClaims, role: Role): Promise<DirectoryPerson> => {
    const companyId = await findCompany(claims.tenant)
    const find = () =>
      db
        .selectFrom('users')
        .select(['id', 'role', 'name'])
        .where('company_id', '=', companyId)
        .where('external_id', '=', claims.subject)
        .executeTakeFirst()
    const known = await find()
    if (!known) {
      await db
        .insertInto('users')
        .values({
          company_id: companyId,
          id: claims.subject,
          email: await freeEmail(claims, companyId),
          name: claims.name ?? claims.email ?? 'Member',
          role,
          password_hash: null,
          is_active: true,
          external_id: claims.subject,
          created_at: new Date(clock.now()).toISOString(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return { companyId, userId: (await find())?.id ?? claims.subject }
    }
    const name = claims.name ?? known.name
    if (known.role !== role || known.name !== name) {
      await db
        .updateTable('users')
        .set({ role, name })
        .where('company_id', '=', companyId)
        .where('id', '=', known.id)
        .execute()
      await onRoleChange(companyId, known.id)
    }
    return { companyId, userId: known.id }
  }

  return async (claims: TokenClaims, role: Role): Promise<DirectoryPerson> => {
    const key = JSON.stringify([claims.tenant, claims.subject])
    const hit = remembered.get(key)
    const isNews = hit?.role !== role || (claims.name !== undefined && hit.name !== claims.name)
    // A token made before the newest one seen says nothing about today: the stored role holds.
    const isOlder = hit !== undefined && claims.issuedAt < hit.issuedAt
    if (hit && hit.until > clock.now() && (!isNews || isOlder)) return hit.person
    const person = await upsert(claims, role)
    if (remembered.size >= maxRemembered) remembered.clear()
    const { name, issuedAt } = claims
    remembered.set(key, { person, role, name, issuedAt, until: clock.now() + rememberMs })
    return person
  }
}
