// Fills a new database with the demo companies, their people, business lines and agents. Runs once; never in production.
import { demoCompanies, demoPassword } from '#server/auth/demo-users.ts'
import { hashPassword } from '#server/auth/password.ts'
import { makeWebhookSecret } from '#server/auth/secrets.ts'
import { createCompany } from '#server/db/create-company.ts'
import type { Db } from '#server/db/database.ts'
import { seedAlertRules } from '#server/demo-alerts.ts'
import { demoAgents, demoBusinesses } from '#server/demo-floor.ts'
import { demoKnowledge } from '#server/demo-knowledge.ts'
import { addKnowledge } from '#server/modules/knowledge/knowledge-service.ts'

/** Adds what is missing of the demo; `webhookSecret` becomes that of the company `demo`, at every start anew. */
export async function seedDemo(db: Db, webhookSecret: string, now: number): Promise<void> {
  const at = new Date(now).toISOString()
  let password_hash: string | undefined
  for (const company of demoCompanies) {
    const known = await db
      .selectFrom('companies')
      .select('id')
      .where('id', '=', company.id)
      .executeTakeFirst()
    if (known && company.id === 'demo')
      await db
        .updateTable('companies')
        .set({ webhook_secret: webhookSecret })
        .where('id', '=', company.id)
        .execute()
    // A demo from before there were alerts and articles gets them too.
    if (known && company.id === 'demo') {
      await seedAlertRules(db, company.id, at)
      await seedKnowledge(db, company.id, now)
    }
    if (known) continue
    password_hash ??= await hashPassword(demoPassword)
    const hash = password_hash
    const secret = company.id === 'demo' ? webhookSecret : makeWebhookSecret()
    await createCompany(db, { ...company, webhookSecret: secret, now })
    await db
      .insertInto('users')
      .values(
        company.users.map((user) => ({
          ...user,
          company_id: company.id,
          password_hash: hash,
          is_active: true,
          external_id: null,
          created_at: at,
        })),
      )
      .execute()
    if (company.id !== 'demo') continue
    await seedFloor(db, company.id, at)
    await seedAlertRules(db, company.id, at)
    await seedKnowledge(db, company.id, now)
  }
}

async function seedKnowledge(db: Db, company_id: string, now: number): Promise<void> {
  const known = await db
    .selectFrom('knowledge')
    .select('id')
    .where('company_id', '=', company_id)
    .limit(1)
    .executeTakeFirst()
  if (!known) await addKnowledge(db, company_id, demoKnowledge, now)
}

async function seedFloor(db: Db, company_id: string, at: string): Promise<void> {
  await db
    .insertInto('businesses')
    .values(
      demoBusinesses.map((business) => ({
        company_id,
        id: business.id,
        name: business.name,
        type: business.kind,
        phone_number: business.phone,
        ai_name: business.ai,
        config_data: JSON.stringify(business.config),
        is_active: true,
        created_at: at,
        updated_at: at,
      })),
    )
    .execute()
  await db
    .insertInto('agents')
    .values(
      demoAgents.map((agent, index) => ({
        company_id,
        id: agent.id,
        user_id: agent.userId,
        name: agent.name,
        email: `${agent.id.replace('agent-', '')}@alamo.callboard.test`,
        phone_number: `+1210555${String(150 + index).padStart(4, '0')}`,
        extension: String(201 + index),
        is_available: true,
        is_active: true,
        skills: agent.skills,
        departments: [agent.department],
        total_calls_handled: 40 + index * 7,
        average_rating: 4.2 + (index % 5) / 10,
        metadata: '{}',
        created_at: at,
        updated_at: at,
        last_active_at: at,
      })),
    )
    .execute()
}
