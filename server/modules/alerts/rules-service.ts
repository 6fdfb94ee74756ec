// The alert rules of a company: read, added, changed, taken away and brought back.
import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { AlertRule, AlertRuleBody } from '#contract/alert.ts'
import type { Db } from '#server/db/database.ts'
import type { AlertRuleTable } from '#server/db/schema.ts'
import { ApiError } from '#server/domain/api-error.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'

const mostRules = 100

function presentRule(row: Selectable<AlertRuleTable>): AlertRule {
  return {
    ...(row.data as Omit<AlertRule, 'id' | 'enabled' | 'created_at' | 'updated_at'>),
    id: row.id,
    enabled: row.enabled,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}

/** The company's rules by name, without those that were taken away. */
export async function listRules(db: Db, companyId: string): Promise<AlertRule[]> {
  const rows = await db
    .selectFrom('alert_rules')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('deleted_at', 'is', null)
    .execute()
  return rows.map(presentRule).sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}

async function findRule(db: Db, companyId: string, id: string, isDeleted = false): Promise<AlertRule> {
  const row = await db
    .selectFrom('alert_rules')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', wellFormed(id))
    .where('deleted_at', isDeleted ? 'is not' : 'is', null)
    .executeTakeFirst()
  if (!row) throw new ApiError('RULE_NOT_FOUND', 'There is no such alert rule.')
  return presentRule(row)
}

async function checkBusiness(db: Db, companyId: string, id: string | null | undefined): Promise<void> {
  if (id === null || id === undefined) return
  const known = await db
    .selectFrom('businesses')
    .select('id')
    .where('company_id', '=', companyId)
    .where('id', '=', wellFormed(id))
    .executeTakeFirst()
  if (known) return
  throw new ApiError('VALIDATION_ERROR', 'The rule was not saved.', [
    { field: 'body.business_id', message: 'There is no such business line; choose another or all.' },
  ])
}

/** Adds a rule; `now` in epoch ms. */
export async function addRule(
  db: Db,
  companyId: string,
  body: AlertRuleBody,
  now: number,
): Promise<AlertRule> {
  await checkBusiness(db, companyId, body.business_id)
  const { enabled, ...data } = wellFormed(body)
  const at = new Date(now).toISOString()
  const rules = await listRules(db, companyId)
  if (rules.length >= mostRules)
    throw new ApiError('CONFLICT', `There are ${mostRules} rules already; take one away first.`)
  const id = `rule-${randomUUID()}`
  await db
    .insertInto('alert_rules')
    .values({
      company_id: companyId,
      id,
      data: JSON.stringify(data),
      enabled,
      created_at: at,
      updated_at: at,
      deleted_at: null,
    })
    .execute()
  return findRule(db, companyId, id)
}

type RuleChange = { [K in keyof AlertRuleBody]?: AlertRuleBody[K] | undefined }

/** Changes what is named; the rest stays. */
export async function changeRule(
  db: Db,
  companyId: string,
  id: string,
  change: RuleChange,
  now: number,
): Promise<AlertRule> {
  const rule = await findRule(db, companyId, id)
  await checkBusiness(db, companyId, change.business_id)
  const {
    id: _id,
    created_at: _c,
    updated_at: _u,
    enabled,
    ...data
  } = { ...rule, ...given(wellFormed(change)) }
  await db
    .updateTable('alert_rules')
    .set({ data: JSON.stringify(data), enabled, updated_at: new Date(now).toISOString() })
    .where('company_id', '=', companyId)
    .where('id', '=', rule.id)
    .execute()
  return findRule(db, companyId, rule.id)
}

/** Takes a rule away, or brings it back. */
export async function setDeleted(
  db: Db,
  companyId: string,
  id: string,
  isDeleted: boolean,
  now: number,
): Promise<AlertRule> {
  const rule = await findRule(db, companyId, id, !isDeleted)
  const at = new Date(now).toISOString()
  await db
    .updateTable('alert_rules')
    .set({ deleted_at: isDeleted ? at : null, updated_at: at })
    .where('company_id', '=', companyId)
    .where('id', '=', rule.id)
    .execute()
  return rule
}

function given(change: RuleChange): Partial<AlertRuleBody> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
