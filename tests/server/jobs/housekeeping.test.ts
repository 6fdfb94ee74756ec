import { beforeAll, expect, test } from 'vitest'
import { createCompany } from '#server/db/create-company.ts'
import { systemClock } from '#server/domain/clock.ts'
import { sweep } from '#server/jobs/housekeeping.ts'
import { useDatabase } from '#tests/support/database.ts'

const database = useDatabase()
const now = Date.UTC(2026, 10, 20)
const clock = { ...systemClock, now: () => now }

beforeAll(async () => {
  const { db } = database()
  await createCompany(db, { id: 'c', slug: 'c', name: 'C', webhookSecret: 'whsec_x', now })
  await db.updateTable('company_heads').set({ head: 10 }).where('company_id', '=', 'c').execute()
  for (let seq = 1; seq <= 10; seq++)
    await db
      .insertInto('log')
      .values({
        company_id: 'c',
        seq,
        call_id: 'x',
        event: 'call.updated',
        // One an hour; the tenth is the youngest.
        at: new Date(now - (10 - seq) * 3600_000).toISOString(),
        data: '{}',
        owners: [],
        owners_before: null,
        status_changed: false,
      })
      .execute()
  for (const [id, hours] of [
    ['old', 30],
    ['new', 1],
  ] as const)
    await db
      .insertInto('deliveries')
      .values({ company_id: 'c', id, at: new Date(now - hours * 3600_000).toISOString() })
      .execute()
})

const kept = async () => {
  const rows = await database().db.selectFrom('log').select('seq').orderBy('seq').execute()
  return rows.map(({ seq }) => seq)
}

test('the log loses its oldest entries by age, then by number, and keeps no hole', async () => {
  const log = { warn: () => undefined }
  await sweep({ database: database(), clock, log, logAgeMs: 5.5 * 3600_000 })
  expect(await kept()).toEqual([5, 6, 7, 8, 9, 10])
  await sweep({ database: database(), clock, log, logEntries: 3 })
  expect(await kept()).toEqual([8, 9, 10])
})

test('a delivery is remembered for a day', async () => {
  await sweep({ database: database(), clock, log: { warn: () => undefined } })
  const rows = await database().db.selectFrom('deliveries').select('id').execute()
  expect(rows.map(({ id }) => id)).toEqual(['new'])
})
