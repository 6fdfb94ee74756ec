import { afterAll, beforeAll, expect, test } from 'vitest'
import { endpoints } from '#contract/endpoints.ts'
import type { EndpointSpec } from '#contract/endpoint.ts'
import { ask } from '#tests/support/ask.ts'
import { callStarted, lineSaid } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

/** A body each writing endpoint would take, were the call one's own. A new endpoint has to add its own. */
const bodies: Record<string, unknown> = {
  'calls-escalate': { reason: 'Foreign', command_id: 'foreign-escalate' },
  'calls-intervene': { action: 'pause', command_id: 'foreign-intervene' },
  'calls-end': { notes: 'Foreign', command_id: 'foreign-end' },
  'calls-add-note': { note: 'Foreign' },
  'calls-remove-note': undefined,
  'calls-check-command': undefined,
  'calls-claim': { force: true },
  'calls-release': undefined,
  'calls-claim-ask': { note: 'Foreign' },
  'calls-claim-answer': { hand_over: true },
  'calls-qa-review': { overall_score: 0.1 },
  'calls-qa-withdraw': undefined,
}

const records: readonly EndpointSpec[] = endpoints
const isOpen = ({ capability }: EndpointSpec) => capability === 'public' || capability === 'signature'
const ofCalls = records.filter(({ path }) => path.includes(':call_id'))
const pathTo = ({ method, path }: EndpointSpec, callId: string) =>
  `${method} ${path.replace(':call_id', callId).replace(/:\w+/g, 'some-id')}`

let server: TestServer
let foreigner: string

beforeAll(async () => {
  server = await startServer()
  foreigner = await server.token('acme')
  await server.submit([callStarted('ours'), lineSaid('ours', 'a')])
  await server.submit([callStarted('theirs')], 'acme')
})
afterAll(() => server.close())

const rows = async () => {
  const { db } = server.database
  const count = (table: 'log' | 'notes' | 'interventions' | 'escalations' | 'calls') =>
    db.selectFrom(table).select('company_id').execute()
  const tables = await Promise.all(
    (['log', 'notes', 'interventions', 'escalations', 'calls'] as const).map(count),
  )
  return tables.map((table) => table.length)
}

test('there are endpoints of a call to walk, and each that writes has a body here', () => {
  expect(ofCalls.length).toBeGreaterThanOrEqual(7)
  const writing = ofCalls.filter(({ method }) => method !== 'GET').map(({ id }) => id)
  expect(Object.keys(bodies).sort()).toEqual(writing.sort())
})

test.each(ofCalls)(
  '$id: a call of another company does not exist, exactly like one that never was',
  async (record) => {
    const before = await rows()
    const body = bodies[record.id]
    const options = { token: foreigner, ...(body === undefined ? {} : { body }) }
    const foreign = await ask(server.url, pathTo(record, 'ours'), options)
    const unknown = await ask(server.url, pathTo(record, 'never-was'), options)
    expect([foreign.status, foreign.body.error]).toEqual([404, unknown.body.error])
    expect(foreign.body.error.code).toBe('CALL_NOT_FOUND')
    expect(await rows()).toEqual(before)
    expect(server.commands).toEqual([])
  },
)

test.each(ofCalls)('$id: so it is at every other address it answers at', async (record) => {
  for (const path of record.aliases ?? []) {
    const alias = pathTo({ ...record, path: path as EndpointSpec['path'] }, 'ours')
    const options = { token: foreigner, ...(record.method === 'GET' ? {} : { body: bodies[record.id] }) }
    expect((await ask(server.url, alias, options)).status).toBe(404)
  }
})

test.each(records.filter((record) => !isOpen(record)))(
  '$id: without a token nobody is let in',
  async (record) => {
    for (const authorization of ['', 'Bearer not.a.token', 'Basic bWU6bWU=']) {
      const headers: Record<string, string> = authorization === '' ? {} : { authorization }
      const body = record.method === 'GET' ? {} : { body: bodies[record.id] ?? {} }
      const answer = await ask(server.url, pathTo(record, 'ours'), { headers, ...body })
      expect([answer.status, answer.body.error.code]).toEqual([401, 'UNAUTHORIZED'])
    }
  },
)

test('ids of another company in a body reach nothing there', async () => {
  const options = { token: foreigner }
  const agent = { ...options, body: { agent_id: 'agent-wen' } }
  const escalated = await ask(server.url, 'POST /api/v1/calls/theirs/escalate', agent)
  expect([escalated.status, escalated.body.error.details?.[0]?.field]).toEqual([400, 'body.agent_id'])
  const business = { ...options, body: { to_number: '+12105550199', business_id: 'plumbing' } }
  const dialled = await ask(server.url, 'POST /api/v1/calls/initiate', business)
  expect([dialled.status, dialled.body.error.details?.[0]?.field]).toEqual([400, 'body.business_id'])
  expect(server.commands).toEqual([])
})

test('a command_id of another company is not known here, and stays theirs', async () => {
  const command_id = 'shared-name-1'
  const body = { action: 'pause', command_id }
  const manager = await server.token('manager')
  await ask(server.url, 'POST /api/v1/calls/ours/intervene', { token: manager, body })
  const here = await ask<{ state: string }>(server.url, 'POST /api/v1/calls/theirs/intervene', {
    token: foreigner,
    body,
  })
  expect([here.status, here.body.state]).toEqual([200, 'sent'])
  await server.app.acts.idle()
  expect(server.commands.splice(0).map(({ companyId, callId }) => [companyId, callId])).toEqual([
    ['demo', 'ours'],
    ['acme', 'theirs'],
  ])
})

test('filters that name ids of another company find nothing of it', async () => {
  for (const query of ['business_id=plumbing', 'agent_id=agent-wen', 'search=ours', 'search=+12105550142']) {
    const path = `GET /api/v1/calls?${query}`
    const { body } = await ask<{ calls: { id: string }[] }>(server.url, path, { token: foreigner })
    expect(body.calls.filter(({ id }) => id === 'ours')).toEqual([])
  }
})

test('a request that names another tenant is not answered for that tenant', async () => {
  const answer = await ask(server.url, 'GET /api/v1/calls?tenant_id=demo', { token: foreigner })
  expect(JSON.stringify(answer.body)).not.toContain('ours')
})
