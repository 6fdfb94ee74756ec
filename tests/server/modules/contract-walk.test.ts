import { afterAll, beforeAll, expect, test } from 'vitest'
import { endpoints } from '#contract/endpoints.ts'
import type { EndpointSpec } from '#contract/endpoint.ts'
import { rolesWith, roles } from '#contract/permissions.ts'
import { ask } from '#tests/support/ask.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

const records: readonly EndpointSpec[] = endpoints
const personOf = { sales_rep: 'rep' } as Record<string, string>

interface OpenApi {
  openapi: string
  paths: Record<string, Record<string, { operationId: string; security: unknown[]; responses: object }>>
}

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const paths = ({ path, aliases = [] }: EndpointSpec) => [
  ...new Set([path, ...aliases].flatMap((one) => [one, one.replace('/api/v1/', '/api/')])),
]

test('ids and addresses are unique', () => {
  expect(new Set(records.map(({ id }) => id)).size).toBe(records.length)
  const routes = records.flatMap((record) => paths(record).map((path) => `${record.method} ${path}`))
  expect(new Set(routes).size).toBe(routes.length)
})

test.each(records)('$id answers at every address it has, with an answer of its own', async (record) => {
  const token = await server.token('owner')
  for (const path of paths(record)) {
    const options = { token, ...(record.method === 'GET' ? {} : { body: {} }) }
    const { status, body } = await ask(server.url, `${record.method} ${path.replace(/:\w+/g, 'x')}`, options)
    expect([path, status, body.error?.code === 'NOT_FOUND' || status === 405 || status >= 500]).toEqual([
      path,
      status,
      false,
    ])
  }
})

test.each(records)('$id refuses a method it does not have and says which it has', async (record) => {
  const path = record.path.replace(/:\w+/g, 'x')
  const own = records.filter((one) => one.path === record.path).map(({ method }) => method)
  const foreign = ['PUT', 'DELETE', 'PATCH'].find((method) => !own.some((one) => one === method))
  const { status, headers, body } = await ask(server.url, `${foreign} ${path}`)
  expect([status, body.error.code]).toEqual([405, 'METHOD_NOT_ALLOWED'])
  for (const method of own) expect(headers.get('allow')).toContain(method)
})

test('the description lists every endpoint under its id, with its answers', async () => {
  const { body } = await ask<OpenApi>(server.url, 'GET /api/v1/openapi.json')
  expect(body.openapi).toBe('3.1.0')
  for (const record of records) {
    const path = record.path.replace(/:(\w+)/g, '{$1}')
    const operation = body.paths[path]?.[record.method.toLowerCase()]
    expect(operation?.operationId).toBe(record.id)
    expect(Object.keys(operation?.responses ?? {})).toEqual(
      expect.arrayContaining([...Object.keys(record.responses), '400', '500', '503']),
    )
    const isOpen = record.capability === 'public' || record.capability === 'signature'
    expect(operation?.security).toEqual(isOpen ? [] : [{ bearer: [] }])
  }
  const listed = Object.values(body.paths).flatMap((methods) => Object.values(methods))
  expect(listed).toHaveLength(records.length)
})

test.each(
  records.flatMap((record) =>
    record.capability === 'public' || record.capability === 'signature' || record.capability === 'signed-in'
      ? []
      : roles
          .filter((role) => !rolesWith(record.capability as Parameters<typeof rolesWith>[0]).includes(role))
          .map((role) => ({ record, id: record.id, role })),
  ),
)('$id is refused to a $role', async ({ record, role }) => {
  const token = await server.token(personOf[role] ?? role)
  const path = record.path.replace(/:\w+/g, 'x')
  const options = { token, ...(record.method === 'GET' ? {} : { body: {} }) }
  const { status, body } = await ask(server.url, `${record.method} ${path}`, options)
  expect([status, body.error.code]).toEqual([403, 'FORBIDDEN'])
})
