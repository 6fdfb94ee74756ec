// Businesses and agents of a company, as the rules look them up; read from the database and kept until told to forget.
import type { BusinessConfigData } from '#contract/business.ts'
import type { Db } from '#server/db/database.ts'
import type { BusinessRules, KnownAgent } from '#server/domain/call-state.ts'

export interface Company {
  businesses: ReadonlyMap<string, BusinessRules>
  agents: ReadonlyMap<string, KnownAgent>
}

export interface CompanyDirectory {
  /** Reads once a company and keeps it. Rejects when the database does not answer. */
  get(companyId: string): Promise<Company>
  /** To be called after a business or an agent changed. */
  forget(companyId: string): void
}

export function createCompanyDirectory(db: Db): CompanyDirectory {
  const known = new Map<string, Promise<Company>>()

  async function read(companyId: string): Promise<Company> {
    const businesses = await db
      .selectFrom('businesses')
      .select(['id', 'name', 'ai_name', 'config_data'])
      .where('company_id', '=', companyId)
      .execute()
    const agents = await db
      .selectFrom('agents')
      .select(['id', 'name', 'user_id'])
      .where('company_id', '=', companyId)
      .execute()
    return {
      businesses: new Map(
        businesses.map((row) => [
          row.id,
          { id: row.id, name: row.name, aiName: row.ai_name, config: row.config_data as BusinessConfigData },
        ]),
      ),
      agents: new Map(agents.map((row) => [row.id, { id: row.id, name: row.name, userId: row.user_id }])),
    }
  }

  return {
    get(companyId) {
      let company = known.get(companyId)
      if (!company) {
        company = read(companyId)
        known.set(companyId, company)
        // A failed read is not an answer to keep.
        company.catch(() => known.delete(companyId))
      }
      return company
    },
    forget: (companyId) => void known.delete(companyId),
  }
}
