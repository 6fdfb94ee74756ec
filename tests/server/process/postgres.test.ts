import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import type { EventFrame, ServerFrame } from '#contract/protocol.ts'
import { migrate } from '#server/db/migrate.ts'
import { type DatabaseHandle, openDatabase } from '#server/db/database.ts'
import { type Delivered, ask, deliver } from '#tests/support/ask.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callStarted, lineSaid } from '#tests/support/facts.ts'
import { type Postgres, makePostgres } from '#tests/support/postgres.ts'
import { connect } from '#tests/support/protocol-client.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

const made = await makePostgres()
const missing = 'reason' in made ? made.reason : null
if (missing !== null) process.stdout.write(`Left out: ${missing}\n`)
const postgres = made as Postgres

const handles: DatabaseHandle[] = []
let nodeA: TestServer
let nodeB: TestServer
let token: string
let deliveries = 0

async function startNode(): Promise<TestServer> {
  const database = await openDatabase({ url: postgres.url })
  handles.push(database)
  return startServer({ database })
}

beforeAll(async () => {
  if (missing !== null) return
  nodeA = await startNode()
  nodeB = await startNode()
  token = await nodeA.token('manager')
})
afterAll(async () => {
  if (missing !== null) return
  await nodeA.close()
  await nodeB.close()
  for (const handle of handles) await handle.close()
  postgres.remove()
})

const send = (server: TestServer, events: unknown, id = `pg-${++deliveries}`) =>
  deliver(server.url, { id, events })
const logged = (frame: ServerFrame): frame is EventFrame => 'seq' in frame && frame.seq !== undefined

test.skipIf(missing !== null)(
  'two nodes migrate and seed one PostgreSQL once, and again changes nothing',
  async () => {
    const { db } = nodeA.database
    expect(nodeA.database.kind).toBe('postgres')
    const applied = () => sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
    const before = await applied()
    await Promise.all([migrate(db), migrate(nodeB.database.db)])
    expect((await applied()).rows).toEqual(before.rows)
    const companies = await db.selectFrom('companies').select('id').orderBy('id').execute()
    expect(companies.map(({ id }) => id)).toEqual(['acme', 'demo'])
  },
)

test.skipIf(missing !== null)(
  'facts are taken once on PostgreSQL too, whichever node they reach',
  async () => {
    const events = [callStarted('once'), lineSaid('once', 'a'), lineSaid('once', 'b')]
    const id = `pg-${++deliveries}`
    const answers = await Promise.all([nodeA, nodeB, nodeA, nodeB].map((node) => send(node, events, id)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(answers.filter(({ body }) => !body.duplicate)).toHaveLength(1)
    const path = 'GET /api/v1/calls/once/interactions'
    const { body } = await ask<{ total: number }>(nodeB.url, path, { token })
    expect(body.total).toBe(2)
  },
)

test.skipIf(missing !== null)(
  'facts put in at one node reach a console at the other, in order and without a gap',
  async () => {
    const client = await connect(nodeB.url, 'websocket', token)
    client.send('subscribe', { type: 'all_calls', lines: 'all' })
    await client.until((frames) => frames.some(({ event }) => event === 'subscribed'))
    await send(nodeA, [callStarted('across')])
    for (let index = 0; index < 20; index++)
      await Promise.all([
        send(nodeA, [lineSaid('across', `a${index}`)]),
        send(nodeB, [lineSaid('across', `b${index}`)]),
      ])
    await send(nodeA, [lineSaid('across', 'end')])
    await client.until((frames) => JSON.stringify(frames.at(-1)).includes('Line end'))
    const seqs = client.frames.filter(logged).map(({ seq }) => seq as number)
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index))
    const said = client.frames.filter((frame) => frame.event === 'interaction.added')
    expect(said).toHaveLength(41)
    client.close()
  },
)

test.skipIf(missing !== null)(
  'while PostgreSQL is down facts are refused with 503, and it heals by itself',
  async () => {
    await send(nodeA, [callStarted('down'), lineSaid('down', 'kept')])
    const client = await connect(nodeA.url, 'websocket', token)
    client.send('subscribe', { type: 'all_calls', lines: 'all' })
    await client.until((frames) => frames.some(({ event }) => event === 'subscribed'))
    // Some are on their way while it goes down: each is acknowledged or refused, none is anything else.
    const underWay = Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        send(nodeA, [lineSaid('down', `way-${index}`)], `way-${index}`),
      ),
    )
    postgres.stop()
    for (const { status } of await underWay) expect([200, 503]).toContain(status)
    const { status, headers, body } = await deliver<{ error?: { code: string } } & Partial<Delivered>>(
      nodeA.url,
      {
        id: 'while-down',
        events: [lineSaid('down', 'later')],
      },
    )
    expect([status, body.error?.code]).toEqual([503, 'UNAVAILABLE'])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await ask(nodeA.url, 'GET /readyz')).status).toBe(503)
    expect((await ask(nodeA.url, 'GET /healthz')).status).toBe(200)

    postgres.start()
    await eventually(async () => expect((await ask(nodeA.url, 'GET /readyz')).status).toBe(200))
    const again = Array.from({ length: 30 }, (_, index) =>
      send(nodeA, [lineSaid('down', `way-${index}`)], `way-${index}`),
    )
    for (const answer of await Promise.all(again)) expect(answer.status).toBe(200)
    expect((await send(nodeA, [lineSaid('down', 'later')], 'while-down')).body.duplicate).toBe(false)
    const path = 'GET /api/v1/calls/down/interactions'
    expect((await ask<{ total: number }>(nodeA.url, path, { token })).body.total).toBe(32)
    await client.until((frames) => JSON.stringify(frames).includes('Line later'))
    client.close()
  },
)
