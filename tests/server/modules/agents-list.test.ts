import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HumanAgent } from '#contract/agent.ts'
import { ask } from '#tests/support/ask.ts'
import { callStarted } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startServer()
  token = await server.token('viewer')
  const change = server.database.db.updateTable('agents').where('company_id', '=', 'demo')
  await change.set({ is_active: false }).where('id', '=', 'agent-leila').execute()
  await change.set({ is_available: false }).where('id', '=', 'agent-wen').execute()
  await server.submit([
    callStarted('c1'),
    {
      event: 'escalation.triggered',
      data: { call_id: 'c1', escalation: { assigned_agent_id: 'agent-owen' } },
    },
  ])
})
afterAll(() => server.close())

const list = async (query = '', by = token) =>
  (await ask<{ agents: HumanAgent[] }>(server.url, `GET /api/v1/agents${query}`, { token: by })).body.agents
const ids = async (query: string) => (await list(query)).map(({ id }) => id.replace('agent-', ''))

test('agents come by name, with what is known of them', async () => {
  const agents = await list()
  expect(agents.map(({ name }) => name)).toEqual(agents.map(({ name }) => name).sort())
  expect(agents).toHaveLength(8)
  expect(agents.find(({ id }) => id === 'agent-priya')).toMatchObject({
    email: 'priya@alamo.callboard.test',
    phone_number: '+12105550150',
    extension: '201',
    skills: ['plumbing', 'heating'],
    departments: ['Customer care'],
    is_available: true,
    user_id: 'demo-csr',
  })
})

test('who left, who stepped away and who is asked already is not available', async () => {
  expect(await ids('?is_available=true')).toEqual(['jorge', 'marcus', 'priya', 'sofia', 'tessa'])
  expect(await ids('?is_available=false')).toEqual(['leila', 'owen', 'wen'])
})

test('who left is told from who is here', async () => {
  expect(await ids('?is_active=false')).toEqual(['leila'])
  expect(await ids('?is_active=true&is_available=false')).toEqual(['owen', 'wen'])
  expect(await ids('?is_active=false&is_available=true')).toEqual([])
})

test('a filter that is neither true nor false is refused by its name', async () => {
  const { status, body } = await ask(server.url, 'GET /api/v1/agents?is_active=perhaps', { token })
  expect([status, body.error.details?.[0]?.field]).toEqual([400, 'query.is_active'])
})

test('another company has none of them, and a technician may not read them', async () => {
  expect(await list('', await server.token('acme'))).toEqual([])
  const answer = await ask(server.url, 'GET /api/v1/agents', { token: await server.token('tech') })
  expect([answer.status, answer.body.error.code]).toEqual([403, 'FORBIDDEN'])
})
