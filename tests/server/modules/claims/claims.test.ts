import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CallDetail } from '#contract/call-endpoints.ts'
import type { Claim } from '#contract/claim.ts'
import { claimMs } from '#contract/claim-rules.ts'
import { type Clock, systemClock } from '#server/domain/clock.ts'
import { type Answer, ask } from '#tests/support/ask.ts'
import { callEnded, callStarted } from '#tests/support/facts.ts'
import { eventually } from '#tests/support/eventually.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

interface Body {
  claim: Claim | null
  error?: { code: string; message: string; details?: { holder: Claim } }
}

let server: TestServer
let ahead = 0
const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead }
const people: Record<string, string> = {}
let calls = 0

beforeAll(async () => {
  server = await startServer({ clock })
  for (const name of ['manager', 'dispatcher', 'owner', 'csr', 'viewer', 'rep'])
    people[name] = await server.token(name)
})
afterAll(() => server.close())
beforeEach(() => {
  server.commands.length = 0
})

async function liveCall(): Promise<string> {
  const id = `claim-${++calls}`
  await server.submit([callStarted(id)])
  return id
}
const as = (person: string, method: string, id: string, path = '', body?: unknown): Promise<Answer<Body>> =>
  ask<Body>(server.url, `${method} /api/v1/calls/${id}/claim${path}`, {
    token: people[person] ?? '',
    ...(body === undefined ? {} : { body }),
  })
const claim = (person: string, id: string, body?: unknown) => as(person, 'POST', id, '', body)
const act = (person: string, id: string, body: Record<string, unknown>) =>
  ask<Body & { command_id: string }>(server.url, `POST /api/v1/calls/${id}/intervene`, {
    token: people[person] ?? '',
    body,
  })
const shown = async (id: string) =>
  (await ask<CallDetail>(server.url, `GET /api/v1/calls/${id}`, { token: people.manager ?? '' })).body

test('the first has the call, the second is told who and since when', async () => {
  const id = await liveCall()
  const first = await claim('manager', id)
  expect(first).toMatchObject({ status: 200, body: { claim: { name: 'Dana Whitfield' } } })
  const second = await claim('dispatcher', id)
  expect(second.status).toBe(409)
  expect(second.body.error).toMatchObject({
    code: 'CALL_CLAIMED',
    message: 'Dana Whitfield has this call.',
    details: { holder: { id: 'demo-manager', name: 'Dana Whitfield', since: first.body.claim?.since } },
  })
  expect((await shown(id)).call.claimed_by).toMatchObject({ id: 'demo-manager' })
})

test('of many who reach for a call at the same instant exactly one has it', async () => {
  for (let round = 0; round < 5; round++) {
    const id = await liveCall()
    const answers = await Promise.all(['manager', 'dispatcher', 'owner'].map((name) => claim(name, id)))
    const got = answers.filter(({ status }) => status === 200)
    expect(got).toHaveLength(1)
    expect(new Set(answers.map(({ body }) => (body.claim ?? body.error?.details?.holder)?.id)).size).toBe(1)
  }
})

test('it is taken over by force, let go, and free again after two minutes', async () => {
  const id = await liveCall()
  await claim('manager', id)
  const taken = await claim('dispatcher', id, { force: true })
  expect(taken.body.claim).toMatchObject({ name: 'Marcus Oyelaran', from: { name: 'Dana Whitfield' } })
  // Letting go of what one does not have changes nothing.
  expect((await as('manager', 'DELETE', id)).body.claim).toMatchObject({ id: 'demo-dispatcher' })
  expect((await as('dispatcher', 'DELETE', id)).body).toEqual({ success: true, claim: null })
  await claim('manager', id)
  ahead += claimMs + 1000
  expect((await claim('dispatcher', id)).status).toBe(200)
})

test('a claim that ran out is taken off the call by the server itself', async () => {
  const id = await liveCall()
  await claim('manager', id)
  ahead += claimMs + 1000
  await eventually(async () => expect((await shown(id)).call.claimed_by).toBeUndefined())
})

