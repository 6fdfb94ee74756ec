import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import type { CallsPagination } from '#contract/call-endpoints.ts'
import { type Refused, ask } from '#tests/support/ask.ts'
import { callEnded, callStarted } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

interface Listed {
  calls: Call[]
  pagination: CallsPagination
}

let server: TestServer
let token: string

const day = (date: number, time = '12:00:00.000') => `2026-11-${String(date).padStart(2, '0')}T${time}Z`

beforeAll(async () => {
  server = await startServer()
  token = await server.token('manager')
  await server.submit([
    callStarted('alpha-1', {
      started_at: day(10),
      from_number: '+12105551001',
      to_number: '+12105559000',
      business_id: 'plumbing',
    }),
    { event: 'qa.score.updated', data: { call_id: 'alpha-1', qa_score: { overall_score: 0.9 } } },
    {
      event: 'sentiment.changed',
      data: { call_id: 'alpha-1', sentiment: { score: 0.9, label: 'positive' } },
    },
    callEnded('alpha-1', { ended_at: '2026-11-10T12:05:00.000Z' }),
    callStarted('alpha-2', {
      started_at: day(10, '23:59:59.500'),
      direction: 'outbound',
      from_number: '+13105552002',
      business_id: 'roofing',
      assigned_agent_id: 'agent-wen',
    }),
    { event: 'qa.score.updated', data: { call_id: 'alpha-2', qa_score: { overall_score: 0.4 } } },
    {
      event: 'sentiment.changed',
      data: { call_id: 'alpha-2', sentiment: { score: 0.3, label: 'negative' } },
    },
    callStarted('beta_1', { started_at: day(11, '00:00:00.000'), status: 'ringing' }),
    callStarted('beta%1', { started_at: day(12), status: 'initiated' }),
    callEnded('beta%1', { status: 'failed', ended_at: '2026-11-12T12:00:07.000Z' }),
    callStarted('gamma', { started_at: day(13) }),
    { event: 'escalation.triggered', data: { call_id: 'gamma', escalation: {} } },
  ])
  await server.submit([callStarted('foreign', { started_at: day(10) })], 'acme')
})
afterAll(() => server.close())

const list = (query: string) => ask<Listed>(server.url, `GET /api/v1/calls${query}`, { token })
const idsOf = async (query: string) => (await list(query)).body.calls.map(({ id }) => id)

test('calls come newest first, all of the company and none of another', async () => {
  expect(await idsOf('')).toEqual(['gamma', 'beta%1', 'beta_1', 'alpha-2', 'alpha-1'])
})

test.each([
  ['?status=completed', ['alpha-1']],
  ['?status=completed,failed', ['beta%1', 'alpha-1']],
  ['?status=ringing,%20failed', ['beta%1', 'beta_1']],
  ['?direction=outbound', ['alpha-2']],
  ['?business_id=plumbing', ['alpha-1']],
  ['?business_id=nobody', []],
  ['?min_qa_score=0.5', ['alpha-1']],
  ['?max_qa_score=0.5', ['alpha-2']],
  ['?min_qa_score=0.4&max_qa_score=0.9', ['alpha-2', 'alpha-1']],
  ['?sentiment=negative', ['alpha-2']],
  ['?agent_id=agent-wen', ['alpha-2']],
  ['?escalation_status=pending', ['gamma']],
  ['?status=in_progress&sentiment=negative&direction=outbound', ['alpha-2']],
])('the filter %s leaves the calls it names', async (query, expected) => {
  expect(await idsOf(query)).toEqual(expected)
})

test('a date without a time is the whole day of the zone, else of the company, at both ends', async () => {
  expect(await idsOf('?from_date=2026-11-10&to_date=2026-11-10&zone=UTC')).toEqual(['alpha-2', 'alpha-1'])
  expect(await idsOf('?from_date=2026-11-11&to_date=2026-11-12&zone=UTC')).toEqual(['beta%1', 'beta_1'])
  // The evening before in Chicago.
  expect(await idsOf('?from_date=2026-11-10&to_date=2026-11-10')).toEqual(['beta_1', 'alpha-2', 'alpha-1'])
  expect(await idsOf('?to_date=2026-11-10T12:00:00Z')).toEqual(['alpha-1'])
  expect(await idsOf('?from_date=2026-11-13T13:00:00%2B01:00')).toEqual(['gamma'])
})

test('the search finds digits of either number however they are written', async () => {
  expect(await idsOf('?search=555-1001')).toEqual(['alpha-1'])
  expect(await idsOf('?search=(310)%20555')).toEqual(['alpha-2'])
  expect(await idsOf('?search=%2B12105559000')).toEqual(['alpha-1'])
})

test('the search finds the beginning of a call id, and signs in it mean themselves', async () => {
  expect(await idsOf('?search=alpha')).toEqual(['alpha-2', 'alpha-1'])
  expect(await idsOf('?search=lpha')).toEqual([])
  expect(await idsOf('?search=beta_')).toEqual(['beta_1'])
  expect(await idsOf('?search=beta%25')).toEqual(['beta%1'])
  expect(await idsOf('?search=%5C')).toEqual([])
  expect(await idsOf('?search=alpha-2105')).toEqual([])
  expect(await idsOf('?search=%20%20')).toHaveLength(5)
})

