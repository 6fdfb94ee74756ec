import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallDetail } from '#contract/call-endpoints.ts'
import type { CallInteraction, CallNote } from '#contract/transcript.ts'
import { type Refused, ask } from '#tests/support/ask.ts'
import { callStarted, lineSaid } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startServer()
  token = await server.token('manager')
  await server.submit([
    callStarted('talk', { assigned_agent_id: 'agent-priya', business_id: 'plumbing' }),
    ...Array.from({ length: 12 }, (_, index) =>
      lineSaid('talk', `l${index}`, {
        speaker: index % 3 === 0 ? 'ai' : 'customer',
        text: `Line ${index}`,
        metadata: { index },
      }),
    ),
    callStarted('quiet'),
  ])
})
afterAll(() => server.close())

interface Lines {
  interactions: CallInteraction[]
  total: number
}
const lines = async (query = '') =>
  (await ask<Lines>(server.url, `GET /api/v1/calls/talk/interactions${query}`, { token })).body
const texts = ({ interactions }: Lines) => interactions.map(({ text }) => text)
const numbered = (...numbers: number[]) => numbers.map((number) => `Line ${number}`)

test('a call is shown with its count of lines, its score, its agent and what hangs on it', async () => {
  const { status, body } = await ask<CallDetail>(server.url, 'GET /api/v1/calls/talk', { token })
  expect(status).toBe(200)
  expect(body.call).toMatchObject({ id: 'talk', status: 'in_progress', business_name: 'Alamo Plumbing' })
  expect(body.call.last_line?.text).toBe('Line 11')
  expect(body.interactions_count).toBe(12)
  expect(body.qa_scores?.call_id).toBe('talk')
  expect(body.agent).toMatchObject({ id: 'agent-priya', name: 'Priya Raman' })
  expect(body.manager_notes).toEqual([])
  expect(body.interventions).toEqual([])
})

test('a call without an agent, a score or an escalation leaves them out', async () => {
  const { body } = await ask<CallDetail>(server.url, 'GET /api/v1/calls/quiet', { token })
  expect(Object.keys(body).sort()).toEqual(['call', 'interactions_count', 'interventions', 'manager_notes'])
})

test('the older address of a call answers the same', async () => {
  const [now, before] = await Promise.all([
    ask(server.url, 'GET /api/v1/calls/talk', { token }),
    ask(server.url, 'GET /api/v1/calls/call/talk', { token }),
  ])
  expect(before.body).toEqual(now.body)
})

test('an unknown call does not exist, for reading its lines and notes either', async () => {
  for (const path of ['none', 'none/interactions', 'none/notes', '%00']) {
    const { status, body } = await ask(server.url, `GET /api/v1/calls/${path}`, { token })
    expect([path, status, body.error.code]).toEqual([path, 404, 'CALL_NOT_FOUND'])
  }
})

test('the transcript comes oldest line first, with the sum of all lines', async () => {
  const all = await lines()
  expect(texts(all)).toEqual(numbered(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))
  expect(all.total).toBe(12)
  expect(all.interactions[4]).toMatchObject({ call_id: 'talk', speaker: 'customer', metadata: { index: 4 } })
  expect(all.interactions[4]?.sentiment?.label).toBe('neutral')
})

test('the transcript is read on from an offset, to its end and not beyond', async () => {
  expect(texts(await lines('?limit=3&offset=2'))).toEqual(numbered(2, 3, 4))
  expect(texts(await lines('?limit=5&offset=10'))).toEqual(numbered(10, 11))
  expect(await lines('?offset=50')).toEqual({ interactions: [], total: 12 })
})

test('a reader goes back in a long call by the line they have, however the call goes on meanwhile', async () => {
  const { interactions } = await lines()
  const tenth = interactions[9]?.id
  const page = await lines(`?before=${tenth}&limit=4`)
  expect(texts(page)).toEqual(numbered(5, 6, 7, 8))
  expect(texts(await lines(`?before=${page.interactions[0]?.id}&limit=4`))).toEqual(numbered(1, 2, 3, 4))
  expect(texts(await lines(`?before=${interactions[0]?.id}`))).toEqual([])
})

