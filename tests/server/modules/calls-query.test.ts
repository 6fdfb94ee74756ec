import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import type { CallsPagination } from '#contract/call-endpoints.ts'
import type { CallFilter } from '#contract/call-filter.ts'
import { passesFilter } from '#contract/call-times.ts'
import { systemClock } from '#server/domain/clock.ts'
import { type Refused, ask } from '#tests/support/ask.ts'
import { callEnded, callStarted } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

interface Listed {
  calls: Call[]
  pagination: CallsPagination
}

/** That of the demo company: whose days are meant where no zone is named. */
const companyZone = 'America/Chicago'
/** More than are sorted in one piece, so that the list walks. */
const many = 2600

let server: TestServer
let token: string

beforeAll(async () => {
  // Time stands still, so that counting is never cut short on a busy machine.
  const begun = Date.now()
  server = await startServer({ clock: { ...systemClock, now: () => begun } })
  token = await server.token('manager')
  await server.submit(
    Array.from({ length: 8 }, (_, n) =>
      callStarted(`live-${n}`, {
        started_at: `2026-10-0${n + 1}T12:00:00.000Z`,
        direction: n % 2 === 0 ? 'inbound' : 'outbound',
        answered_by: n % 3 === 0 ? 'human' : 'ai',
      }),
    ),
  )
  await fillHistory('demo')
  await fillHistory('acme')
}, 60_000)
afterAll(() => server.close())

/** Ended calls of every kind; three share each instant, and many share a length or have no score. */
async function fillHistory(companyId: string): Promise<void> {
  const { db } = server.database
  await sql`insert into call_history (company_id, id, status, direction, from_number, to_number, business_id, agent_id,
      answered_by, started_at, duration_seconds, qa_score, sentiment, sentiment_score, escalation_status, missed, owners, worded)
    select ${companyId}, 'old-' || lpad(n::text, 5, '0'), case when n % 11 = 0 then 'failed' else 'completed' end,
      case when n % 3 = 0 then 'outbound' else 'inbound' end, '+1210555' || lpad(n::text, 4, '0'), '+12105550100',
      case when n % 13 = 0 then null when n % 5 = 0 then 'roofing' else 'plumbing' end, case when n % 37 = 0 then 'agent-wen' end,
      case when n % 37 = 0 then 'human' when n % 41 = 0 then 'none' else 'ai' end,
      '2026-10-09T00:00:00Z'::timestamptz - (n / 3) * interval '10 minutes', n % 300,
      case when n % 7 > 0 then (n % 100) / 100.0 end, (array['negative', 'neutral', 'positive'])[1 + n % 3], (n % 50) / 49.0::float8,
      case when n % 37 = 0 then 'completed' end, n % 41 = 0, case when n % 41 = 0 then '{@csr}'::text[] else '{}' end, true
    from generate_series(1, ${many}::int) n`.execute(db)
  await sql`insert into calls (company_id, id, status, live, direction, from_number, to_number, started_at, updated_at, missed,
      owners, state)
    select company_id, id, status, false, direction, from_number, to_number, started_at, started_at, missed, owners,
      json_strip_nulls(json_build_object('call', json_build_object('id', id, 'twilio_call_sid', id, 'direction', direction,
        'status', status, 'from_number', from_number, 'to_number', to_number, 'business_id', business_id,
        'started_at', to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'created_at', '2026-10-09T00:00:00.000Z', 'updated_at', '2026-10-09T00:00:00.000Z', 'metadata', '{}'::json,
        'duration_seconds', duration_seconds, 'qa_score', qa_score, 'sentiment', sentiment,
        'sentiment_score', sentiment_score, 'escalation_status', escalation_status, 'missed', missed,
        'answered_by', answered_by, 'assigned_agent', case when agent_id is not null
          then json_build_object('id', agent_id, 'name', 'Wen') end)))
    from call_history where company_id = ${companyId} and id like 'old-%'`.execute(db)
}

const list = async (query: string, by = token) => {
  const { status, body } = await ask<Listed>(server.url, `GET /api/v1/calls?limit=100&${query}`, {
    token: by,
  })
  expect(status).toBe(200)
  return body
}

/** All calls of a query, page after page behind the mark of the one before. */
async function all(query: string, by = token, between?: (page: number) => Promise<void>): Promise<Call[]> {
  const calls: Call[] = []
  let after: string | undefined
  for (let page = 1; page < 60; page++) {
    const body = await list(`${query}&page=${page}${after ? `&after=${after}` : ''}`, by)
    calls.push(...body.calls)
    after = body.pagination.next
    if (after === undefined) return calls
    await between?.(page)
  }
  throw new Error('The list has no end.')
}
const ids = (calls: readonly Call[]) => calls.map(({ id }) => id)

