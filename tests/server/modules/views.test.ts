import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SavedView } from '#contract/view.ts'
import { ask } from '#tests/support/ask.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  await server.database.db.deleteFrom('saved_views').where('company_id', 'in', ['demo', 'acme']).execute()
})

interface OneView {
  view: SavedView
}
const list = async (person: string, query = '') => {
  const answer = await ask<{ views: SavedView[] }>(server.url, `GET /api/v1/views${query}`, {
    token: await server.token(person),
  })
  return answer.body.views
}
const names = async (person: string, query = '') => (await list(person, query)).map(({ name }) => name)
const send = async <B = OneView>(person: string, what: string, body?: unknown) =>
  ask<B>(server.url, what, { token: await server.token(person), ...(body === undefined ? {} : { body }) })
const save = async (person: string, part: Partial<SavedView> = {}) => {
  const body = { name: 'Angry callers', area: 'live', query: 'mood=negative&sort=-duration', ...part }
  return (await send(person, 'POST /api/v1/views', body)).body.view
}

test('a saved view is its name and what stands in the address', async () => {
  const view = await save('dispatcher')
  expect(view).toMatchObject({
    name: 'Angry callers',
    area: 'live',
    query: 'mood=negative&sort=-duration',
    shared: false,
    owner: { id: 'demo-dispatcher', name: 'Marcus Oyelaran' },
    can_change: true,
  })
  expect(await list('dispatcher')).toEqual([view])
})

test('my views are mine until I share them; the company next door sees neither', async () => {
  await save('dispatcher', { name: 'Mine' })
  await save('dispatcher', { name: 'Ours', shared: true })
  expect(await names('dispatcher')).toEqual(['Mine', 'Ours'])
  expect(await names('viewer')).toEqual(['Ours'])
  expect(await names('acme')).toEqual([])
})

test('a view belongs to its page', async () => {
  await save('manager', { name: 'Live one' })
  await save('manager', { name: 'Other one', area: 'history' })
  expect(await names('manager', '?area=live')).toEqual(['Live one'])
})

test('its owner renames, changes, shares and moves it', async () => {
  const first = await save('csr', { name: 'First' })
  const second = await save('csr', { name: 'Second' })
  const changed = await send('csr', `PATCH /api/v1/views/${second.id}`, {
    name: 'Before',
    query: 'q=roof',
    shared: true,
    position: first.position - 0.5,
  })
  expect(changed.body.view).toMatchObject({ name: 'Before', query: 'q=roof', shared: true })
  expect(await names('csr')).toEqual(['Before', 'First'])
})

test("a colleague's shared view is changed by its owner or a manager alone", async () => {
  const view = await save('dispatcher', { shared: true })
  const other = await send<{ error: { code: string; message: string } }>(
    'csr',
    `PATCH /api/v1/views/${view.id}`,
    { name: 'Taken' },
  )
  expect([other.status, other.body.error.message]).toEqual([
    403,
    'Only Marcus Oyelaran or a manager may change this view.',
  ])
  expect((await list('csr'))[0]?.can_change).toBe(false)
  expect((await send('manager', `PATCH /api/v1/views/${view.id}`, { name: 'Better' })).status).toBe(200)
  expect(await names('dispatcher')).toEqual(['Better'])
})

test('who may not share keeps views for themselves', async () => {
  expect((await save('viewer')).shared).toBe(false)
  const body = { name: 'For all', area: 'live', query: '', shared: true }
  expect((await send('viewer', 'POST /api/v1/views', body)).status).toBe(403)
  const [own] = await list('viewer')
  expect((await send('viewer', `PATCH /api/v1/views/${own?.id}`, { shared: true })).status).toBe(403)
})

test('deleting can be undone, and twice is no fault', async () => {
  const view = await save('manager')
  const remove = () => send<{ success: boolean }>('manager', `DELETE /api/v1/views/${view.id}`)
  expect([(await remove()).body.success, (await remove()).status]).toEqual([true, 200])
  expect(await names('manager')).toEqual([])
  expect((await send('manager', `PATCH /api/v1/views/${view.id}`, { name: 'Ghost' })).status).toBe(404)
  await send('manager', `PATCH /api/v1/views/${view.id}`, { deleted: false })
  expect(await names('manager')).toEqual(['Angry callers'])
})

test('a name is taken once: among mine, and among those of the team', async () => {
  await save('manager', { name: 'Queue' })
  const again = await send<{ error: { details: { field: string }[] } }>('manager', 'POST /api/v1/views', {
    name: 'queue',
    area: 'live',
    query: '',
  })
  expect([again.status, again.body.error.details[0]?.field]).toEqual([409, 'body.name'])
  expect((await save('dispatcher', { name: 'Queue' })).name).toBe('Queue')
  expect((await save('manager', { name: 'Queue', area: 'triage' })).name).toBe('Queue')
})

test.each(['PATCH', 'DELETE'])(
  '%s: a view of somebody else, or of another company, does not exist',
  async (method) => {
    const own = await save('dispatcher')
    const foreign = await save('acme', { shared: true })
    const body = method === 'PATCH' ? { name: 'Mine now' } : undefined
    for (const id of [own.id, foreign.id, '00000000-0000-4000-8000-000000000000']) {
      const answer = await send<{ error: { code: string } }>('manager', `${method} /api/v1/views/${id}`, body)
      expect([answer.status, answer.body.error.code]).toEqual([404, 'NOT_FOUND'])
    }
  },
)

test.each([
  [{ name: ' ' }, 'body.name'],
  [{ name: 'x'.repeat(81) }, 'body.name'],
  [{ query: '?q=1' }, 'body.query'],
  [{ query: 'q=a b' }, 'body.query'],
  [{ area: 'kitchen' }, 'body.area'],
])('%j is refused by its field', async (part, field) => {
  const body = { name: 'A', area: 'live', query: '', ...part }
  const answer = await send<{ error: { details: { field: string }[] } }>(
    'manager',
    'POST /api/v1/views',
    body,
  )
  expect([answer.status, answer.body.error.details[0]?.field]).toEqual([400, field])
})
