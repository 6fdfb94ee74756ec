import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Alert, AlertPreview, AlertRule } from '#contract/alert.ts'
import type { Call } from '#contract/call.ts'
import type { EventFrame } from '#contract/protocol.ts'
import { type Refused, ask, deliver } from '#tests/support/ask.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { connect } from '#tests/support/protocol-client.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

interface Page {
  alerts: Alert[]
  pagination: { total: number }
  storm: { since: string; count: number } | null
}

let server: TestServer
let manager: string

beforeAll(async () => {
  server = await startServer({ alertsEveryMs: 20 })
  manager = await server.token('manager')
  // Rules of the tests' own: what the demo begins with would speak between.
  await server.database.db.updateTable('alert_rules').set({ enabled: false }).execute()
  await server.app.startFeed()
})
afterAll(() => server.close())

const keywordRule = (word: string, over: object = {}) => ({
  name: `Said ${word}`,
  severity: 'critical',
  condition: { type: 'keyword', words: [word], by: 'customer' },
  recipients: ['manager'],
  ...over,
})

async function addRule(body: object, token = manager): Promise<AlertRule> {
  const answer = await ask<{ rule: AlertRule }>(server.url, 'POST /api/v1/alert-rules', { token, body })
  expect(answer.status).toBe(201)
  return answer.body.rule
}
async function alertsOf(callId: string, query = '', token = manager): Promise<Alert[]> {
  const path = `GET /api/v1/alerts?call_id=${callId}${query}`
  return (await ask<Page>(server.url, path, { token })).body.alerts
}
const firstAlert = (callId: string, token = manager) =>
  eventually(async () => {
    const [alert] = await alertsOf(callId, '', token)
    if (!alert) throw new Error('No alert yet.')
    return alert
  })
const handle = (id: string, body: object, token = manager) =>
  ask<{ alert: Alert } & Refused>(server.url, `PATCH /api/v1/alerts/${id}`, { token, body })
const rowOf = async (callId: string) =>
  (await ask<{ call: Call }>(server.url, `GET /api/v1/calls/${callId}`, { token: manager })).body.call

/** A call on which the word was said, and the alert it raised. */
async function raise(callId: string, word: string): Promise<Alert> {
  await addRule(keywordRule(word))
  await server.submit([callStarted(callId), lineSaid(callId, 'a', { text: `I said ${word} now.` })])
  return firstAlert(callId)
}

test('a word that was said raises one alert, with its reason and its line, on the list and on the row', async () => {
  const alert = await raise('word', 'zebra')
  expect(alert).toMatchObject({
    rule_name: 'Said zebra',
    call_id: 'word',
    severity: 'critical',
    state: 'active',
    reason: 'Said “zebra”',
    recipients: ['manager'],
  })
  const { last_line, alerts } = await rowOf('word')
  expect(alert.line_id).toBe(last_line?.id)
  expect(alerts).toEqual([alert])
  await server.submit([lineSaid('word', 'b', { text: 'zebra, zebra!' })])
  await server.submit([lineSaid('word', 'c', { text: 'And nothing more.' })])
  expect(await alertsOf('word')).toHaveLength(1)
})

test('a subscriber of all calls hears of the alert, and a snapshot carries it', async () => {
  const client = await connect(server.url, 'websocket', manager)
  client.send('subscribe', { type: 'all_calls', sub: '1' })
  await client.next((frame) => frame.event === 'subscribed')
  const alert = await raise('heard', 'walrus')
  const frame = await client.next(
    (one): one is Extract<EventFrame, { event: 'alert.updated' }> =>
      one.event === 'alert.updated' && one.data.call_id === 'heard',
  )
  expect(frame.data.alert).toEqual(alert)
  expect(frame.seq).toBeGreaterThan(0)
  client.close()
  const newcomer = await connect(server.url, 'socketio', manager)
  newcomer.send('subscribe', { type: 'all_calls', since: 0, sub: '1' })
  const snapshot = await newcomer.next((one) => one.event === 'snapshot')
  const row = (snapshot as { data: { calls?: Call[] } }).data.calls?.find(({ id }) => id === 'heard')
  expect(row?.alerts).toEqual([alert])
  newcomer.close()
})