const filters: [string, CallFilter][] = [
  ['', {}],
  ['status=failed', { status: ['failed'] }],
  ['status=in_progress,failed', { status: ['in_progress', 'failed'] }],
  ['direction=outbound', { direction: 'outbound' }],
  ['business_id=roofing', { business_id: 'roofing' }],
  ['business_id=none&direction=outbound', { business_id: 'none', direction: 'outbound' }],
  ['sentiment=negative', { sentiment: 'negative' }],
  ['min_sentiment_score=0.5', { min_sentiment_score: 0.5 }],
  ['max_sentiment_score=0.1', { max_sentiment_score: 0.1 }],
  ['min_qa_score=0.25&max_qa_score=0.75', { min_qa_score: 0.25, max_qa_score: 0.75 }],
  ['min_duration=60&max_duration=120', { min_duration: 60, max_duration: 120 }],
  ['max_duration=0', { max_duration: 0 }],
  ['agent_id=agent-wen', { agent_id: 'agent-wen' }],
  ['answered_by=human', { answered_by: 'human' }],
  ['answered_by=none', { answered_by: 'none' }],
  ['escalated=true', { escalated: true }],
  ['escalated=false', { escalated: false }],
  ['escalation_status=completed', { escalation_status: 'completed' }],
  ['missed=true', { missed: true }],
  ['missed=false&direction=outbound', { missed: false, direction: 'outbound' }],
  ['from_date=2026-10-05', { from_date: '2026-10-05' }],
  [
    'from_date=2026-10-03&to_date=2026-10-04T12:00:00Z',
    { from_date: '2026-10-03', to_date: '2026-10-04T12:00:00Z' },
  ],
  ['from_date=2026-10-05&zone=Asia/Tokyo', { from_date: '2026-10-05', zone: 'Asia/Tokyo' }],
  [
    'from_date=0001-01-01&to_date=9999-12-31&zone=America/Chicago&hour=7',
    { from_date: '0001-01-01', to_date: '9999-12-31', zone: 'America/Chicago', hour: 7 },
  ],
  ['weekday=6', { weekday: 6 }],
  [
    'weekday=0&hour=23&zone=America/Chicago&to_date=2026-10-06',
    { weekday: 0, hour: 23, zone: 'America/Chicago', to_date: '2026-10-06' },
  ],
  [
    'direction=inbound&sentiment=positive&min_duration=30&min_qa_score=0.1&answered_by=ai&escalated=false&to_date=2026-10-08',
    {
      direction: 'inbound',
      sentiment: 'positive',
      min_duration: 30,
      min_qa_score: 0.1,
      answered_by: 'ai',
      escalated: false,
      to_date: '2026-10-08',
    },
  ],
]

test.each(filters)(
  'the list filtered by "%s" is what the one definition of filters lets through',
  async (query, filter) => {
    const every = await all('')
    expect(every).toHaveLength(many + 8)
    const expected = every.filter((call) => passesFilter(call, { zone: companyZone, ...filter }))
    expect(expected.length).toBeGreaterThan(0)
    expect(ids(await all(query))).toEqual(ids(expected))
    expect((await list(query)).pagination.total).toBe(expected.length)
    expect(ids(await all(`${query}&sort_by=duration`)).sort()).toEqual(ids(expected).sort())
  },
)

test.each(['started_at', 'duration', 'qa_score'] as const)(
  'a list by %s is in order to its last page, both ways',
  async (by) => {
    const value = (call: Call) =>
      by === 'started_at'
        ? Date.parse(call.started_at)
        : by === 'duration'
          ? call.duration_seconds
          : call.qa_score
    for (const order of ['asc', 'desc']) {
      const calls = await all(`sort_by=${by}&sort_order=${order}`)
      expect(new Set(ids(calls)).size).toBe(many + 8)
      const sign = order === 'asc' ? 1 : -1
      const sorted = [...calls].sort((a, b) => {
        const [left, right] = [value(a), value(b)]
        if (left === right) return sign * (a.id < b.id ? -1 : 1)
        return left === undefined ? 1 : right === undefined ? -1 : sign * (left - right)
      })
      expect(ids(calls)).toEqual(ids(sorted))
      const pages = await Promise.all(
        [3, 14, 27].map((page) => list(`sort_by=${by}&sort_order=${order}&page=${page}`)),
      )
      expect(pages.map((page) => ids(page.calls))).toEqual(
        [3, 14, 27].map((page) => ids(sorted.slice((page - 1) * 100, page * 100))),
      )
      expect((await list(`sort_by=${by}&sort_order=${order}&direction=inbound&page=9`)).calls).toEqual(
        sorted.filter(({ direction }) => direction === 'inbound').slice(800, 900),
      )
    }
  },
)

test.each([
  '',
  'business_id=plumbing&from_date=2026-10-03&zone=America/Chicago',
  'business_id=plumbing&to_date=2026-10-08&zone=Asia/Kolkata',
  'direction=inbound&to_date=2026-10-08T11:07:00Z',
])('a page far down the list "%s" by its number is the one that reading on comes to', async (query) => {
  for (const order of ['asc', 'desc']) {
    const calls = await all(`${query}&sort_order=${order}`)
    for (const page of [12, 15]) {
      const body = await list(`${query}&sort_order=${order}&page=${page}`)
      expect(ids(body.calls)).toEqual(ids(calls.slice((page - 1) * 100, page * 100)))
      expect(body.calls).toHaveLength(100)
      expect(body.pagination).toMatchObject({ page, total: calls.length })
    }
  }
})

