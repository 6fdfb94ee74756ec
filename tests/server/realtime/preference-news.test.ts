// A choice made on one machine is told to the person's other consoles, and to nobody else.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PreferencesFrame, ServerFrame } from '#contract/protocol.ts'
import { ask } from '#tests/support/ask.ts'
import { callStarted } from '#tests/support/facts.ts'
import { connect, doors } from '#tests/support/protocol-client.ts'
import { type TestServer, startServer } from '#tests/support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const isNews = (frame: ServerFrame): frame is PreferencesFrame => frame.event === 'preferences.changed'
const choose = async (person: string, preferences: unknown) =>
  ask(server.url, 'PATCH /api/v1/me/preferences', {
    token: await server.token(person),
    body: { preferences },
  })

test.each(doors)(
  'through %s: every console of the person hears of it, whatever it listens to',
  async (door) => {
    const [first, second, colleague, stranger] = await Promise.all(
      ['manager', 'manager', 'owner', 'acme'].map(async (person) =>
        connect(server.url, door, await server.token(person)),
      ),
    )
    for (const console of [first, second, colleague, stranger]) {
      console?.send('subscribe', { type: 'all_calls', since: 0 })
      await console?.until((frames) => frames.some(({ event }) => event === 'snapshot'))
    }
    await choose('manager', { density: { value: `compact ${door}` } })
    for (const console of [first, second]) {
      const news = await console?.next(isNews)
      expect(news?.data.preferences['density']).toMatchObject({
        value: `compact ${door}`,
        changed_at: expect.any(String),
      })
      expect(news).not.toHaveProperty('seq')
    }
    // What comes after it shows that nothing came before it.
    await server.submit([callStarted(`after ${door}`)])
    await colleague?.until((frames) => frames.some(({ event }) => event === 'call.started'))
    await server.submit([callStarted(`after ${door}`)], 'acme')
    await stranger?.until((frames) => frames.some(({ event }) => event === 'call.started'))
    expect([...(colleague?.frames ?? []), ...(stranger?.frames ?? [])].filter(isNews)).toEqual([])
    for (const console of [first, second, colleague, stranger]) console?.close()
  },
)

test('a choice that lost against a younger one is no news', async () => {
  const console = await connect(server.url, 'websocket', await server.token('dispatcher'))
  console.send('subscribe', { type: 'all_calls', since: 0 })
  await console.until((frames) => frames.some(({ event }) => event === 'snapshot'))
  await choose('dispatcher', { theme: { value: 'dark' } })
  await choose('dispatcher', { theme: { value: 'light', age: 60 } })
  await choose('dispatcher', { zone: { value: 'UTC' } })
  await console.until((frames) => frames.filter(isNews).length >= 2)
  const told = console.frames.filter(isNews).map(({ data }) => Object.keys(data.preferences))
  expect(told).toEqual([['theme'], ['zone']])
  console.close()
})
