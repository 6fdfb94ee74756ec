// Who took an alert and let it lie is asked again, once per interval of its rule, as long as it is true.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Alert } from '#contract/alert.ts'
import { type Clock, systemClock } from '#server/domain/clock.ts'
import { ask } from '#tests/support/ask.ts'
import { eventually } from '#tests/support/eventually.ts'
import { callStarted, lineSaid } from '#tests/support/facts.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
let ahead = 0
const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead }

beforeAll(async () => {
  server = await startServer({ clock, alertsEveryMs: 20 })
  await server.database.db.updateTable('alert_rules').set({ enabled: false }).execute()
  await server.app.startFeed()
})
afterAll(() => server.close())

// A token ends before the clock has gone on as far as these tests want it.
const asks = async <B>(what: string, body?: object) =>
  (await ask<B>(server.url, what, { token: await server.token('manager'), body })).body
const alertOf = async (callId: string) =>
  (await asks<{ alerts: Alert[] }>(`GET /api/v1/alerts?call_id=${callId}`)).alerts[0] as Alert
const acknowledge = (id: string) => asks(`PATCH /api/v1/alerts/${id}`, { action: 'acknowledge' })

/** A call that somebody has an alert of, by a rule that asks again after so long. */
async function taken(word: string, remind_after_min: number | null): Promise<Alert> {
  const rule = { name: word, severity: 'warning', recipients: ['manager'], remind_after_min }
  await asks('POST /api/v1/alert-rules', {
    ...rule,
    condition: { type: 'keyword', words: [word], by: 'customer' },
  })
  await server.submit([callStarted(word), lineSaid(word, 'a', { text: `A ${word}.` })])
  const { id } = await eventually(async () => {
    const alert = await alertOf(word)
    expect(alert).toBeDefined()
    return alert
  })
  await acknowledge(id)
  return alertOf(word)
}
const minutes = (count: number) => {
  ahead += count * 60_000
}

test('an alert that somebody has asks again after its rule’s minutes, once, and again after as many', async () => {
  const alert = await taken('lapwing', 15)
  const never = await taken('dunlin', null)
  minutes(16)
  const first = await eventually(async () => {
    const now = await alertOf('lapwing')
    expect(now.reminded_at).toBeDefined()
    return now
  })
  expect(first).toMatchObject({ state: 'acknowledged', owner: alert.owner })
  minutes(14)
  // A rule that is judged after it tells that the time had come and nothing was said.
  await taken('redshank', null)
  expect((await alertOf('lapwing')).reminded_at).toBe(first.reminded_at)
  minutes(2)
  await eventually(async () => expect((await alertOf('lapwing')).reminded_at).not.toBe(first.reminded_at))
  expect(await alertOf('dunlin')).toEqual(never)
})

test('who says to be on it is left alone for another interval', async () => {
  const { id } = await taken('godwit', 5)
  minutes(6)
  await eventually(async () => expect((await alertOf('godwit')).reminded_at).toBeDefined())
  await acknowledge(id)
  const again = await alertOf('godwit')
  expect(again.reminded_at).toBeUndefined()
  minutes(6)
  await eventually(async () => expect((await alertOf('godwit')).reminded_at).toBeDefined())
})
