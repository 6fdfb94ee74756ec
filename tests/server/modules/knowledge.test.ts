import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Assist } from '#contract/assist.ts'
import type { KnowledgeEntry } from '#contract/knowledge.ts'
import type { Pagination } from '#contract/primitives.ts'
import { ask } from '#tests/support/ask.ts'
import { callStarted, lineSaid } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startServer()
  token = await server.token('manager')
})
afterAll(() => server.close())

interface Page {
  entries: KnowledgeEntry[]
  pagination: Pagination
}
const list = async (query = '', by = token) =>
  (await ask<Page>(server.url, `GET /api/v1/knowledge${query}`, { token: by })).body
const titles = async (query: string) => (await list(query)).entries.map(({ title }) => title)
const assist = async (callId: string, by = token) =>
  (await ask<Assist>(server.url, `GET /api/v1/calls/${callId}/assist`, { token: by })).body
let said = 0
/** A call of the business on which the caller says these lines. */
async function callSaying(id: string, business_id: string, ...texts: string[]): Promise<void> {
  await server.submit([
    callStarted(id, { business_id }),
    ...texts.map((text) => lineSaid(id, `line-${(said += 1)}`, { text })),
  ])
}

test('the demo has articles of every trade and for all', async () => {
  const { entries, pagination } = await list('?limit=100')
  expect(pagination.total).toBe(entries.length)
  const of = (business?: string) => entries.filter(({ business_id }) => business_id === business).length
  for (const business of ['roofing', 'plumbing', 'heating', 'auto'])
    expect(of(business)).toBeGreaterThanOrEqual(6)
  expect(of()).toBeGreaterThanOrEqual(2)
})

test('articles are found by other forms of their words, the best first', async () => {
  expect((await titles('?search=denying%20claims'))[0]).toBe('The adjuster denied the claim')
  expect((await titles('?search=clogging&business_id=plumbing'))[0]).toBe('Clogged drain or toilet')
  expect(await titles('?search=%22carbon%20monoxide%22%20-alarm')).toEqual([])
})

test('a business is answered with its own articles and those for all', async () => {
  const { entries } = await list('?business_id=auto&limit=100')
  expect(new Set(entries.map(({ business_id }) => business_id))).toEqual(new Set(['auto', undefined]))
})

test('pages follow each other without a gap', async () => {
  const first = await list('?limit=5')
  const second = await list('?limit=5&page=2')
  expect(first.pagination).toMatchObject({ page: 1, has_next: true, has_prev: false })
  expect(new Set([...first.entries, ...second.entries].map(({ id }) => id)).size).toBe(10)
})

test('an article is added, found at once, and deleted', async () => {
  const body = {
    title: 'Skylight domes',
    content: 'Polycarbonate, replaced in pairs.',
    business_id: 'roofing',
    source: 'Jorge',
  }
  const added = await ask<{ entry: KnowledgeEntry }>(server.url, 'POST /api/v1/knowledge', { token, body })
  expect([added.status, added.body.entry]).toMatchObject([
    201,
    { ...body, source_type: 'manual', metadata: {} },
  ])
  expect(await titles('?search=skylight')).toEqual(['Skylight domes'])
  const remove = () => ask(server.url, `DELETE /api/v1/knowledge/${added.body.entry.id}`, { token })
  expect((await remove()).status).toBe(200)
  expect([(await remove()).status, await titles('?search=skylight')]).toEqual([404, []])
})

test.each([
  [{ title: ' ', content: 'x' }, 'body.title'],
  [{ title: 'x' }, 'body.content'],
  [{ title: 'x', content: 'y', business_id: 'elsewhere' }, 'body.business_id'],
])('%j is refused by its field', async (body, field) => {
  const answer = await ask(server.url, 'POST /api/v1/knowledge', { token, body })
  expect([answer.status, answer.body.error.details?.[0]?.field]).toEqual([400, field])
})

test('another company has none of it and reaches none of it', async () => {
  const foreigner = await server.token('acme')
  const [first] = (await list('?limit=1')).entries
  expect((await list('?limit=100', foreigner)).entries).toEqual([])
  const removed = await ask(server.url, `DELETE /api/v1/knowledge/${first?.id}`, { token: foreigner })
  expect([removed.status, removed.body.error.code]).toEqual([404, 'NOT_FOUND'])
})

test('what the caller says finds the article, with the words that matched', async () => {
  await callSaying(
    'burst',
    'plumbing',
    'Hello?',
    'A pipe burst and my kitchen is flooding, where do I shut it off?',
  )
  const { articles } = await assist('burst')
  expect(articles[0]).toMatchObject({ entry: { title: 'Burst pipe: shut off the water' } })
  expect(articles[0]?.words).toEqual(expect.arrayContaining(['burst', 'pipe', 'shut']))
  expect(articles.every(({ entry }) => entry.business_id === 'plumbing' || !entry.business_id)).toBe(true)
})

test('newer lines lead to other articles', async () => {
  await callSaying('turning', 'roofing', 'My ceiling is dripping water')
  expect((await assist('turning')).articles[0]?.entry.title).toBe('Water is coming through the ceiling')
  await server.submit([
    lineSaid('turning', 'later-1', { text: 'Okay, I understand.' }),
    lineSaid('turning', 'later-2', { text: 'And my insurance claim, the adjuster denied it' }),
  ])
  expect((await assist('turning')).articles[0]?.entry.title).toBe('The adjuster denied the claim')
})

test('small talk does not hide what the call is about', async () => {
  const talk = Array.from({ length: 8 }, () => 'Yes, go ahead, thank you.')
  await callSaying('long', 'heating', 'My carbon monoxide alarm is going off', ...talk)
  expect((await assist('long')).articles[0]?.entry.title).toBe('Carbon monoxide alarm')
})

test('small talk finds nothing', async () => {
  await callSaying('talk', 'roofing', 'Hi there, how are you today?', 'Yes, thank you, please go ahead.')
  expect(await assist('talk')).toMatchObject({ articles: [], suggestions: [] })
})

test('who asks for a person twice is to be given one who is free and knows the trade', async () => {
  await callSaying('human', 'roofing', 'Can I talk to a real person?', 'I said I want to speak to a human.')
  const { suggestions, keywords } = await assist('human')
  expect(suggestions[0]).toMatchObject({
    act: 'escalate',
    label: 'Escalate to roofing',
    detail: expect.stringMatching(/ is free$/),
  })
  expect(suggestions[0]?.prefill.agent_id).toMatch(/^agent-/)
  expect(keywords).toEqual(['lawyer', 'insurance fraud'])
})

test('a viewer reads along and is offered no acts', async () => {
  await callSaying(
    'watched',
    'roofing',
    'Can I talk to a real person?',
    'A human, please! The ceiling is dripping.',
  )
  const answer = await assist('watched', await server.token('viewer'))
  expect([answer.articles.length > 0, answer.suggestions]).toEqual([true, []])
})