test('pages that go on behind a mark show every call once while calls arrive and end', async () => {
  const acme = await server.token('acme')
  const before = ids(await all('', acme))
  let made = 0
  const seen = ids(
    await all('', acme, async (page) => {
      const id = `arriving-${++made}`
      const facts = [callStarted(id, { started_at: '2026-11-01T12:00:00.000Z' })]
      await server.submit(page % 2 === 0 ? [...facts, callEnded(id)] : facts, 'acme')
    }),
  )
  expect(made).toBeGreaterThan(20)
  expect(seen).toEqual(before)
})

test('a page that is asked for behind a mark may be a later one', async () => {
  const { pagination } = await list('page=2')
  const jumped = await list(`page=5&after=${pagination.next}`)
  expect(ids(jumped.calls)).toEqual(ids((await list('page=5')).calls))
  expect(jumped.pagination).toMatchObject({ page: 5, has_prev: true, has_next: true })
  expect(ids((await list(`after=${pagination.next}`)).calls)).toEqual(ids((await list('page=3')).calls))
})

test('what can be filtered by has its names, those of agents only for who may see agents', async () => {
  const { db } = server.database
  for (const company of ['demo', 'acme']) {
    await sql`insert into businesses (company_id, id, name, type, config_data, is_active, created_at, updated_at)
      values (${company}, 'named', ${`Roofs of ${company}`}, 'roofing', '{}', true, now(), now())`.execute(db)
    await sql`insert into agents (company_id, id, name, email, is_available, is_active, skills, departments,
        total_calls_handled, metadata, created_at, updated_at)
      values (${company}, 'named', ${`Wen of ${company}`}, 'wen@example.test', false, false, '{}', '{}', 0, '{}', now(),
        now())`.execute(db)
  }
  interface Choices {
    businesses: { id: string; name: string }[]
    agents: { id: string; name: string }[]
  }
  const choices = async (role: Parameters<TestServer['token']>[0]) =>
    (await ask<Choices>(server.url, 'GET /api/v1/call-filters', { token: await server.token(role) })).body
  const [viewer, tech] = [await choices('viewer'), await choices('tech')]
  const ofNamed = (list: Choices['agents']) => list.filter(({ id }) => id === 'named')
  expect(ofNamed(viewer.businesses)).toEqual([{ id: 'named', name: 'Roofs of demo' }])
  expect(ofNamed(viewer.agents)).toEqual([{ id: 'named', name: 'Wen of demo' }])
  expect(tech).toEqual({ businesses: viewer.businesses, agents: [] })
})

test('notes are a filter until they are taken back', async () => {
  const dispatcher = await server.token('dispatcher')
  const path = '/api/v1/calls/live-3/notes'
  const added = await ask<{ note_id: number }>(server.url, `POST ${path}`, {
    token: dispatcher,
    body: { note: 'Rude.' },
  })
  expect(added.status).toBeLessThan(300)
  expect(ids((await list('has_note=true')).calls)).toEqual(['live-3'])
  expect((await list('has_note=false')).pagination.total).toBe(many + 7)
})

test('a csr finds own and missed calls, a technician own ones, of all that there are', async () => {
  const [csr, tech] = [await server.token('csr'), await server.token('tech')]
  const missed = await all('missed=true')
  expect(ids(await all('', csr))).toEqual(ids(missed))
  expect((await list('direction=outbound', csr)).pagination.total).toBe(
    missed.filter(({ direction }) => direction === 'outbound').length,
  )
  expect((await list('', tech)).pagination).toMatchObject({ total: 0, has_next: false })
})

test('digits of a number are found among all ended calls', async () => {
  expect(ids((await list('search=5552599')).calls)).toEqual(['old-02599'])
  expect((await list('search=old-025')).pagination.total).toBe(100)
})

test.each([
  ['min_qa_score=0.8&max_qa_score=0.2', 'query.max_qa_score'],
  ['min_sentiment_score=1&max_sentiment_score=0', 'query.max_sentiment_score'],
  ['min_duration=10&max_duration=9', 'query.max_duration'],
  ['min_duration=-1', 'query.min_duration'],
  ['min_sentiment_score=1.5', 'query.min_sentiment_score'],
  ['answered_by=robot', 'query.answered_by'],
  ['escalated=perhaps', 'query.escalated'],
  ['has_note=1', 'query.has_note'],
  ['missed=', 'query.missed'],
  ['after=nonsense', 'query.after'],
  [`after=${Buffer.from('["qa_score",true,50,0.5,"x"]').toString('base64url')}`, 'query.after'],
  [`after=${Buffer.from('["started_at",true,-1,0.5,"x"]').toString('base64url')}`, 'query.after'],
  ['text=', 'query.text'],
  ['text=the', 'query.text'],
  ['weekday=7', 'query.weekday'],
  ['zone=Mars/Base', 'query.zone'],
])('the wrong question %s is refused by its name', async (query, field) => {
  const { status, body } = await ask<Refused>(server.url, `GET /api/v1/calls?${query}`, { token })
  expect(status).toBe(400)
  expect(body.error.details?.map((fault) => fault.field)).toContain(field)
})
