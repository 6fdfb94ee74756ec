// The desk on a real PostgreSQL that two nodes share: what is done at one is true at the other.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Alert } from '#contract/alert.ts'
import type { CallDetail } from '#contract/call-endpoints.ts'
import type { EscalationItem } from '#contract/escalation-endpoints.ts'
import type { Presence } from '#contract/presence.ts'
import type { ServerFrame } from '#contract/protocol.ts'
import type { CallNote, Escalation } from '#contract/transcript.ts'
import { type DatabaseHandle, openDatabase } from '#server/db/database.ts'
import { type Clock, systemClock } from '#server/domain/clock.ts'
import { sweep } from '#server/jobs/housekeeping.ts'
import { type Refused, ask } from '#tests/support/ask.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { type Postgres, makePostgres } from '#tests/support/postgres.ts'
import { type ProtocolClient, connect } from '#tests/support/protocol-client.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

const made = await makePostgres()
const missing = 'reason' in made ? made.reason : null
if (missing !== null) process.stdout.write(`Left out: ${missing}\n`)
const postgres = made as Postgres

/** Short enough to wait for: how often nodes look, and how long one that is silent is believed. */
const realtime = { pollMs: 50, nodeBeatMs: 100, nodeExpiryMs: 800 }

describe.skipIf(missing !== null)('two nodes on one PostgreSQL', () => {
  const handles: DatabaseHandle[] = []
  let ahead = 0
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead }
  let nodeA: TestServer
  let nodeB: TestServer
  const tokens: Record<string, string> = {}
  const clients: ProtocolClient[] = []

  async function startNode(): Promise<TestServer> {
    const database = await openDatabase({ url: postgres.url })
    handles.push(database)
    return startServer({ database, clock, realtime, alertsEveryMs: 50 })
  }
  beforeAll(async () => {
    nodeA = await startNode()
    nodeB = await startNode()
    for (const person of ['manager', 'dispatcher', 'owner', 'csr']) tokens[person] = await nodeA.token(person)
  })
  afterAll(async () => {
    for (const client of clients) client.close()
    await nodeA.close()
    await nodeB.close()
    for (const handle of handles) await handle.close()
    postgres.remove()
  })

  const at = <B = Refused>(node: TestServer, what: string, person: string, body?: unknown) =>
    ask<B>(node.url, what, { token: tokens[person] ?? '', ...(body === undefined ? {} : { body }) })
  const detail = async (node: TestServer, id: string) =>
    (await at<CallDetail>(node, `GET /api/v1/calls/${id}`, 'manager')).body
  async function listen(node: TestServer, person: string, wish: object = { type: 'all_calls', since: 0 }) {
    const client = await connect(node.url, 'websocket', tokens[person] ?? '')
    clients.push(client)
    client.send('subscribe', wish)
    await client.until((frames) => frames.some(({ event }) => event === 'snapshot'))
    return client
  }
  const presenceOf = (frames: readonly ServerFrame[], id: string): Presence | undefined =>
    frames
      .flatMap((frame) =>
        frame.event === 'presence.changed' && frame.data.call_id === id ? [frame.data.presence] : [],
      )
      .at(-1)
  /** What a node with somebody who looks at these calls says again and again as long as it lives. */
  const says = (node_id: string, callIds: readonly string[]) =>
    nodeA.database.db
      .insertInto('node_presence')
      .values({
        company_id: 'demo',
        node_id,
        version: 1,
        seen_at: new Date().toISOString(),
        looks: JSON.stringify({
          people: { ghost: ['Gone Person', 'manager'] },
          calls: Object.fromEntries(callIds.map((id) => [id, [['ghost', 0]]])),
        }),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['company_id', 'node_id'])
          .doUpdateSet((set) => ({ seen_at: set.ref('excluded.seen_at') })),
      )
      .execute()
  const names = (client: ProtocolClient, id: string) =>
    presenceOf(client.frames, id)?.watchers.map(({ name }) => name)

  test('claims: a call taken at one node is refused at the other by the holder’s name, and runs out by itself', async () => {
    await nodeA.submit([callStarted('pg-claim')])
    expect((await at(nodeA, 'POST /api/v1/calls/pg-claim/claim', 'manager')).status).toBe(200)
    const late = await at(nodeB, 'POST /api/v1/calls/pg-claim/claim', 'dispatcher')
    expect([late.status, late.body.error.code]).toEqual([409, 'CALL_CLAIMED'])
    expect(late.body.error.message).toBe('Dana Whitfield has this call.')
    ahead += 121_000
    await eventually(async () => expect((await detail(nodeB, 'pg-claim')).call.claimed_by).toBeUndefined())
  })

  test('escalations: asked for at one node, taken at the other, and back with the AI when the platform says so', async () => {
    await nodeA.submit([callStarted('pg-warm', { business_id: 'plumbing' })])
    const asked = await at<{ escalation: Escalation }>(
      nodeA,
      'POST /api/v1/calls/pg-warm/escalate',
      'manager',
      { agent_id: 'agent-priya' },
    )
    const path = `PATCH /api/v1/escalations/${asked.body.escalation.id}`
    await eventually(async () =>
      expect((await detail(nodeB, 'pg-warm')).escalation?.transfer?.state).toBe('ringing'),
    )
    const queue = await at<{ escalations: EscalationItem[] }>(
      nodeB,
      'GET /api/v1/escalations?status=pending&mine=true',
      'csr',
    )
    expect(queue.body.escalations.map(({ call_id }) => call_id)).toEqual(['pg-warm'])
    expect((await at(nodeB, path, 'csr', { status: 'in_progress' })).status).toBe(200)
    await Promise.all([
      at(nodeA, path, 'csr', { status: 'completed', promised: ['A visit'] }),
      at(nodeB, path, 'csr', { status: 'completed', promised: ['A visit'] }),
    ])
    const sent = () => [...nodeA.commands, ...nodeB.commands].filter(({ action }) => action === 'hand_back')
    await eventually(() => expect(sent()).toHaveLength(1))
    await nodeA.submit([
      {
        event: 'intervention.updated',
        data: { call_id: 'pg-warm', command_id: sent()[0]?.id ?? '', state: 'applied' },
      },
    ])
    expect((await detail(nodeB, 'pg-warm')).escalation).toMatchObject({
      status: 'completed',
      transfer: { promised: ['A visit'] },
    })
  })

  test('notes: written at one node, taken back at the other, told to a console on either', async () => {
    await nodeA.submit([callStarted('pg-note')])
    const console = await listen(nodeA, 'owner', { type: 'call', call_id: 'pg-note', since: 0 })
    const path = '/api/v1/calls/pg-note/notes'
    const { body } = await at<{ note_id: number }>(nodeA, `POST ${path}`, 'manager', { note: 'Oops' })
    const takeBack = (node: TestServer) => at(node, `DELETE ${path}/${body.note_id}`, 'manager')
    const answers = await Promise.all([takeBack(nodeA), takeBack(nodeB)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    await console.until((frames) => frames.some(({ event }) => event === 'note.removed'))
    expect((await at<{ notes: CallNote[] }>(nodeB, `GET ${path}`, 'owner')).body.notes).toEqual([])
    const told = await nodeA.database.db
      .selectFrom('log')
      .select('seq')
      .where('company_id', '=', 'demo')
      .where('event', '=', 'note.removed')
      .execute()
    expect(told).toHaveLength(1)
  })

  test('alerts: both nodes watch, one alert is raised, and handled at either', async () => {
    const rule = await at<{ id: string }>(nodeA, 'POST /api/v1/alert-rules', 'manager', {
      name: 'Lawyer',
      severity: 'critical',
      condition: { type: 'keyword', words: ['lawyer'], by: 'customer' },
      recipients: ['manager'],
    })
    expect(rule.status).toBe(201)
    for (const node of [nodeA, nodeB]) await node.app.startFeed()
    await nodeA.submit([
      callStarted('pg-alert'),
      lineSaid('pg-alert', '1', { text: 'I will call my lawyer.' }),
    ])
    const open = await eventually(async () => {
      const { body } = await at<{ alerts: Alert[] }>(nodeB, 'GET /api/v1/alerts?state=active', 'manager')
      const mine = body.alerts.filter(
        ({ call_id, rule_name }) => call_id === 'pg-alert' && rule_name === 'Lawyer',
      )
      expect(mine).toHaveLength(1)
      return mine[0]
    })
    const done = await at(nodeB, `PATCH /api/v1/alerts/${open?.id}`, 'manager', { action: 'acknowledge' })
    expect(done.status).toBe(200)
    const { alerts } = (await detail(nodeA, 'pg-alert')).call
    expect(alerts?.find(({ id }) => id === open?.id)?.state).toBe('acknowledged')
  })

  test('views: saved at one node, there at the other', async () => {
    const saved = await at<{ id: string }>(nodeA, 'POST /api/v1/views', 'manager', {
      area: 'live',
      name: 'Roofs that leak',
      query: 'status=in_progress',
      shared: true,
    })
    expect(saved.status).toBe(201)
    const { body } = await at<{ views: { name: string }[] }>(nodeB, 'GET /api/v1/views?area=live', 'owner')
    expect(body.views.map(({ name }) => name)).toContain('Roofs that leak')
  })

  test('knowledge: written at one node, found by its words at the other', async () => {
    const added = await at(nodeA, 'POST /api/v1/knowledge', 'manager', {
      title: 'Frozen pipes',
      content: 'Shut the main valve and open the taps.',
    })
    expect(added.status).toBe(201)
    const found = await at(nodeB, 'GET /api/v1/knowledge?search=valve', 'owner')
    expect(JSON.stringify(found.body)).toContain('Frozen pipes')
  })

  test('preferences: chosen at one node, told to the person’s console at the other', async () => {
    const [mine, colleagues] = [await listen(nodeB, 'manager'), await listen(nodeB, 'owner')]
    await at(nodeA, 'PATCH /api/v1/me/preferences', 'manager', {
      preferences: { density: { value: 'compact' } },
    })
    await mine.until((frames) =>
      frames.some(
        (frame) =>
          frame.event === 'preferences.changed' && frame.data.preferences['density']?.value === 'compact',
      ),
    )
    expect(colleagues.frames.some(({ event }) => event === 'preferences.changed')).toBe(false)
  })

  test('presence: who has a call open on one node is told at the other, and gone when they leave', async () => {
    await nodeA.submit([callStarted('pg-look')])
    const board = await listen(nodeB, 'owner')
    await board.until((frames) => JSON.stringify(frames).includes('pg-look'))
    const open = { type: 'call', call_id: 'pg-look', since: 0 }
    const dana = await listen(nodeA, 'manager', open)
    await eventually(() => expect(names(board, 'pg-look')).toEqual(['Dana Whitfield']))
    const marcus = await listen(nodeB, 'dispatcher', open)
    const twice = await listen(nodeB, 'manager', open)
    await eventually(() => expect(names(board, 'pg-look')).toEqual(['Dana Whitfield', 'Marcus Oyelaran']))
    dana.close()
    marcus.close()
    await eventually(() => expect(names(board, 'pg-look')).toEqual(['Dana Whitfield']))
    twice.close()
    await eventually(() => expect(names(board, 'pg-look')).toEqual([]))
  })

  test('presence: of a node that died nobody is seen any more, while one that is quiet stays', async () => {
    await nodeA.submit([callStarted('pg-ghost')])
    const board = await listen(nodeB, 'owner')
    await listen(nodeA, 'manager', { type: 'call', call_id: 'pg-ghost', since: 0 })
    const { db } = nodeA.database
    // However long the news takes on a busy machine, the node lives until both are seen.
    await eventually(async () => {
      await says('died', ['pg-ghost'])
      expect(names(board, 'pg-ghost')).toEqual(['Gone Person', 'Dana Whitfield'])
    })
    await eventually(() => expect(names(board, 'pg-ghost')).toEqual(['Dana Whitfield']))
    await db
      .updateTable('node_presence')
      .set({ seen_at: '2020-01-01T00:00:00Z' })
      .where('company_id', '=', 'demo')
      .where('node_id', '=', 'died')
      .execute()
    await sweep({ database: nodeA.database, clock: systemClock } as Parameters<typeof sweep>[0])
    const left = await db
      .selectFrom('node_presence')
      .select('node_id')
      .where('company_id', '=', 'demo')
      .execute()
    expect(left.map(({ node_id }) => node_id)).not.toContain('died')
    expect(names(board, 'pg-ghost')).toEqual(['Dana Whitfield'])
  })

  test('presence: who looks at a call that this node has not heard of yet is told once it has', async () => {
    await nodeA.submit([callStarted('pg-known')])
    const board = await listen(nodeB, 'owner')
    await eventually(async () => {
      await says('ahead', ['pg-known', 'pg-early'])
      expect(names(board, 'pg-known')).toEqual(['Gone Person'])
    })
    await nodeA.submit([callStarted('pg-early')])
    await eventually(async () => {
      await says('ahead', ['pg-known', 'pg-early'])
      expect(names(board, 'pg-early')).toEqual(['Gone Person'])
    })
  })

  test('presence: a node that stops takes its people along at once', async () => {
    const third = await startNode()
    await nodeA.submit([callStarted('pg-stop')])
    const board = await listen(nodeB, 'owner')
    await listen(third, 'csr', { type: 'all_calls', since: 0 })
    await listen(third, 'manager', { type: 'call', call_id: 'pg-stop', since: 0 })
    await eventually(() => expect(names(board, 'pg-stop')).toEqual(['Dana Whitfield']))
    await third.close()
    const rows = await nodeA.database.db
      .selectFrom('node_presence')
      .selectAll()
      .where('company_id', '=', 'demo')
      .execute()
    expect(JSON.stringify(rows)).not.toContain('pg-stop')
    await eventually(() => expect(names(board, 'pg-stop')).toEqual([]))
    await nodeA.submit([callEnded('pg-stop')])
  })
})
