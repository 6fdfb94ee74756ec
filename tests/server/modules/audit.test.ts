// The trail of a call: who did what and when, kept also when the log has let go of it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditEvent } from '#contract/audit.ts'
import { ask } from '#tests/support/ask.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
let manager: string

beforeAll(async () => {
  server = await startServer()
  manager = await server.token('manager')
  const dispatcher = await server.token('dispatcher')
  await server.submit([
    callStarted('c1'),
    lineSaid('c1', '1', { speaker: 'ai', text: 'Hello, how can I help?' }),
  ])
  const at = (what: string, token: string, body: unknown) =>
    ask<{ note_id: number }>(server.url, `${what.replace(' ', ' /api/v1/calls/c1/')}`, { token, body })
  await at('POST intervene', dispatcher, {
    action: 'send_message',
    message: 'Offer 5 to 7.',
    command_id: 'message-1',
  })
  const { body } = await at('POST notes', dispatcher, { note: 'Wrong caller.' })
  await ask(server.url, `DELETE /api/v1/calls/c1/notes/${body.note_id}`, { token: dispatcher })
  await at('PATCH qa', manager, { overall_score: 0.4 })
  await ask(server.url, 'DELETE /api/v1/calls/c1/qa', { token: manager })
  await server.submit([callEnded('c1')])
  // What the log forgets after a day.
  await server.database.db.deleteFrom('log').where('company_id', '=', 'demo').execute()
})
afterAll(() => server.close())

const read = async (query = '') =>
  (
    await ask<{ events: AuditEvent[]; total: number }>(server.url, `GET /api/v1/audit/calls/c1${query}`, {
      token: manager,
    })
  ).body

test('everything that was done is told oldest first, with who did it', async () => {
  const { events } = await read()
  const told = events.map(({ action, actorId }) => `${action} ${actorId ?? '-'}`)
  expect(told).toEqual(
    expect.arrayContaining([
      'call.started -',
      'claim.taken demo-dispatcher',
      'intervention.send_message demo-dispatcher',
      'note.added demo-dispatcher',
      'note.removed demo-dispatcher',
      'qa.reviewed demo-manager',
      'qa.review_withdrawn demo-manager',
      'call.ended -',
    ]),
  )
  const times = events.map(({ at }) => Date.parse(at))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  const review = events.find(({ action }) => action === 'qa.reviewed')
  expect(review).toMatchObject({ actorRole: 'manager', field: 'qa_score', after: { overall_score: 0.4 } })
  expect(review?.before).not.toEqual(review?.after)
})

test('pages join without a hole', async () => {
  const { events, total } = await read()
  expect(total).toBe(events.length)
  const pages = [await read('?limit=3'), await read(`?limit=100&offset=3`)]
  expect(pages.flatMap((page) => page.events)).toEqual(events)
})