test('an act takes the call in hand; somebody else’s act is refused by name and reaches nobody, unless by force', async () => {
  const id = await liveCall()
  await act('manager', id, { action: 'send_message', message: 'We come at nine.' })
  const late = await act('dispatcher', id, { action: 'pause', command_id: 'late-pause' })
  expect(late.status).toBe(409)
  expect(late.body.error).toMatchObject({ code: 'CALL_CLAIMED', details: { holder: { id: 'demo-manager' } } })
  const ended = await ask<Body>(server.url, `POST /api/v1/calls/${id}/end`, {
    token: people.dispatcher ?? '',
    body: { notes: 'Not said' },
  })
  expect(ended.status).toBe(409)
  const escalated = await ask<Body>(server.url, `POST /api/v1/calls/${id}/escalate`, {
    token: people.csr ?? '',
    body: {},
  })
  expect([404, 409]).toContain(escalated.status)
  await server.app.acts.idle()
  expect(server.commands.map(({ action }) => action)).toEqual(['send_message'])
  const { manager_notes = [], interventions = [] } = await shown(id)
  expect([manager_notes.length, interventions.length]).toEqual([0, 1])
  // The same words again, under the same id, are a new wish as long as nothing was done.
  const forced = await act('dispatcher', id, { action: 'pause', command_id: 'late-pause', force: true })
  expect(forced).toMatchObject({ status: 200, body: { command_id: 'late-pause' } })
  expect((await shown(id)).call.claimed_by).toMatchObject({
    id: 'demo-dispatcher',
    from: { id: 'demo-manager' },
  })
})

test('an escalation is refused while somebody else has the call, and no agent is asked', async () => {
  const id = await liveCall()
  await claim('manager', id)
  const answer = await ask<Body>(server.url, `POST /api/v1/calls/${id}/escalate`, {
    token: people.dispatcher ?? '',
    body: {},
  })
  expect(answer).toMatchObject({ status: 409, body: { error: { code: 'CALL_CLAIMED' } } })
  expect((await shown(id)).escalation).toBeUndefined()
})

test('who asks is named to the holder, who hands the call over or keeps it', async () => {
  const id = await liveCall()
  await claim('manager', id)
  const asked = await as('dispatcher', 'POST', id, '/ask', { note: 'I know this caller.' })
  expect(asked.body.claim?.asked).toMatchObject({ name: 'Marcus Oyelaran', note: 'I know this caller.' })
  expect((await as('owner', 'POST', id, '/ask')).body.error?.message).toBe(
    'Marcus Oyelaran has asked for this call already.',
  )
  expect((await as('owner', 'POST', id, '/answer', { hand_over: true })).status).toBe(409)
  const kept = await as('manager', 'POST', id, '/answer', { hand_over: false })
  expect(kept.body.claim).toMatchObject({ id: 'demo-manager' })
  expect((await as('manager', 'POST', id, '/answer', { hand_over: true })).body.error?.code).toBe('CONFLICT')
  await as('dispatcher', 'POST', id, '/ask')
  const given = await as('manager', 'POST', id, '/answer', { hand_over: true })
  expect(given.body.claim).toMatchObject({ id: 'demo-dispatcher' })
})

test('asking for a call that nobody has takes it', async () => {
  const id = await liveCall()
  expect((await as('dispatcher', 'POST', id, '/ask', {})).body.claim).toMatchObject({ id: 'demo-dispatcher' })
})

test('an ended call is nobody’s, and a viewer and a rep claim nothing', async () => {
  const id = await liveCall()
  expect((await claim('viewer', id)).status).toBe(403)
  expect((await claim('rep', id)).status).toBe(403)
  await claim('manager', id)
  await server.submit([callEnded(id)])
  expect((await shown(id)).call.claimed_by).toBeUndefined()
  expect((await claim('dispatcher', id)).body.error?.code).toBe('CALL_NOT_ACTIVE')
  expect((await as('manager', 'DELETE', id)).body).toEqual({ success: true, claim: null })
})

test.each([
  ['', { force: 'yes' }, 'body.force'],
  ['/ask', { note: 'x'.repeat(201) }, 'body.note'],
  ['/answer', {}, 'body.hand_over'],
])('a faulty request names its field: claim%s', async (path, body, field) => {
  const id = await liveCall()
  const answer = await as('manager', 'POST', id, path, body)
  expect(answer.status).toBe(400)
  expect(JSON.stringify(answer.body.error)).toContain(field)
})