test('an alert is acknowledged with a note; the next who tries is told who has it, and may take it over', async () => {
  const { id } = await raise('owned', 'yak')
  const owned = await handle(id, { action: 'acknowledge', note: 'On it.' })
  expect(owned.body.alert).toMatchObject({
    state: 'acknowledged',
    owner: { id: 'demo-manager', name: 'Dana Whitfield' },
    note: 'On it.',
  })
  const other = await server.token('dispatcher')
  const refused = await handle(id, { action: 'acknowledge' }, other)
  expect([refused.status, refused.body.error]).toMatchObject([
    409,
    { code: 'CONFLICT', message: 'Dana Whitfield has this alert already.' },
  ])
  const taken = await handle(id, { action: 'acknowledge', force: true }, other)
  expect(taken.body.alert.owner?.id).toBe('demo-dispatcher')
  expect((await alertsOf('owned', '&mine=true')).length).toBe(0)
  expect((await alertsOf('owned', '&mine=true', other)).map((alert) => alert.id)).toEqual([id])
})

test('two who acknowledge at the same moment: one has it, the other is told by whom', async () => {
  const { id } = await raise('race', 'ibex')
  const answers = await Promise.all([
    handle(id, { action: 'acknowledge' }),
    handle(id, { action: 'acknowledge' }, await server.token('owner')),
  ])
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409])
})

test('snoozed for a quarter of an hour it stays active, and says until when', async () => {
  const { id } = await raise('asleep', 'lemur')
  const before = Date.now()
  const { body } = await handle(id, { action: 'snooze', for: '15m' })
  expect(body.alert.state).toBe('active')
  const until = Date.parse(body.alert.snoozed_until ?? '') - before
  expect(until).toBeGreaterThanOrEqual(15 * 60_000)
  expect(until).toBeLessThan(16 * 60_000)
})

test('resolved by hand it leaves the row and stays in the history; the same word does not raise it again', async () => {
  const { id } = await raise('done', 'tapir')
  const { body } = await handle(id, { action: 'resolve', note: 'False alarm.' })
  expect(body.alert).toMatchObject({
    state: 'resolved',
    resolution: 'by_hand',
    resolved_by: { id: 'demo-manager' },
    note: 'False alarm.',
  })
  expect((await rowOf('done')).alerts).toBeUndefined()
  expect((await handle(id, { action: 'resolve' })).status).toBe(200)
  expect((await handle(id, { action: 'acknowledge' })).status).toBe(409)
  await server.submit([lineSaid('done', 'b', { speaker: 'ai', text: 'Goodbye.' })])
  expect((await alertsOf('done')).map((alert) => alert.state)).toEqual(['resolved'])
})

test('the end of the call resolves what is open about it', async () => {
  await raise('over', 'okapi')
  await server.submit([callEnded('over')])
  const [alert] = await alertsOf('over')
  expect(alert).toMatchObject({ state: 'resolved', resolution: 'call_ended' })
  expect((await rowOf('over')).alerts).toBeUndefined()
})

test('a condition that goes away resolves its alert by itself', async () => {
  await addRule(
    keywordRule('', { name: 'Low', condition: { type: 'qa_below', score: 0.4 }, hysteresis: 0.1 }),
  )
  const score = (overall_score: number) => ({
    event: 'qa.score.updated' as const,
    data: { call_id: 'mends', qa_score: { overall_score } },
  })
  await server.submit([callStarted('mends'), score(0.2)])
  expect((await firstAlert('mends')).reason).toBe('QA at 20, below 40')
  await server.submit([score(0.45)])
  await server.submit([score(0.9)])
  await eventually(async () => {
    const found = await alertsOf('mends')
    expect(found.map(({ state, resolution }) => [state, resolution])).toEqual([['resolved', 'cleared']])
  })
})

test('a rule that is switched off takes its open alerts along; one that is taken away can be brought back', async () => {
  const { rule_id } = await raise('off', 'heron')
  const off = await ask(server.url, `DELETE /api/v1/alert-rules/${rule_id}`, { token: manager })
  expect(off.status).toBe(200)
  // The rules are read again before an alert is believed to have none.
  await eventually(async () => {
    expect((await alertsOf('off'))[0]).toMatchObject({ state: 'resolved', resolution: 'rule_off' })
  }, 12_000)
  const listed = async () =>
    (await ask<{ rules: AlertRule[] }>(server.url, 'GET /api/v1/alert-rules', { token: manager })).body.rules
  expect((await listed()).some(({ id }) => id === rule_id)).toBe(false)
  await ask(server.url, `POST /api/v1/alert-rules/${rule_id}/restore`, { token: manager })
  expect((await listed()).some(({ id }) => id === rule_id)).toBe(true)
})

test('who is told is the rule’s choice: the list of another role is empty, the list of another company too', async () => {
  await raise('ours', 'bison')
  expect(await alertsOf('ours', '', await server.token('dispatcher'))).toEqual([])
  expect(await alertsOf('ours', '', await server.token('acme'))).toEqual([])
})

