import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatabaseHandle } from '#server/db/database.ts'
import { ask } from '#tests/support/ask.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { callStarted } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let database: DatabaseHandle
const nodes: TestServer[] = []
const people = ['manager', 'dispatcher', 'owner', 'csr']
const tokens: string[] = []

beforeAll(async () => {
  database = await openTestDatabase({ demo: true })
  for (let node = 0; node < 2; node++) nodes.push(await startServer({ database }))
  for (const name of people) tokens.push(await (nodes[0] as TestServer).token(name))
})
afterAll(async () => {
  for (const node of nodes) await node.close()
  await database.close()
})

test('people on two nodes who reach for one call at the same instant, or act on it: exactly one has it', async () => {
  for (let round = 0; round < 6; round++) {
    const id = `two-nodes-${round}`
    await nodes[round % 2]?.submit([callStarted(id, { assigned_agent_id: 'agent-priya' })])
    const answers = await Promise.all(
      tokens.map((token, index) => {
        const { url } = nodes[index % 2] as TestServer
        return index === 1
          ? ask(url, `POST /api/v1/calls/${id}/intervene`, { token, body: { action: 'pause' } })
          : ask(url, `POST /api/v1/calls/${id}/claim`, { token })
      }),
    )
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body?.error?.code === 'CALL_CLAIMED')).toHaveLength(3)
  }
  const log = await database.db
    .selectFrom('log')
    .select('call_id')
    .where('event', '=', 'claim.changed')
    .execute()
  expect(log).toHaveLength(6)
})
