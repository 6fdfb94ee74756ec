import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { extractText, getDocumentProxy } from 'unpdf'
import type { Call } from '#contract/call.ts'
import type { CallsPagination } from '#contract/call-endpoints.ts'
import { exportColumnIds } from '#contract/export-columns.ts'
import type { ExportJob } from '#contract/export.ts'
import { systemClock } from '#server/domain/clock.ts'
import { expireExports } from '#server/jobs/expire-exports.ts'
import { type Refused, ask } from '#tests/support/ask.ts'
import { exportOf, fetchExport, order, readCsv, settled } from '#tests/support/export-client.ts'
import { callStarted } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

/** More than are sorted in one piece, so that the list walks, and more than one piece of a file. */
const many = 2600

let server: TestServer
let token: string
/** How far the server's clock is ahead, ms. */
let ahead = 0

beforeAll(async () => {
  server = await startServer({ clock: { ...systemClock, now: () => Date.now() + ahead } })
  token = await server.token('manager')
  await server.submit(
    Array.from({ length: 7 }, (_, n) =>
      callStarted(`live-${n}`, { started_at: `2026-10-0${n + 1}T12:00:00.000Z` }),
    ),
  )
  for (const company of ['demo', 'acme']) await fillHistory(company)
}, 60_000)
afterAll(() => server.close())

/** Ended calls of every kind, around the hour that Berlin has twice; three share each instant. */
async function fillHistory(companyId: string): Promise<void> {
  const { db } = server.database
  await sql`insert into call_history (company_id, id, status, direction, from_number, to_number, business_id, answered_by,
      started_at, duration_seconds, qa_score, sentiment, sentiment_score, missed, owners, worded)
    select ${companyId}, ${companyId} || lpad(n::text, 5, '0'), case when n % 11 = 0 then 'failed' else 'completed' end,
      case when n % 3 = 0 then 'outbound' else 'inbound' end, '+1210555' || lpad(n::text, 4, '0'), '+12105550100', case when n % 13 > 0 then 'plumbing' end,
      'ai', '2026-10-25T06:00:00Z'::timestamptz - (n / 3) * interval '10 minutes', n * 7,
      case when n % 7 > 0 then (n % 100) / 100.0 end, (array['negative', 'neutral', 'positive'])[1 + n % 3], 0.5, false, '{}', true
    from generate_series(1, ${many}::int) n`.execute(db)
  await sql`insert into calls (company_id, id, status, live, direction, from_number, to_number, started_at, updated_at, missed,
      owners, state)
    select company_id, id, status, false, direction, from_number, to_number, started_at, started_at, missed, owners,
      json_strip_nulls(json_build_object('call', json_build_object('id', id, 'twilio_call_sid', id, 'direction', direction,
        'status', status, 'from_number', from_number, 'to_number', to_number, 'business_id', business_id,
        'started_at', to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'created_at', '2026-10-09T00:00:00.000Z', 'updated_at', '2026-10-09T00:00:00.000Z', 'metadata', '{}'::json,
        'duration_seconds', duration_seconds, 'qa_score', qa_score, 'sentiment', sentiment, 'missed', missed,
        'contact_name', case when id = 'demo00003' then '=HYPERLINK("http://evil")' when id = 'demo00006' then 'Łukasz, "Lou"' || chr(10) || '@home' end,
        'tags', case when id = 'demo00003' then '["\\t=1+1"]'::json end)))
    from call_history where company_id = ${companyId}`.execute(db)
}

/** All calls of the list, page after page. */
async function listed(query: Record<string, unknown>): Promise<Call[]> {
  const calls: Call[] = []
  for (let after = ''; ; ) {
    const search = new URLSearchParams({ limit: '100', ...(after ? { after } : {}) })
    for (const [name, value] of Object.entries(query)) search.set(name, String(value))
    const { body } = await ask<{ calls: Call[]; pagination: CallsPagination }>(
      server.url,
      `GET /api/v1/calls?${search.toString()}`,
      { token },
    )
    calls.push(...body.calls)
    if (body.pagination.next === undefined) return calls
    after = body.pagination.next
  }
}

/** The records below the head, as objects by title. */
function tableOf(text: string, delimiter = ','): Record<string, string>[] {
  const records = readCsv(text, delimiter)
  const blank = records.findIndex((record) => record.length === 1 && record[0] === '')
  const [titles = [], ...rows] = records.slice(blank + 1)
  return rows.map((row) => Object.fromEntries(titles.map((title, place) => [title, row[place] ?? ''])))
}

