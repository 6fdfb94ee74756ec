import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ask } from '#tests/support/ask.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { eventually } from '#tests/support/eventually.ts'
import { exportOf, order, readCsv, settled } from '#tests/support/export-client.ts'
import { startServer } from '#tests/support/server.ts'

const many = 6000

test('an export goes on where a server that was stopped left it, no call twice and none left out, and counts for the day', async () => {
  const database = await openTestDatabase()
  const first = await startServer({ database })
  await sql`insert into call_history (company_id, id, status, direction, from_number, to_number, started_at, missed, owners, worded)
    select 'demo', 'c' || lpad(n::text, 5, '0'), 'completed', 'inbound', '+1', '+2',
      '2026-10-25T06:00:00Z'::timestamptz - n * interval '1 minute', false, '{}', true from generate_series(1, ${many}::int) n`.execute(
    database.db,
  )
  await sql`insert into calls (company_id, id, status, live, direction, from_number, to_number, started_at, updated_at, missed,
      owners, state) select company_id, id, status, false, direction, from_number, to_number, started_at, started_at, missed,
      owners, json_build_object('call', json_build_object('id', id, 'started_at', '2026-10-09T00:00:00.000Z'))
    from call_history`.execute(database.db)
  const token = await first.token('manager')
  const { jobId } = await order(first.url, token, { filters: {}, format: 'csv', columns: ['id'] })
  await eventually(async () => expect((await exportOf(first.url, token, jobId)).rowCount).toBeGreaterThan(0))
  await first.close()
  const second = await startServer({ database, exportsPerDay: 1 })
  try {
    const job = await settled(second.url, token, jobId)
    const text = await (await fetch(second.url + (job.downloadUrl ?? ''))).text()
    const ids = readCsv(text).flatMap((record) => (/^c\d{5}$/.test(record[0] ?? '') ? record : []))
    expect(ids).toEqual(Array.from({ length: many }, (_, n) => `c${String(n + 1).padStart(5, '0')}`))

    // It counts for its day, whoever made it and where; a colleague has a number of their own.
    const again = { token, body: { filters: {}, format: 'csv' } }
    const refused = await ask(second.url, 'POST /api/v1/calls/export', again)
    expect([refused.status, refused.body.error.code]).toEqual([429, 'EXPORT_LIMIT'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(86_000)
    const listed = await ask<{ left: number }>(second.url, 'GET /api/v1/exports', { token })
    expect(listed.body.left).toBe(0)
    const colleague = { ...again, token: await second.token('owner') }
    expect((await ask(second.url, 'POST /api/v1/calls/export', colleague)).status).toBe(202)
  } finally {
    await second.close()
    await database.close()
  }
}, 60_000)
