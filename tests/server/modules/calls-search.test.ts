import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import type { CallHit, CallsPagination } from '#contract/call-endpoints.ts'
import { indexWords } from '#server/jobs/word-index.ts'
import { ask } from '#tests/support/ask.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

interface Found {
  calls: Call[]
  pagination: CallsPagination
  hits?: CallHit[]
}

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startServer()
  token = await server.token('manager')
  await server.submit([
    callStarted('furnace', { started_at: '2026-11-10T12:00:00.000Z' }),
    lineSaid('furnace', '1', { speaker: 'ai', text: 'Thanks for calling, how can I help?' }),
    lineSaid('furnace', '2', { text: 'My furnace died and I am angry, I want a refund!' }),
    lineSaid('furnace', '3', { speaker: 'ai', text: 'I am sorry. Refunds take five days.' }),
    callEnded('furnace'),
    callStarted('roof', { started_at: '2026-11-11T12:00:00.000Z', direction: 'outbound' }),
    lineSaid('roof', '1', { text: 'The roof is fine, no refund needed.' }),
    callEnded('roof', { missed: true }),
    callStarted('talking', { started_at: '2026-11-12T12:00:00.000Z' }),
    lineSaid('talking', '1', { text: 'Is the refund on its way? The furnace is old.' }),
  ])
  await server.submit(
    [callStarted('foreign'), lineSaid('foreign', '1', { text: 'A refund, please.' }), callEnded('foreign')],
    'acme',
  )
})
afterAll(() => server.close())

const find = async (text: string, rest = '', by = token) =>
  (await ask<Found>(server.url, `GET /api/v1/calls?text=${encodeURIComponent(text)}${rest}`, { token: by }))
    .body
const idsOf = async (text: string, rest = '', by = token) =>
  (await find(text, rest, by)).calls.map(({ id }) => id)

/** Once while the words wait to be indexed, once afterwards. */
const stages: [string, () => Promise<unknown>][] = [
  ['just ended', async () => undefined],
  ['indexed', () => indexWords(server.database.db, 100)],
]

test.each(stages)('words are found in live and ended calls of the company, %s', async (_stage, prepare) => {
  await prepare()
  expect(await idsOf('refund')).toEqual(['talking', 'roof', 'furnace'])
  expect(await idsOf('furnaces refunded')).toEqual(['talking', 'furnace'])
  expect(await idsOf('"refund needed"')).toEqual(['roof'])
  expect(await idsOf('refund -furnace')).toEqual(['roof'])
  expect(await idsOf('roof or days')).toEqual(['roof', 'furnace'])
  expect(await idsOf('asbestos')).toEqual([])
  expect(await idsOf('refund', '&direction=outbound')).toEqual(['roof'])
  expect(await idsOf('refund', '&status=in_progress')).toEqual(['talking'])
  expect(await idsOf('refund', '&status=completed&sort_order=asc')).toEqual(['furnace', 'roof'])
  expect((await find('refund', '&limit=2')).pagination).toMatchObject({
    total: 3,
    total_pages: 2,
    has_next: true,
  })
  expect(await idsOf('refund', '', await server.token('acme'))).toEqual(['foreign'])
  expect(await idsOf('refund', '', await server.token('csr'))).toEqual(['roof'])
  expect(await idsOf('refund', '', await server.token('tech'))).toEqual([])
})

test('each hit names its line with text, time and mood, and says where the words stand', async () => {
  const { hits = [] } = await find('furnace refund')
  const lines = hits.filter(({ call_id }) => call_id === 'furnace')
  expect(lines.map(({ text }) => text)).toEqual([
    'My furnace died and I am angry, I want a refund!',
    'I am sorry. Refunds take five days.',
  ])
  expect(lines.map(({ text, marks }) => marks.map(([from, to]) => text.slice(from, to)))).toEqual([
    ['furnace', 'refund'],
    ['Refunds'],
  ])
  expect(lines[0]).toMatchObject({ speaker: 'customer', sentiment: { label: 'negative' } })
  expect(Number.isNaN(Date.parse(lines[0]?.at ?? ''))).toBe(false)
  const { body } = await ask<{ interactions: { id: number; text: string }[] }>(
    server.url,
    'GET /api/v1/calls/furnace/interactions',
    { token },
  )
  expect(body.interactions.find(({ id }) => id === lines[0]?.interaction_id)?.text).toBe(lines[0]?.text)
})

test('a list without words has no hits', async () => {
  const { body } = await ask<Found>(server.url, 'GET /api/v1/calls', { token })
  expect(body).not.toHaveProperty('hits')
})

test('a line that comes after the end is found, though the call was indexed before', async () => {
  await server.submit([callStarted('late'), callEnded('late')])
  await indexWords(server.database.db, 100)
  await server.submit([lineSaid('late', 'l1', { text: 'One more thing: the thermostat.' })])
  expect(await idsOf('thermostat')).toEqual(['late'])
  await indexWords(server.database.db, 100)
  expect(await idsOf('thermostat')).toEqual(['late'])
})

test('signs of the search language and of the database are only text', async () => {
  for (const text of ["'; drop table calls", 'refund & | ! <->', '\\ % _ refund', "it's (refund"])
    expect(Array.isArray((await find(text)).calls)).toBe(true)
})