test.each([
  {},
  { status: ['failed', 'in_progress'], sort_by: 'duration', sort_order: 'asc' },
  { direction: 'outbound', min_qa_score: 0.25, max_qa_score: 0.75, sort_by: 'qa_score' },
  { from_date: '2026-10-24', to_date: '2026-10-24T12:00:00Z', sort_order: 'asc' },
  { search: '5550012', missed: false },
  { business_id: 'none', direction: 'outbound' },
])('an export holds the very rows of the list in their order: %j', async (filters) => {
  const calls = await listed(filters)
  const { text, job } = await fetchExport(server.url, token, {
    filters,
    format: 'csv',
    columns: ['id', 'from', 'status', 'duration', 'qa', 'started'],
    zone: 'Europe/Berlin',
  })
  expect([job.rowCount, job.totalRows]).toEqual([calls.length, calls.length])
  expect(calls.length).toBeGreaterThan(0)
  const rows = tableOf(text)
  expect(
    rows.map((row) => [row['Call id'], row['Caller'], row['State'], row['Length (s)'], row['QA (0 to 1)']]),
  ).toEqual(
    calls.map(({ id, direction, from_number, to_number, status, duration_seconds: seconds, qa_score }) => [
      id,
      direction === 'outbound' ? to_number : from_number,
      status.replaceAll('_', ' '),
      String(seconds ?? ''),
      String(qa_score ?? ''),
    ]),
  )
  // What is written for readers says the same as what stands beside it for programs.
  for (const [place, row] of rows.entries()) {
    const started = calls[place]?.started_at ?? ''
    expect(row['Started (UTC)']).toBe(new Date(started).toISOString())
    expect(Date.parse(row['Started (Europe/Berlin)'] ?? '')).toBe(
      Math.floor(Date.parse(started) / 1000) * 1000,
    )
    const [hours = '', minutes, seconds] = (row['Length'] ?? '').split(':')
    if (hours !== '')
      expect(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)).toBe(Number(row['Length (s)']))
  }
})

test('the hour that comes twice is told apart by its offset', async () => {
  const filters = { from_date: '2026-10-25T00:30:00Z', to_date: '2026-10-25T01:30:00Z', sort_order: 'asc' }
  const body = { filters, format: 'csv', columns: ['started'], zone: 'Europe/Berlin' }
  const { text } = await fetchExport(server.url, token, body)
  const local = tableOf(text).map((row) => row['Started (Europe/Berlin)'])
  expect(local[0]).toBe('2026-10-25T02:30:00+02:00')
  expect(local.at(-1)).toBe('2026-10-25T02:30:00+01:00')
})

test('the head says what was exported, in which zone, when and by whom', async () => {
  const filters = { direction: 'outbound', business_id: 'plumbing', status: ['failed'] }
  const { text, job, headers } = await fetchExport(server.url, token, {
    filters,
    format: 'csv',
    columns: ['id'],
    zone: 'America/Chicago',
    delimiter: 'semicolon',
  })
  const head = new Map(readCsv(text, ';').map(([name = '', value = '']) => [name, value]))
  expect(text.startsWith('\ufeffCallboard;')).toBe(true)
  expect(head.get('Filter')).toMatch(/^status failed; outbound; business (?!plumbing).+/)
  expect(
    (await fetchExport(server.url, token, { filters: { business_id: 'none' }, format: 'csv' })).text,
  ).toMatch(/^Filter,no business\r?$/m)
  expect(head.get('Sorted by')).toBe('start, newest first')
  expect(head.get('Time zone')).toContain('America/Chicago')
  expect(head.get('Made')).toMatch(/^20.+-0[56]:00 \(20.+Z\)$/)
  expect(head.get('Made by')).not.toBe('')
  expect(head.get('Calls')).toBe(String(job.rowCount))
  expect(head.get('Format')).toContain('delimiter semicolon')
  expect(headers.get('content-disposition')).toBe(`attachment; filename="${job.fileName}"`)
})

test('no cell of a caller is run by a spreadsheet, and a number stays as it is dialled', async () => {
  const body = { filters: { search: 'demo0000' }, format: 'csv', columns: exportColumnIds, head: false }
  const { text } = await fetchExport(server.url, token, body)
  const rows = new Map(tableOf(text).map((row) => [row['Call id'], row]))
  expect(rows.get('demo00003')).toMatchObject({
    'Caller name': `'=HYPERLINK("http://evil")`,
    Tags: "'\t=1+1",
    Caller: '+12105550100',
  })
  expect(rows.get('demo00006')?.['Caller name']).toBe('Łukasz, "Lou"\n@home')
})

test('a PDF holds the calls as text that can be found, on numbered pages', async () => {
  const { bytes, headers } = await fetchExport(server.url, token, {
    filters: { search: 'demo0001' },
    format: 'pdf',
    columns: ['id', 'from', 'started', 'duration'],
  })
  expect(headers.get('content-type')).toBe('application/pdf')
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true })
  expect(text).toContain('demo00012')
  expect(text).toContain('+12105550013')
  expect(text).toContain('00:01:24')
  expect(text).toContain('Page 1 of')
}, 60_000)

test('a PDF of more calls than anybody reads is refused at once', async () => {
  const answer = await ask(server.url, 'POST /api/v1/calls/export', {
    token,
    body: { filters: {}, format: 'pdf' },
  })
  expect([answer.status, answer.body.error.details?.[0]?.field]).toEqual([400, 'body.format'])
})

