// Taking a note back: by whom, for how long, and that every console lets go of it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventFrame } from '#contract/protocol.ts'
import type { CallNote } from '#contract/transcript.ts'
import { type Clock, systemClock } from '#server/domain/clock.ts'
import { ask } from '#tests/support/ask.ts'
import { callEnded, callStarted } from '#tests/support/facts.ts'
import { connect } from '#tests/support/protocol-client.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
let author: string
let colleague: string
let ahead = 0
let calls = 0
const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead }

beforeAll(async () => {
  server = await startServer({ clock })
  author = await server.token('dispatcher')
  colleague = await server.token('manager')
})
afterAll(() => server.close())

async function noted(note = 'Wrong caller.') {
  const callId = `note-${++calls}`
  await server.submit([callStarted(callId)])
  const path = `/api/v1/calls/${callId}/notes`
  const { body } = await ask<{ note_id: number }>(server.url, `POST ${path}`, {
    token: author,
    body: { note },
  })
  return {
    callId,
    noteId: body.note_id,
    takeBack: (token = author, noteId: number | string = body.note_id) =>
      ask(server.url, `DELETE ${path}/${noteId}`, { token }),
    notes: async () =>
      (await ask<{ notes: CallNote[] }>(server.url, `GET ${path}`, { token: colleague })).body.notes,
  }
}

test('the author takes a note back: it is gone for everybody who has the call open, and stays in the record', async () => {
  const { callId, noteId, takeBack, notes } = await noted()
  const console = await connect(server.url, 'websocket', colleague)
  console.send('subscribe', { type: 'call', call_id: callId, since: 0 })
  await console.until((frames) => frames.some(({ event }) => event === 'snapshot'))
  expect((await takeBack()).status).toBe(200)
  const told = await console.next((frame): frame is EventFrame => frame.event === 'note.removed')
  expect(told.data).toEqual({
    call_id: callId,
    note_id: noteId,
    by: { id: 'demo-dispatcher', name: expect.any(String) },
  })
  expect(await notes()).toEqual([])
  const kept = await server.database.db
    .selectFrom('notes')
    .selectAll()
    .where('company_id', '=', 'demo')
    .where('id', '=', noteId)
    .executeTakeFirstOrThrow()
  expect(kept.removed_at).not.toBeNull()
  expect(kept.data).toMatchObject({ note: 'Wrong caller.', author_id: 'demo-dispatcher' })
  console.close()
})

test('taken back twice, at once or again, it is told once', async () => {
  const { callId, takeBack } = await noted()
  const answers = await Promise.all([takeBack(), takeBack()])
  expect([...answers, await takeBack()].map(({ status }) => status)).toEqual([200, 200, 200])
  const told = await server.database.db
    .selectFrom('log')
    .select('event')
    .where('company_id', '=', 'demo')
    .where('call_id', '=', callId)
    .where('event', '=', 'note.removed')
    .execute()
  expect(told).toHaveLength(1)
})

test('a colleague’s note is not one’s own to take back', async () => {
  const { takeBack, notes } = await noted()
  const answer = await takeBack(colleague)
  expect([answer.status, answer.body.error.code]).toEqual([403, 'FORBIDDEN'])
  expect(answer.body.error.message).toContain('who wrote the note')
  expect(await notes()).toHaveLength(1)
})

test('after its time a note stays, and the answer says so', async () => {
  const { takeBack, notes } = await noted()
  ahead += 15_100
  const answer = await takeBack()
  expect([answer.status, answer.body.error.code]).toEqual([409, 'TOO_LATE'])
  expect(await notes()).toHaveLength(1)
})

test('what was pressed at the tenth second and came late over a bad network still counts', async () => {
  const { takeBack, notes } = await noted()
  ahead += 12_000
  expect((await takeBack()).status).toBe(200)
  expect(await notes()).toEqual([])
})

test('a note on a call that has ended meanwhile is taken back too', async () => {
  const { callId, takeBack, notes } = await noted()
  await server.submit([callEnded(callId)])
  expect((await takeBack()).status).toBe(200)
  expect(await notes()).toEqual([])
})

test('a note that does not exist, or is on another call, is not found', async () => {
  const one = await noted()
  const other = await noted()
  for (const noteId of ['999999', 'x', '-1', '9'.repeat(30), other.noteId]) {
    const answer = await one.takeBack(author, noteId)
    expect([noteId, answer.status, answer.body.error.code]).toEqual([noteId, 404, 'NOT_FOUND'])
  }
  expect(await other.notes()).toHaveLength(1)
})
