import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Alert, AlertPreview } from '#contract/alert.ts'
import type { DatabaseHandle } from '#server/db/database.ts'
import { ask } from '#tests/support/ask.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callStarted, lineSaid } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let database: DatabaseHandle

beforeAll(async () => {
  database = await openTestDatabase({ demo: true })
})
afterAll(() => database.close())

const start = async () => {
  const server = await startServer({ database, alertsEveryMs: 20 })
  await database.db
    .updateTable('alert_rules')
    .set({ enabled: false })
    .where('id', 'like', 'rule-demo-%')
    .execute()
  await server.app.startFeed()
  return server
}
const alertsOf = async (server: TestServer, callId: string) => {
  const token = await server.token('manager')
  const { body } = await ask<{ alerts: Alert[] }>(server.url, `GET /api/v1/alerts?call_id=${callId}`, {
    token,
  })
  return body.alerts
}
const says = (word: string) => ({
  name: `Says ${word}`,
  severity: 'warning',
  condition: { type: 'keyword', words: [word], by: 'customer' },
  recipients: ['manager'],
})
const add = async (server: TestServer, body: object) => {
  const token = await server.token('manager')
  expect((await ask(server.url, 'POST /api/v1/alert-rules', { token, body })).status).toBe(201)
}
/** A rule of this word was judged on everything that came before. */
const judged = async (server: TestServer, word: string) => {
  await add(server, says(word))
  await server.submit([callStarted(`probe-${word}`), lineSaid(`probe-${word}`, 'a', { text: word })])
  await eventually(async () => expect(await alertsOf(server, `probe-${word}`)).toHaveLength(1))
}

test('after a restart nothing is raised twice, what was resolved stays so, and what was said before is heard', async () => {
  const first = await start()
  await add(first, says('osprey'))
  for (const id of ['stays', 'done'])
    await first.submit([callStarted(id), lineSaid(id, 'a', { text: 'An osprey and a plover.' })])
  const raised = await eventually(async () => {
    const found = [...(await alertsOf(first, 'stays')), ...(await alertsOf(first, 'done'))]
    expect(found).toHaveLength(2)
    return found
  })
  const token = await first.token('manager')
  const done = raised.find(({ call_id }) => call_id === 'done')
  await ask(first.url, `PATCH /api/v1/alerts/${done?.id}`, { token, body: { action: 'resolve' } })
  await first.close()

  const second = await start()
  await judged(second, 'curlew')
  expect((await alertsOf(second, 'stays')).map(({ id, state }) => [id, state])).toEqual([
    [raised.find(({ call_id }) => call_id === 'stays')?.id, 'active'],
  ])
  expect((await alertsOf(second, 'done')).map(({ state }) => state)).toEqual(['resolved'])
  // A rule that is new hears what was said before there was it, and before this server.
  await add(second, says('plover'))
  await eventually(async () => expect(await alertsOf(second, 'stays')).toHaveLength(2))
  await second.close()
})

test('two servers watch the same floor: each alert is raised once', async () => {
  const servers = [await start(), await start()]
  const [one, other] = servers as [TestServer, TestServer]
  await add(one, says('kestrel'))
  await judged(other, 'merlin')
  const ids = Array.from({ length: 20 }, (_, index) => `both-${index}`)
  for (const [index, id] of ids.entries())
    await (index % 2 === 0 ? one : other).submit([callStarted(id), lineSaid(id, 'a', { text: 'A kestrel!' })])
  await eventually(async () => {
    for (const id of ids) expect(await alertsOf(one, id)).toHaveLength(1)
  })
  await judged(one, 'harrier')
  await judged(other, 'buzzard')
  for (const id of ids) expect(await alertsOf(other, id)).toHaveLength(1)
  for (const server of servers) await server.close()
})

test('the past of a call that a feed brings along is no silence when a rule is tried out', async () => {
  const server = await start()
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()
  await server.submit([callStarted('late', { started_at: ago(300) })])
  await server.submit([lineSaid('late', 'a', { timestamp: ago(280) })])
  await server.submit([lineSaid('late', 'b', { timestamp: ago(1) })])
  const token = await server.token('manager')
  const { name: _, ...body } = { ...says('x'), condition: { type: 'silence', seconds: 45 } }
  const answer = await ask<AlertPreview>(server.url, 'POST /api/v1/alert-rules/preview', { token, body })
  expect([answer.status, answer.body.calls.filter(({ call_id }) => call_id === 'late')]).toEqual([200, []])
  await server.close()
})

test('a server that starts judges the floor at once, and not only after the time between two looks', async () => {
  const server = await startServer({ database, alertsEveryMs: 3_600_000 })
  await add(server, { ...says('x'), name: 'Long', condition: { type: 'duration', seconds: 60 } })
  await server.submit([callStarted('endless', { started_at: new Date(Date.now() - 300_000).toISOString() })])
  await server.app.startFeed()
  await eventually(async () => {
    const raised = await alertsOf(server, 'endless')
    expect(raised.map(({ rule_name }) => rule_name)).toContain('Long')
  })
  await server.close()
})
