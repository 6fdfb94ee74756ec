// The words of ended calls are indexed step by step, and what is counted of the calls stays as it is.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isCountedRight } from '#server/db/recount.ts'
import { systemClock } from '#server/domain/clock.ts'
import { indexWords } from '#server/jobs/word-index.ts'
import { ask } from '#tests/support/ask.ts'
import { callEnded, callStarted, lineSaid } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer

beforeAll(async () => {
  // The server's own rounds stay out of the test's.
  server = await startServer({ clock: { ...systemClock, setInterval: () => 0 } })
})
afterAll(() => server.close())

const at = '2026-11-18T10:00:00.000Z'
const day = Date.parse('2026-11-18T00:00:00.000Z')

test('each step takes as many calls as it may, and the sums of the day stay right and follow what changes later', async () => {
  const { db } = server.database
  const ids = ['one', 'two', 'three', 'four', 'five']
  for (const id of ids)
    await server.submit([
      callStarted(id, { started_at: at }),
      lineSaid(id, 'l', { text: `The pelican of ${id}`, timestamp: at }),
      { event: 'qa.score.updated', data: { call_id: id, qa_score: { overall_score: 0.5 }, at } },
      callEnded(id, { ended_at: at }),
    ])
  const steps = [
    await indexWords(db, 2),
    await indexWords(db, 2),
    await indexWords(db, 2),
    await indexWords(db, 2),
  ]
  expect(steps.map(({ done }) => done)).toEqual([2, 2, 1, 0])
  expect(steps.every(({ took }) => took >= 0)).toBe(true)
  expect(await isCountedRight(db, 'demo', day)).toBe(true)
  const token = await server.token('manager')
  const body = { compliance_score: 0.9 }
  const review = await ask(server.url, 'PATCH /api/v1/calls/two/qa', { token, body })
  expect(review.status).toBe(200)
  expect(await isCountedRight(db, 'demo', day)).toBe(true)
  expect(await indexWords(db, 9)).toMatchObject({ done: 1 })
  const found = await ask<{ calls: { id: string }[] }>(server.url, 'GET /api/v1/calls?text=pelican', {
    token,
  })
  expect(found.body.calls.map(({ id }) => id).sort()).toEqual([...ids].sort())
})
