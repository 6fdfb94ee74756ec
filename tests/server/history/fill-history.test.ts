import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import type { DatabaseHandle } from '#server/db/database.ts'
import { fillHistory } from '#server/fill-history.ts'
import { HistoryRefused, type HistoryWish, readHistoryWish } from '#server/history-wish.ts'
import { seedDemo } from '#server/seed-demo.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { startServer, testSecrets } from '#tests/support/server.ts'

const now = Date.parse('2026-06-15T15:30:00Z')
const wish: HistoryWish = {
  company: undefined,
  days: 90,
  calls: 160,
  talk: 270,
  zone: 'America/Chicago',
  seed: 'test',
  until: now,
  append: false,
}

const batchCalls = 40
const open = new Set<DatabaseHandle>()
afterEach(async () => {
  for (const handle of open) await handle.close()
  open.clear()
})

async function makeDemo(): Promise<DatabaseHandle> {
  const handle = await openTestDatabase()
  open.add(handle)
  await seedDemo(handle.db, testSecrets.webhookSecret, now)
  return handle
}

const tables = ['calls', 'interactions', 'escalations', 'interventions', 'notes', 'followups']

/** Everything that was stored, row by row as text. */
async function readAll({ db }: DatabaseHandle) {
  const stored: Record<string, string[]> = {}
  for (const table of tables) {
    const { rows } = await sql<{ row: string }>`select row_to_json(t)::text as row from ${sql.table(table)} t
      order by 1`.execute(db)
    stored[table] = rows.map(({ row }) => row)
  }
  return stored
}

const fill = ({ db }: DatabaseHandle, over: Partial<HistoryWish> = {}) =>
  fillHistory({ db, wish: { ...wish, ...over }, now, batchCalls })

test('the same seed gives the same rows, and an interrupted run goes on to the very same past', async () => {
  const first = await makeDemo()
  expect(await fill(first)).toMatchObject({ calls: 160, resumed: 0, isComplete: true })
  const whole = await readAll(first)
  for (const table of tables) expect([table, whole[table]?.length ?? 0]).not.toEqual([table, 0])

  const second = await makeDemo()
  const aborter = new AbortController()
  const half = await fillHistory({
    db: second.db,
    wish,
    now,
    batchCalls,
    onProgress: () => aborter.abort(),
    signal: aborter.signal,
  })
  expect(half.isComplete).toBe(false)
  expect(half.calls).toBeGreaterThan(0)
  expect(half.calls).toBeLessThan(160)
  // Without an end of its own the second run takes that of the first, however much later it is.
  const rest = await fillHistory({
    db: second.db,
    wish: { ...wish, until: undefined },
    now: now + 3600_000,
    batchCalls,
  })
  expect(rest).toMatchObject({ resumed: half.calls, calls: 160 - half.calls, isComplete: true })
  expect(await readAll(second)).toEqual(whole)

  const third = await makeDemo()
  await fill(third, { seed: 'other', calls: 20 })
  const others = new Set((await readAll(third)).calls)
  expect(whole.calls?.some((row) => others.has(row))).toBe(false)
}, 120_000)

test('every call of the past is over by its end, owes the server nothing, and is as long as its times say', async () => {
  const handle = await makeDemo()
  await fill(handle, { days: 1 })
  const { rows } = await sql<{ odd: number; first: Date; last: Date }>`select
      (count(*) filter (where live or due_at is not null or ended_at is null or qa_score > 1
        or abs(duration_seconds - extract(epoch from ended_at - started_at)) > 1
        or state->'call'->>'status' <> status or rules is null))::int as odd,
      min(started_at) as first, max(ended_at) as last from calls`.execute(handle.db)
  expect(rows[0]?.odd).toBe(0)
  expect(rows[0]?.last.getTime()).toBeLessThanOrEqual(now)
  expect(rows[0]?.first.getTime()).toBeGreaterThanOrEqual(now - 24 * 3600_000 - 3600_000)
  const lost = await sql<{ n: number }>`select count(*)::int as n from interactions i
    left join calls c on c.company_id = i.company_id and c.id = i.call_id
    where c.id is null or i.at < c.started_at`.execute(handle.db)
  expect(lost.rows[0]?.n).toBe(0)
})

