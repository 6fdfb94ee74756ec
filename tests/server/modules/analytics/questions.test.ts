import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnalyticsOverview, CallVolume } from '#contract/analytics.ts'
import type { Session } from '#contract/auth.ts'
import type { Call } from '#contract/call.ts'
import { systemClock } from '#server/domain/clock.ts'
import { createSumsCheck } from '#server/jobs/sums-check.ts'
import { floorSums } from '#src/floor/floor-sums.ts'
import { type Refused, ask } from '#tests/support/ask.ts'
import { callEnded, callStarted } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startServer({
    clock: { ...systemClock, now: () => Date.parse('2026-11-21T20:30:00.000Z') },
  })
  token = await server.token('manager')
  await server.submit([
    // 23:30 on Friday in Chicago, the company's zone.
    callStarted('friday', { started_at: '2026-11-21T05:30:00.000Z' }),
    callEnded('friday', { ended_at: '2026-11-21T05:35:00.000Z' }),
    callStarted('saturday', { started_at: '2026-11-21T06:00:00.000Z', direction: 'outbound' }),
    callEnded('saturday', { ended_at: '2026-11-21T06:01:00.000Z', status: 'failed' }),
    callStarted('runs', { started_at: '2026-11-21T20:00:00.000Z', business_id: 'roofing' }),
    callStarted('rings', { started_at: '2026-11-21T20:29:00.000Z', status: 'ringing' }),
    callStarted('waits', { started_at: '2026-11-21T20:10:00.000Z' }),
    {
      event: 'escalation.triggered',
      data: { call_id: 'waits', escalation: { trigger_type: 'platform' } },
    },
  ])
  await server.submit([callStarted('foreign', { started_at: '2026-11-21T20:00:00.000Z' })], 'acme')
}, 30_000)
afterAll(() => server.close())

const overview = async (query: string, by = token) =>
  (await ask<AnalyticsOverview>(server.url, `GET /api/v1/analytics/overview?${query}`, { token: by })).body

test('days are those of the company unless another zone is asked for', async () => {
  const { body } = await ask<Session>(server.url, 'GET /api/v1/auth/me', { token })
  expect(body.tenant_zone).toBe('America/Chicago')
  const here = await overview('from_date=2026-11-21&to_date=2026-11-21')
  expect([here.total_calls, here.range]).toMatchObject([
    4,
    { zone: 'America/Chicago', from: '2026-11-21T06:00:00.000Z', to: '2026-11-22T05:59:59.999Z' },
  ])
  expect((await overview('from_date=2026-11-21&to_date=2026-11-21&zone=UTC')).total_calls).toBe(5)
})

test('nothing asked is the seven days up to now, and a day that still runs is told as cut off', async () => {
  const { range, total_calls } = await overview('')
  expect([total_calls, range.from, range.to, range.as_of]).toEqual([
    5,
    '2026-11-14T20:30:00.000Z',
    '2026-11-21T20:30:00.000Z',
    '2026-11-21T20:30:00.000Z',
  ])
  const volume = await ask<CallVolume>(
    server.url,
    'GET /api/v1/analytics/call-volume?from_date=2026-11-20&to_date=2026-11-21',
    { token },
  )
  expect(volume.body.data.map(({ period, total_calls: total, partial }) => [period, total, partial])).toEqual(
    [
      ['2026-11-20T00:00:00-06:00', 1, false],
      ['2026-11-21T00:00:00-06:00', 4, true],
    ],
  )
})

test('a bar of a chart opens the list with exactly its calls', async () => {
  const volume = await ask<CallVolume>(
    server.url,
    'GET /api/v1/analytics/call-volume?from_date=2026-11-20&to_date=2026-11-21&interval=hour',
    { token },
  )
  for (const { from, to, total_calls } of volume.body.data.filter((point) => point.total_calls > 0)) {
    const list = await ask<{ pagination: { total: number } }>(
      server.url,
      `GET /api/v1/calls?from_date=${from}&to_date=${to}`,
      { token },
    )
    expect(list.body.pagination.total).toBe(total_calls)
  }
})

test('the overview and the board count the same live calls', async () => {
  const { calls } = (
    await ask<{ calls: Call[] }>(
      server.url,
      'GET /api/v1/calls?limit=100&status=initiated,ringing,in_progress,escalated',
      { token },
    )
  ).body
  const board = floorSums(calls)
  const all = await overview('')
  const ended = all.completed_calls + all.failed_calls
  expect([board.live, board.moodCalls]).toEqual([all.active_calls, all.mood_calls])
  expect([board.live + ended, board.inbound]).toEqual([all.total_calls, all.inbound_calls - 1])
  expect([board.waiting, all.escalated_calls]).toEqual([1, 1])
})

test("another company's calls, businesses and days stay with it", async () => {
  const acme = await server.token('acme')
  const theirs = await overview('', acme)
  expect([theirs.total_calls, theirs.active_calls, theirs.range.zone]).toEqual([1, 1, 'UTC'])
  expect((await overview('business_id=roofing', acme)).total_calls).toBe(0)
  expect((await overview('business_id=roofing')).total_calls).toBe(1)
})

test.each([
  ['overview', 'csr', 403],
  ['overview', 'dispatcher', 403],
  ['overview', 'viewer', 200],
  ['calls/overview', 'dispatcher', 200],
  ['calls/overview', 'tech', 403],
])('%s answers a %s with %i', async (path, person, status) => {
  const by = await server.token(person)
  expect((await ask(server.url, `GET /api/v1/analytics/${path}`, { token: by })).status).toBe(status)
})

test.each([
  ['overview?from_date=2026-11-02&to_date=2026-11-01', 'query.to_date', 'from_date'],
  ['calls/trends?from=2026-11-02&to=2026-11-01', 'query.to', 'from'],
  ['call-volume?from_date=2026-11-01', 'query.to_date', 'required'],
  ['call-volume?from_date=2024-12-01&to_date=2026-11-01&interval=hour', 'query.interval', 'interval=day'],
  ['overview?from_date=2020-01-01&to_date=2026-11-01', 'query.from_date', 'three years'],
  ['qa?interval=minute', 'query.interval', ''],
  ['overview?zone=Mars/Olympus', 'query.zone', 'America/Chicago'],
  ['overview?from_date=yesterday', 'query.from_date', ''],
  ['overview?compare=never', 'query.compare', ''],
  ['sentiment?direction=up', 'query.direction', ''],
])('the wrong question %s is refused by its name, with what to do', async (path, field, words) => {
  const { status, body } = await ask<Refused>(server.url, `GET /api/v1/analytics/${path}`, { token })
  expect(status).toBe(400)
  const fault = body.error.details?.find((one) => one.field === field)
  expect(fault?.message).toContain(words)
})

test('sums that went wrong are found and counted anew, others are left alone', async () => {
  const { db } = server.database
  await sql`update call_cells set calls = calls + 7 where company_id = 'demo' and grain = 1440`.execute(db)
  await sql`delete from call_tallies where company_id = 'demo' and grain = 60`.execute(db)
  const ofDay = 'from_date=2026-11-21T00:00:00Z&to_date=2026-11-21T23:59:59.999Z'
  expect((await overview(ofDay)).total_calls).toBe(19)
  const warned: unknown[] = []
  const check = createSumsCheck({ db, log: { warn: (...words: unknown[]) => warned.push(words) } })
  let days = 0
  while (await check.step()) days++
  expect([days, warned.length]).toEqual([1, 1])
  expect((await overview(ofDay)).total_calls).toBe(5)
  while (await check.step()) days++
  expect([days, warned.length]).toEqual([2, 1])
})