test.each([
  [{ filters: { status: 'nonsense' }, format: 'csv' }, 'body.filters.status[0]'],
  [{ filters: { colour: 'red' }, format: 'csv' }, 'body.filters.colour'],
  [{ filters: { page: 2 }, format: 'csv' }, 'body.filters.page'],
  [{ filters: {}, format: 'csv', zone: 'Mars/Olympus' }, 'body.zone'],
  [{ filters: {}, format: 'csv', columns: ['id', 'id'] }, 'body.columns'],
])('a wish that is not understood is refused by the name of its fault: %j', async (body, field) => {
  const answer = await ask(server.url, 'POST /api/v1/calls/export', { token, body })
  expect([answer.status, answer.body.error.details?.[0]?.field]).toEqual([400, field])
})

test('nobody else sees an export: not a colleague, not another company, not a changed link', async () => {
  const { job } = await fetchExport(server.url, token, { filters: { search: 'demo00001' }, format: 'csv' })
  for (const person of ['owner', 'acme']) {
    const other = await server.token(person)
    for (const method of ['GET', 'DELETE']) {
      const answer = await ask(server.url, `${method} /api/v1/exports/${job.jobId}`, { token: other })
      expect([answer.status, answer.body.error.code]).toEqual([404, 'EXPORT_NOT_FOUND'])
    }
    const { body } = await ask<{ exports: ExportJob[] }>(server.url, 'GET /api/v1/exports', { token: other })
    expect(body.exports.map(({ jobId }) => jobId)).not.toContain(job.jobId)
  }
  const link = job.downloadUrl ?? ''
  for (const changed of [
    link.slice(0, -3),
    link.replace(job.jobId, 'another'),
    link.replace(/key=.*/, 'key=x.y'),
  ])
    expect((await ask(server.url, `GET ${changed}`)).status).toBe(401)
})

test("another company's export holds its own calls alone", async () => {
  const acme = await server.token('acme')
  const { text } = await fetchExport(server.url, acme, { filters: {}, format: 'csv', columns: ['id'] })
  const ids = tableOf(text).map((row) => row['Call id'] ?? '')
  expect([ids.length, ids.every((id) => id.startsWith('acme'))]).toEqual([many, true])
})

test('an export in work is stopped by its owner, and a finished one is taken off the list with its file', async () => {
  const queued = await order(server.url, token, { filters: { text: 'anything' }, format: 'csv' })
  const answer = await ask<ExportJob>(server.url, `DELETE /api/v1/exports/${queued.jobId}`, { token })
  expect(answer.body.status).toBe('failed')
  const { job } = await fetchExport(server.url, token, { filters: { search: 'demo00001' }, format: 'csv' })
  await ask(server.url, `DELETE /api/v1/exports/${job.jobId}`, { token })
  const gone = await ask<Refused>(server.url, `GET ${job.downloadUrl}`)
  expect([gone.status, gone.body.error.code]).toEqual([404, 'EXPORT_NOT_FOUND'])
  const { body } = await ask<{ exports: ExportJob[] }>(server.url, 'GET /api/v1/exports', { token })
  expect(body.exports.map(({ jobId }) => jobId)).not.toContain(job.jobId)
})

test('a file is kept for a day, its link for minutes', async () => {
  const { job } = await fetchExport(server.url, token, { filters: { search: 'demo00001' }, format: 'csv' })
  try {
    ahead = 3600_000
    expect((await ask(server.url, `GET ${job.downloadUrl}`)).status).toBe(401)
    const later = await exportOf(server.url, await server.token('manager'), job.jobId)
    expect((await fetch(server.url + (later.downloadUrl ?? ''))).status).toBe(200)
    ahead = 25 * 3600_000
    const { db } = server.database
    await expireExports(db, Date.now() + ahead, () => false)
    const row = await db.selectFrom('exports').select('state').where('id', '=', job.jobId).executeTakeFirst()
    expect(row?.state).toBe('expired')
    expect(
      await db.selectFrom('export_pieces').select('place').where('export_id', '=', job.jobId).execute(),
    ).toEqual([])
  } finally {
    ahead = 0
  }
})

test('two exports of a company run at a time; one whose node is gone is gone on with by another', async () => {
  const { db } = server.database
  const done: ExportJob[] = []
  for (const id of ['demo00001', 'demo00002'])
    done.push((await fetchExport(server.url, token, { filters: { search: id }, format: 'csv' })).job)
  const ids = done.map(({ jobId }) => jobId)
  const until = (ms: number) => new Date(Date.now() + ms).toISOString()
  await sql`delete from export_pieces where export_id = any(${ids}::text[])`.execute(db)
  await sql`update exports set state = 'running', holder = 'a node far away', held_until = ${until(60_000)}::timestamptz,
    done = 0, size = 0, pieces = 0, progress = null where id = any(${ids}::text[])`.execute(db)
  const third = await order(server.url, token, { filters: { search: 'demo00003' }, format: 'csv' })
  expect(third).toMatchObject({ state: 'queued', waiting: 2 })
  await sql`update exports set held_until = ${until(-1)}::timestamptz where id = any(${ids}::text[])`.execute(
    db,
  )
  for (const id of [...ids, third.jobId])
    expect(await settled(server.url, token, id)).toMatchObject({ state: 'done', rowCount: 1 })
})
