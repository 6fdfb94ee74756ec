// Of whom a past is told: the company with its lines, its people and its calls so far, as the database knows them.
import { sql } from 'kysely'
import { can, type Role } from '#contract/permissions.ts'
import type { Db } from '#server/db/database.ts'
import type { PastPeople } from '#server/feed/history/past-desk.ts'
import type { SimulatorDirectory } from '#server/feed/simulator/directory.ts'
import type { BusinessKind } from '#server/feed/simulator/scenario.ts'
import { HistoryRefused } from '#server/history-wish.ts'

const kinds: readonly BusinessKind[] = ['plumbing', 'heating', 'roofing', 'auto']

export interface PastCompany {
  name: string
  /** IANA zone it lives by; null where none was chosen. */
  zone: string | null
  directory: SimulatorDirectory
  supervisors: PastPeople['supervisors']
}

/** Reads the company by id, address or name. Throws `HistoryRefused` when there is none, or it has no line to call. */
export async function readPastCompany(db: Db, wanted = 'demo'): Promise<PastCompany> {
  const all = await db
    .selectFrom('companies')
    .select(['id', 'slug', 'name', 'zone'])
    .orderBy('slug')
    .execute()
  const company = all.find(({ id, slug, name }) => [id, slug, name].includes(wanted))
  if (!company)
    throw new HistoryRefused(
      all.length === 0
        ? 'There is no company yet. Run "npm run create-owner" to make one, or set DEMO=1 for the demo.'
        : `--company: there is no "${wanted}" here; write one of ${all.map(({ slug }) => slug).join(', ')}.`,
    )
  const lines = await db
    .selectFrom('businesses')
    .select(['id', 'name', 'type', 'phone_number', 'ai_name'])
    .where('company_id', '=', company.id)
    .where('is_active', '=', true)
    .orderBy('id')
    .execute()
  if (lines.length === 0)
    throw new HistoryRefused(`--company: ${company.name} has no business line that could be called.`)
  const users = await db
    .selectFrom('users')
    .select(['id', 'name', 'role'])
    .where('company_id', '=', company.id)
    .where('is_active', '=', true)
    .orderBy('id')
    .execute()
  const agents = await db
    .selectFrom('agents')
    .select(['id', 'name', 'skills', 'user_id'])
    .where('company_id', '=', company.id)
    .where('is_active', '=', true)
    .orderBy('id')
    .execute()
  const of = (role: Role) => users.find((user) => user.role === role)?.id
  const csrs = new Set(users.filter(({ role }) => role === 'csr').map(({ id }) => id))
  return {
    name: company.name,
    zone: company.zone,
    supervisors: users
      .filter(({ role }) => can(role as Role, 'calls.intervene'))
      .map(({ id, name }) => ({ id, name })),
    directory: {
      companyId: company.id,
      businesses: lines.map(({ id, name, type, phone_number, ai_name }, index) => ({
        id,
        name,
        kind: kinds.find((kind) => kind === type) ?? kinds[index % kinds.length] ?? 'plumbing',
        number: phone_number ?? '+12105550100',
        aiName: ai_name ?? 'the assistant',
      })),
      agents: agents.map(({ id, name, skills, user_id }) => ({
        id,
        name,
        skills,
        userId: user_id ?? undefined,
      })),
      owners: {
        csrAgentId: agents.find(({ user_id }) => user_id !== null && csrs.has(user_id))?.id,
        techUserId: of('tech'),
        repUserId: of('sales_rep'),
      },
    },
  }
}

/** One run of the seed, as its calls' ids tell it: `past-<minute of the end>-<mark of the wish>-<n>`. */
export interface PastRun {
  /** Epoch ms. */
  until: number
  mark: string
  calls: number
}

const minuteMs = 60_000

/** The id of the n-th call of a run. */
export function pastCallId(until: number, mark: string, n: number): string {
  return `past-${Math.floor(until / minuteMs).toString(36)}-${mark}-${n.toString(36).padStart(5, '0')}`
}

/** What the company has already: runs of the seed, and how many calls that neither it nor the demo's own feeds made. */
export async function readPastRuns(db: Db, companyId: string): Promise<{ runs: PastRun[]; others: number }> {
  const runs = await sql<{ until: string; mark: string; calls: number }>`select
      split_part(id, '-', 2) as until, split_part(id, '-', 3) as mark, count(*)::int as calls
    from calls where company_id = ${companyId} and id like 'past-%' group by 1, 2`.execute(db)
  const others = await sql<{ calls: number }>`select count(*)::int as calls from calls
    where company_id = ${companyId}
      and not (id like 'past-%' or id like 'sim-%' or id like 'replay-%' or id like 'out-%')`.execute(db)
  return {
    runs: runs.rows.map(({ until, mark, calls }) => ({
      until: Number.parseInt(until, 36) * minuteMs,
      mark,
      calls,
    })),
    others: others.rows[0]?.calls ?? 0,
  }
}