test('alerts and rules of another company do not exist', async () => {
  const { id, rule_id } = await raise('foreign', 'gecko')
  const token = await server.token('acme')
  const unknown = await handle('never-was', { action: 'resolve' }, token)
  const theirs = await handle(id, { action: 'resolve' }, token)
  expect([theirs.status, theirs.body.error]).toEqual([404, unknown.body.error])
  for (const what of [`PATCH /api/v1/alert-rules/${rule_id}`, `DELETE /api/v1/alert-rules/${rule_id}`]) {
    const answer = await ask(server.url, what, { token, ...(what.startsWith('PATCH') ? { body: {} } : {}) })
    expect([answer.status, answer.body.error.code]).toEqual([404, 'RULE_NOT_FOUND'])
  }
  const business = { ...keywordRule('x'), business_id: 'roofing' }
  const refused = await ask(server.url, 'POST /api/v1/alert-rules', { token, body: business })
  expect([refused.status, refused.body.error.details?.[0]?.field]).toEqual([400, 'body.business_id'])
})

test('an alert of a call one may not see does not exist', async () => {
  const { id } = await raise('hidden', 'stoat')
  const csr = await server.token('csr')
  expect((await handle(id, { action: 'acknowledge' }, csr)).status).toBe(404)
  expect((await handle(id, { action: 'acknowledge' }, await server.token('viewer'))).status).toBe(403)
})

test.each([
  ['name', { name: ' ' }],
  ['condition', { condition: { type: 'full_moon' } }],
  ['score', { condition: { type: 'sentiment_below', score: 3 } }],
  ['words', { condition: { type: 'keyword', words: [], by: 'customer' } }],
  ['recipients', { recipients: [] }],
  ['min_duration_s', { min_duration_s: -1 }],
  ['remind_after_min', { remind_after_min: 0 }],
])('a rule with a bad %s is refused, and the fault names it', async (field, over) => {
  const body = { ...keywordRule('x'), ...over }
  const answer = await ask(server.url, 'POST /api/v1/alert-rules', { token: manager, body })
  expect(answer.status).toBe(400)
  expect(answer.body.error.details?.some((fault) => fault.field.includes(field))).toBe(true)
})

test('before it is saved, a rule says how often it would have fired in the recorded day, and on which calls', async () => {
  await server.submit([
    callStarted('past', { contact_name: 'Ana Ruiz', business_id: 'roofing' }),
    lineSaid('past', 'a', { text: 'This is about a narwhal.' }),
    lineSaid('past', 'b', { text: 'The narwhal again.' }),
    callEnded('past'),
    callStarted('past-2'),
    lineSaid('past-2', 'a', { speaker: 'ai', text: 'A narwhal, you say?' }),
    callEnded('past-2'),
  ])
  const preview = async (over: object) => {
    const { name: _, ...body } = { ...keywordRule('narwhal'), ...over }
    const answer = await ask<AlertPreview>(server.url, 'POST /api/v1/alert-rules/preview', {
      token: manager,
      body,
    })
    expect(answer.status).toBe(200)
    return answer.body
  }
  const found = await preview({})
  expect(found).toMatchObject({ count: 1, complete: true })
  expect(found.calls).toMatchObject([
    { call_id: 'past', name: 'Ana Ruiz', reason: 'Said “narwhal”', line_id: expect.any(Number) },
  ])
  expect((await preview({ business_id: 'auto' })).count).toBe(0)
  const anyone = { type: 'keyword', words: ['narwhal'], by: 'anyone' }
  expect((await preview({ condition: anyone })).count).toBe(2)
  const token = await server.token('acme')
  const theirs = await ask<AlertPreview>(server.url, 'POST /api/v1/alert-rules/preview', {
    token,
    body: { ...keywordRule('narwhal'), name: undefined },
  })
  expect(theirs.body.count).toBe(0)
})

test('two hundred alerts at the front door become one storm, and every one of them is there', async () => {
  await addRule(keywordRule('stampede', { recipients: ['owner'] }))
  const ids = Array.from({ length: 200 }, (_, index) => `storm-${index}`)
  const events = ids.flatMap((id) => [
    callStarted(id),
    lineSaid(id, 'a', { text: 'It is a stampede out here.' }),
  ])
  expect((await deliver(server.url, { id: 'storm', events })).status).toBe(200)
  const token = await server.token('owner')
  const list = async () => (await ask<Page>(server.url, 'GET /api/v1/alerts?state=open', { token })).body
  const page = await eventually(async () => {
    const found = await list()
    expect(found.pagination.total).toBe(200)
    return found
  })
  expect(page.storm?.count).toBe(200)
  const again = await list()
  expect(again.storm).toEqual(page.storm)
})