test('calls are sorted by length and by QA score, those without one last either way', async () => {
  expect((await idsOf('?sort_by=duration&sort_order=asc')).slice(0, 2)).toEqual(['beta%1', 'alpha-1'])
  expect((await idsOf('?sort_by=duration')).slice(0, 2)).toEqual(['alpha-1', 'beta%1'])
  expect((await idsOf('?sort_by=qa_score&sort_order=asc')).slice(0, 2)).toEqual(['alpha-2', 'alpha-1'])
  expect((await idsOf('?sort_by=qa_score')).slice(0, 2)).toEqual(['alpha-1', 'alpha-2'])
  expect(await idsOf('?sort_by=started_at&sort_order=asc')).toEqual([
    'alpha-1',
    'alpha-2',
    'beta_1',
    'beta%1',
    'gamma',
  ])
})

test('pages add up to the whole list, say where they are, and one past the end is empty', async () => {
  const pages = await Promise.all([1, 2, 3].map((page) => list(`?limit=2&page=${page}`)))
  expect(pages.flatMap(({ body }) => body.calls.map(({ id }) => id))).toEqual(await idsOf(''))
  expect(pages.map(({ body }) => body.pagination)).toMatchObject([
    { page: 1, limit: 2, total: 5, total_pages: 3, has_next: true, has_prev: false },
    { page: 2, limit: 2, total: 5, total_pages: 3, has_next: true, has_prev: true },
    { page: 3, limit: 2, total: 5, total_pages: 3, has_next: false, has_prev: true },
  ])
  expect(pages.map(({ body }) => typeof body.pagination.next)).toEqual(['string', 'string', 'undefined'])
  const past = (await list('?limit=2&page=9')).body
  expect(past.calls).toEqual([])
  expect(past.pagination).toMatchObject({ total: 5, has_next: false })
  expect((await list('?status=escalated')).body.pagination).toMatchObject({ total: 0, total_pages: 0 })
})

test('calls that share an instant keep their order from page to page, both ways', async () => {
  const ids = Array.from({ length: 30 }, (_, index) => `same-${String((index * 7) % 30).padStart(2, '0')}`)
  await server.submit(
    ids.map((id) => callStarted(id, { started_at: day(10) })),
    'acme',
  )
  const acme = await server.token('acme')
  for (const order of ['asc', 'desc']) {
    const seen: string[] = []
    for (let page = 1; page <= 5; page++) {
      const path = `GET /api/v1/calls?search=same-&limit=7&page=${page}&sort_order=${order}`
      const { body } = await ask<Listed>(server.url, path, { token: acme })
      seen.push(...body.calls.map(({ id }) => id))
    }
    const sorted = [...ids].sort()
    expect(seen).toEqual(order === 'asc' ? sorted : sorted.reverse())
  }
})

test.each([
  ['status=lost', 'query.status[0]'],
  ['status=ringing,', 'query.status[1]'],
  ['direction=sideways', 'query.direction'],
  ['from_date=yesterday', 'query.from_date'],
  ['to_date=2026-02-30', 'query.to_date'],
  ['to_date=0000-01-01', 'query.to_date'],
  ['min_qa_score=2', 'query.min_qa_score'],
  ['sentiment=furious', 'query.sentiment'],
  ['sort_by=name', 'query.sort_by'],
  ['limit=101', 'query.limit'],
  ['page=0', 'query.page'],
])('the wrong filter %s is refused by its name', async (query, field) => {
  const { status, body } = await ask<Refused>(server.url, `GET /api/v1/calls?${query}`, { token })
  expect(status).toBe(400)
  expect(body.error.code).toBe('VALIDATION_ERROR')
  expect(body.error.details?.map((fault) => fault.field)).toContain(field)
})

test.each(['search=%00', 'business_id=%00', 'agent_id=a%00b'])(
  'a character that no database can hold finds nothing and breaks nothing: %s',
  async (query) => {
    const { status } = await list(`?${query}`)
    expect([200, 400]).toContain(status)
  },
)

test('a csr, a technician and a sales rep read only their own calls; a csr also those that were missed', async () => {
  const other = await startServer()
  try {
    await other.submit([
      callStarted('of-priya', { assigned_agent_id: 'agent-priya' }),
      callStarted('of-tech', { assigned_tech_id: 'demo-tech' }),
      callStarted('of-rep', { metadata: { owner: 'demo-rep' } }),
      callStarted('of-nobody'),
      callStarted('missed'),
      callEnded('missed', { missed: true }),
    ])
    const seenBy = async (person: string) =>
      (await ask<Listed>(other.url, 'GET /api/v1/calls', { token: await other.token(person) })).body.calls
        .map(({ id }) => id)
        .sort()
    expect(await seenBy('csr')).toEqual(['missed', 'of-priya'])
    expect(await seenBy('tech')).toEqual(['of-tech'])
    expect(await seenBy('rep')).toEqual(['of-rep'])
    expect(await seenBy('viewer')).toHaveLength(5)
  } finally {
    await other.close()
  }
})
