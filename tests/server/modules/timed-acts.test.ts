import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CallDetail } from '#contract/call-endpoints.ts'
import { type Clock, systemClock } from '#server/domain/clock.ts'
import { ask } from '#tests/support/ask.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { callStarted, lineSaid } from '#tests/support/facts.ts'
import { eventually } from '#tests/support/eventually.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
let token: string
let ahead = 0
const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead }
let calls = 0

beforeAll(async () => {
  server = await startServer({ clock, deliverTimeoutMs: 100 })
  token = await server.token('manager')
})
afterAll(() => server.close())
beforeEach(() => {
  server.commands.length = 0
  server.answer = () => ({ state: 'delivered' })
})

async function liveCall(on = server): Promise<string> {
  const id = `timed-${++calls}`
  await on.submit([callStarted(id)])
  return id
}
const act = async (id: string, body: Record<string, unknown>, on = server, by = token) =>
  (await ask<{ command_id: string }>(on.url, `POST /api/v1/calls/${id}/intervene`, { token: by, body })).body
    .command_id
const shown = async (id: string, on = server, by = token) =>
  (await ask<CallDetail>(on.url, `GET /api/v1/calls/${id}`, { token: by })).body
const applied = (id: string, command_id: string, on = server) =>
  on.submit([{ event: 'intervention.updated', data: { call_id: id, command_id, state: 'applied' } }])

test('a pause of thirty seconds is ended by the server, and the receipts say so', async () => {
  const id = await liveCall()
  const paused = await act(id, { action: 'pause', duration_s: 30 })
  await eventually(() => expect(server.commands[0]).toMatchObject({ action: 'pause', durationS: 30 }))
  await applied(id, paused)
  const { pause } = (await shown(id)).call
  expect(Date.parse(pause?.until ?? '') - Date.parse(pause?.at ?? '')).toBeGreaterThan(29_000)
  expect(pause?.by).toEqual({ id: 'demo-manager', name: 'Dana Whitfield' })
  ahead += 31_000
  const resume = await eventually(() => {
    const found = server.commands.find(({ action }) => action === 'resume')
    expect(found).toBeDefined()
    return found
  })
  expect(resume).toMatchObject({ id: `resume-${paused}`, by: { name: 'Callboard' } })
  await applied(id, `resume-${paused}`)
  const after = await shown(id)
  expect(after.call).toMatchObject({ ai_paused: false })
  expect(after.call.pause).toBeUndefined()
  expect(after.interventions?.at(-1)).toMatchObject({
    action: 'resume',
    state: 'applied',
    text: 'The time of Dana Whitfield’s pause is over.',
  })
  expect(server.commands.filter(({ action }) => action === 'resume')).toHaveLength(1)
})

test('who resumes before has resumed: the server does not do it again', async () => {
  const id = await liveCall()
  const paused = await act(id, { action: 'pause', duration_s: 30 })
  await applied(id, paused)
  await applied(id, await act(id, { action: 'resume' }))
  ahead += 31_000
  const other = await liveCall()
  const second = await act(other, { action: 'pause', duration_s: 5 })
  await applied(other, second)
  ahead += 6000
  // The later deadline was kept, so the earlier one was looked at too.
  await eventually(() => expect(server.commands.some(({ id }) => id === `resume-${second}`)).toBe(true))
  expect(server.commands.some(({ id }) => id === `resume-${paused}`)).toBe(false)
})

test('a pause that nobody confirmed is ended as well', async () => {
  const id = await liveCall()
  const paused = await act(id, { action: 'pause', duration_s: 10 })
  await server.app.acts.idle()
  ahead += 11_000
  await eventually(() => expect(server.commands.some(({ id }) => id === `resume-${paused}`)).toBe(true))
})