test('only one speaker’s lines are read and counted', async () => {
  const own = await lines('?speaker=ai')
  expect(texts(own)).toEqual(numbered(0, 3, 6, 9))
  expect(own.total).toBe(4)
  expect(await lines('?speaker=agent')).toEqual({ interactions: [], total: 0 })
})

test('a wish for more than 1,000 lines is cut to 1,000', async () => {
  const call = 'endless'
  await server.submit([
    callStarted(call),
    ...Array.from({ length: 1005 }, (_, index) => lineSaid(call, `x${index}`, { speaker: 'system' })),
  ])
  for (const query of ['', '?limit=5000']) {
    const path = `GET /api/v1/calls/${call}/interactions${query}`
    const { body } = await ask<Lines>(server.url, path, { token })
    expect([body.interactions.length, body.total]).toEqual([1000, 1005])
  }
})

test.each(['limit=0', 'offset=-1', 'speaker=robot', 'before=soon', 'limit=1.5'])(
  'the wrong wish %s for lines is refused by its name',
  async (query) => {
    const path = `GET /api/v1/calls/talk/interactions?${query}`
    const { status, body } = await ask<Refused>(server.url, path, { token })
    expect(status).toBe(400)
    expect(body.error.details?.[0]?.field).toBe(`query.${query.split('=')[0]}`)
  },
)

test('a note is written, kept with its author and read back in the list and with the call', async () => {
  await server.submit([callStarted('noted')])
  const first = await ask<{ success: boolean; note_id: number }>(
    server.url,
    'POST /api/v1/calls/noted/notes',
    {
      token,
      body: { note: '  Call back after five.  ', tags: ['urgent', ' urgent', 'roof'], category: 'follow-up' },
    },
  )
  expect(first.status).toBe(201)
  expect(first.body.success).toBe(true)
  const csr = await server.token('dispatcher')
  await ask(server.url, 'POST /api/v1/calls/noted/notes', { token: csr, body: { note: 'Done.' } })
  const { body } = await ask<{ notes: CallNote[] }>(server.url, 'GET /api/v1/calls/noted/notes', { token })
  expect(body.notes).toMatchObject([
    {
      id: first.body.note_id,
      note: 'Call back after five.',
      tags: ['urgent', 'roof'],
      category: 'follow-up',
      author_id: 'demo-manager',
      author_name: 'Dana Whitfield',
    },
    { note: 'Done.', tags: [], category: null, author_id: 'demo-dispatcher' },
  ])
  const detail = await ask<CallDetail>(server.url, 'GET /api/v1/calls/noted', { token })
  expect(detail.body.manager_notes).toEqual(body.notes)
})

test.each([
  [{}, 'body.note'],
  [{ note: '   ' }, 'body.note'],
  [{ note: 'x'.repeat(4001) }, 'body.note'],
  [{ note: 'x', tags: ['fine', ''] }, 'body.tags[1]'],
  [{ note: 'x', tags: ['y'.repeat(41)] }, 'body.tags[0]'],
  [{ note: 'x', tags: Array.from({ length: 21 }, (_, index) => `t${index}`) }, 'body.tags'],
  [{ note: 'x', category: 7 }, 'body.category'],
])('a note that cannot be kept is refused by its field: %j', async (body, field) => {
  const answer = await ask(server.url, 'POST /api/v1/calls/quiet/notes', { token, body })
  expect(answer.status).toBe(400)
  expect(answer.body.error.details?.map((fault) => fault.field)).toEqual([field])
  expect(
    (await ask<CallDetail>(server.url, 'GET /api/v1/calls/quiet', { token })).body.manager_notes,
  ).toEqual([])
})

test('who only watches reads notes and writes none', async () => {
  const viewer = await server.token('viewer')
  const answer = await ask(server.url, 'POST /api/v1/calls/quiet/notes', {
    token: viewer,
    body: { note: 'Hi' },
  })
  expect([answer.status, answer.body.error.code]).toEqual([403, 'FORBIDDEN'])
  expect((await ask(server.url, 'GET /api/v1/calls/quiet/notes', { token: viewer })).status).toBe(200)
})