test('a past that is there is not put there twice, and one beside other calls has to be asked for', async () => {
  const handle = await makeDemo()
  await fill(handle, { calls: 10 })
  await expect(fill(handle, { calls: 10 })).rejects.toThrow('This past is there already, with 10 calls')
  await expect(fill(handle, { calls: 10, append: true })).rejects.toThrow('another --seed')
  await expect(fill(handle, { calls: 10, seed: 'b' })).rejects.toThrow(/10 calls already.*--append/)
  expect(await fill(handle, { calls: 10, seed: 'b', append: true })).toMatchObject({ calls: 10 })
  await expect(fill(handle, { company: 'acme' })).rejects.toThrow('no business line')
  await expect(fill(handle, { company: 'nobody' })).rejects.toThrow('write one of acme, demo')
})

test('the demo lives by the zone that is said, and by its own when none is; another company keeps the one it has', async () => {
  const handle = await makeDemo()
  const zoneOf = async (id: string) =>
    (await handle.db.selectFrom('companies').select('zone').where('id', '=', id).executeTakeFirst())?.zone
  expect(await fill(handle, { calls: 2, days: 1, zone: undefined })).toMatchObject({
    zone: 'America/Chicago',
    companyZone: 'America/Chicago',
  })
  await fill(handle, { calls: 2, days: 1, zone: 'Asia/Tokyo', append: true })
  expect(await zoneOf('demo')).toBe('Asia/Tokyo')
  const again = await fill(handle, { calls: 2, days: 1, zone: undefined, seed: 'b', append: true })
  expect(again).toMatchObject({ zone: 'Asia/Tokyo', companyZone: 'Asia/Tokyo' })
  // What is refused changes nothing.
  await expect(fill(handle, { calls: 2, days: 1, zone: 'Europe/Berlin' })).rejects.toThrow('--append')
  expect(await zoneOf('demo')).toBe('Asia/Tokyo')

  await sql`insert into businesses select * from json_populate_recordset(null::businesses,
    (select json_agg(to_jsonb(b) || '{"company_id": "acme"}') from businesses b where b.company_id = 'demo'))`.execute(
    handle.db,
  )
  await sql`update companies set zone = null where id = 'acme'`.execute(handle.db)
  await fill(handle, { company: 'acme', calls: 2, days: 1, zone: 'Asia/Tokyo' })
  expect(await zoneOf('acme')).toBe('Asia/Tokyo')
  const kept = { company: 'acme', calls: 2, days: 1, zone: 'Europe/Berlin', append: true }
  expect(await fill(handle, kept)).toMatchObject({ zone: 'Europe/Berlin', companyZone: 'Asia/Tokyo' })
})

test('live facts go on in order while a past is filled in, and calls of a platform are not overlooked', async () => {
  const server = await startServer({ database: await makeDemo() })
  await server.submit([callStarted('live'), lineSaid('live', 'a')])
  await expect(fill(server.database)).rejects.toThrow('1 call already')
  const filling = fill(server.database, { append: true, calls: 120 })
  for (const id of ['b', 'c', 'd', 'e']) await server.submit([lineSaid('live', id)])
  await filling
  await server.submit([lineSaid('live', 'f'), callEnded('live')])
  await server.close()
  const { db } = server.database
  const log = await db.selectFrom('log').select(['seq', 'call_id']).orderBy('seq').execute()
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
  expect(new Set(log.map(({ call_id }) => call_id))).toEqual(new Set(['live']))
  const said = await db
    .selectFrom('interactions')
    .select(['id', 'fact_id'])
    .where('call_id', '=', 'live')
    .orderBy('id')
    .execute()
  expect(said.map(({ fact_id }) => fact_id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  const ids = await db.selectFrom('interactions').select('id').execute()
  expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length)
})

test.each([
  [['--days', '0'], /--days: write a whole number from 1/],
  [['--days', 'ninety'], /--days/],
  [['--calls', '1e6'], /--calls/],
  [['--talk', '5'], /--talk: write a whole number from 60/],
  [['--zone', 'Texas'], /--zone: .*America\/Chicago/],
  [['--until', 'yesterday'], /--until: .*2026-03-01T17:00:00Z/],
  [['--until', '2026-03-01T17:00:00'], /--until/],
  [['--until', '2027-01-01T00:00:00Z'], /--until: the past ends now/],
  [['--seed', ''], /--seed/],
  [['--weeks', '3'], /--weeks[^]*npm run seed/],
])('the arguments %j are refused in words that name them', (args, words) => {
  expect(() => readHistoryWish(args, now)).toThrow(HistoryRefused)
  expect(() => readHistoryWish(args, now)).toThrow(words)
})

test('without arguments a quarter of a year is filled for the demo, up to now', () => {
  expect(readHistoryWish([], now)).toEqual({
    ...wish,
    calls: 20_000,
    zone: undefined,
    seed: 'callboard',
    until: undefined,
  })
  expect(readHistoryWish(['-h'], now)).toBeNull()
})