test('the deadline outlives a restart of the server', async () => {
  const database = await openTestDatabase({ demo: true })
  const first = await startServer({ clock, database })
  const by = await first.token('manager')
  const id = await liveCall(first)
  const paused = await act(id, { action: 'pause', duration_s: 30 }, first, by)
  await applied(id, paused, first)
  await first.close()
  ahead += 40_000
  const second = await startServer({ clock, database })
  await eventually(() => expect(second.commands.map(({ id }) => id)).toEqual([`resume-${paused}`]))
  await second.close()
  await database.close()
})

test('instructions with a time are withdrawn when it is over', async () => {
  const id = await liveCall()
  const given = await act(id, {
    action: 'override_instructions',
    instructions: 'Offer a refund.',
    scope: 'call',
    duration_s: 60,
  })
  await applied(id, given)
  expect((await shown(id)).call.override).toMatchObject({ scope: 'call', command_id: given })
  ahead += 61_000
  await eventually(() =>
    expect(server.commands.at(-1)).toMatchObject({ action: 'clear_override', id: `clear-${given}` }),
  )
  // They hold until the platform says that they do not.
  expect((await shown(id)).call.override).toBeDefined()
  await applied(id, `clear-${given}`)
  expect((await shown(id)).call.override).toBeUndefined()
})

test('a supervisor withdraws instructions', async () => {
  const id = await liveCall()
  await applied(id, await act(id, { action: 'override_instructions', instructions: 'Offer a refund.' }))
  await applied(id, await act(id, { action: 'clear_override' }))
  expect((await shown(id)).call.override).toBeUndefined()
})

test('instructions for one turn are over once the AI has spoken', async () => {
  const id = await liveCall()
  const given = await act(id, { action: 'override_instructions', instructions: 'Be brief.', scope: 'turn' })
  await applied(id, given)
  expect((await shown(id)).call.override).toMatchObject({ scope: 'turn' })
  await server.submit([lineSaid(id, 'l1', { speaker: 'customer', text: 'And then?' })])
  expect((await shown(id)).call.override).toBeDefined()
  await server.submit([lineSaid(id, 'l2', { speaker: 'ai', text: 'At nine.' })])
  expect((await shown(id)).call.override).toBeUndefined()
})

test.each([
  [{ action: 'pause', scope: 'turn' }, 'body.scope'],
  [{ action: 'resume', duration_s: 30 }, 'body.duration_s'],
  [{ action: 'pause', duration_s: 2 }, 'body.duration_s'],
  [{ action: 'pause', duration_s: 3601 }, 'body.duration_s'],
  [{ action: 'override_instructions', instructions: 'x', scope: 'turn', duration_s: 30 }, 'body.duration_s'],
  [{ action: 'override_instructions', instructions: 'x', scope: 'day' }, 'body.scope'],
])('what has no time or scope is not given one: %j', async (body, field) => {
  const id = await liveCall()
  const answer = await ask(server.url, `POST /api/v1/calls/${id}/intervene`, { token, body })
  expect(answer.status).toBe(400)
  expect(JSON.stringify(answer.body)).toContain(field)
})

test('a command without answer is asked about again under its own id', async () => {
  const id = await liveCall()
  server.answer = () => Promise.reject(new Error('away'))
  const sent = await act(id, { action: 'send_message', message: 'We come at nine.' })
  await eventually(async () => expect((await shown(id)).interventions?.at(-1)?.state).toBe('unknown'))
  const check = (commandId: string) =>
    ask<{ state: string }>(server.url, `POST /api/v1/calls/${id}/interventions/${commandId}/check`, { token })
  expect((await check(sent)).body).toEqual({ command_id: sent, state: 'unknown' })
  server.answer = () => ({ state: 'delivered' })
  expect((await check(sent)).body).toEqual({ command_id: sent, state: 'delivered' })
  expect(new Set(server.commands.map(({ id }) => id))).toEqual(new Set([sent]))
  expect(server.commands.at(-1)).toEqual(server.commands[0])
  const count = server.commands.length
  // What has an answer is not asked about.
  expect((await check(sent)).body.state).toBe('delivered')
  expect(server.commands).toHaveLength(count)
  expect((await check('never-was-one')).status).toBe(404)
})
