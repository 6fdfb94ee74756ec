import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ask } from '#tests/support/ask.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { eventually } from '#tests/support/eventually.ts'
import { exportOf, order, readCsv, settled } from '#tests/support/export-client.ts'
import { startServer } from '#tests/support/server.ts'

const many = 6000

test('an export goes on where a server that was stopped left it: no call twice, none left out', async () => {
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
  const second = await startServer({ database })
  try {
    const job = await settled(second.url, token, jobId)
    const text = await (await fetch(second.url + (job.downloadUrl ?? ''))).text()
    const ids = readCsv(text).flatMap((record) => (/^c\d{5}$/.test(record[0] ?? '') ? record : []))
    expect(ids).toEqual(Array.from({ length: many }, (_, n) => `c${String(n + 1).padStart(5, '0')}`))
  } finally {
    await second.close()
    await database.close()
  }
})

test('a person makes so many exports a day and is told so', async () => {
  const server = await startServer({ exportsPerDay: 2 })
  try {
    const token = await server.token('manager')
    const body = { filters: {}, format: 'csv' }
    for (let made = 0; made < 2; made++) await order(server.url, token, body)
    const refused = await ask(server.url, 'POST /api/v1/calls/export', { token, body })
    expect([refused.status, refused.body.error.code]).toEqual([429, 'EXPORT_LIMIT'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(86_000)
    const listed = await ask<{ left: number }>(server.url, 'GET /api/v1/exports', { token })
    expect(listed.body.left).toBe(0)
    const colleague = await server.token('owner')
    expect((await ask(server.url, 'POST /api/v1/calls/export', { token: colleague, body })).status).toBe(202)
  } finally {
    await server.close()
  }
})
