// Two groups of one company on their way at a time, on a PostgreSQL of their own: the embedded engine has one session.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createCompany } from '#server/db/create-company.ts'
import { openDatabase } from '#server/db/database.ts'
import { systemClock } from '#server/domain/clock.ts'
import type { Fact } from '#server/domain/fact.ts'
import { createCompanyDirectory } from '#server/ingest/company-directory.ts'
import { createIngest } from '#server/ingest/ingest.ts'
import { eventually } from '#tests/support/eventually.ts'
import { makePostgres } from '#tests/support/postgres.ts'

const companyId = 'busy'
const line = (id: string): Fact => ({
  event: 'interaction.added',
  data: { call_id: 'a', interaction: { id, speaker: 'ai', text: `line ${id}` } },
})

test('a group that is sent while another one commits waits for it in the database, and is written once', async (context) => {
  const postgres = await makePostgres()
  if ('reason' in postgres) return context.skip(postgres.reason)
  const database = await openDatabase({ url: postgres.url })
  const { db } = database
  try {
    await createCompany(db, {
      id: companyId,
      slug: companyId,
      name: 'Test',
      webhookSecret: 'whsec_x',
      now: 0,
    })
    const ingest = createIngest({
      db: database.live,
      clock: systemClock,
      scorer: { score: () => 0.5 },
      directory: createCompanyDirectory(db),
      onCommitted: () => {},
      groupFacts: 2,
    })
    await ingest.submit({ companyId, facts: [{ event: 'call.started', data: { call: { id: 'a' } } }] })
    const waiting = () =>
      sql<{ query: string }>`select query from pg_stat_activity
        where wait_event_type = 'Lock' and query like '%company_heads%'`.execute(db)
    // Somebody holds the head for a while, as a group does that has much to write.
    const acknowledged = await db.transaction().execute(async (tx) => {
      await tx
        .selectFrom('company_heads')
        .select('head')
        .where('company_id', '=', companyId)
        .forUpdate()
        .execute()
      const both = [
        ingest.submit({ companyId, facts: [line('1'), line('2')] }),
        ingest.submit({ companyId, facts: [line('3'), line('4')] }),
      ]
      await eventually(async () => expect((await waiting()).rows).toHaveLength(2))
      return { both }
    })
    await Promise.all(acknowledged.both)
    const said = await db
      .selectFrom('interactions')
      .select('fact_id')
      .where('company_id', '=', companyId)
      .orderBy('id')
      .execute()
    expect(said.map(({ fact_id }) => fact_id)).toEqual(['1', '2', '3', '4'])
    const log = await db
      .selectFrom('log')
      .select('seq')
      .where('company_id', '=', companyId)
      .orderBy('seq')
      .execute()
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
  } finally {
    await database.close()
    postgres.remove()
  }
})
