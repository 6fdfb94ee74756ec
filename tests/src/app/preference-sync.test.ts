import { expect, test } from 'vitest'
import type { Api } from '#src/lib/api.ts'
import { startPreferenceSync } from '#src/app/preference-sync.ts'
import { createPreferenceStore } from '#src/lib/preferences.ts'
import { fail, ok } from '#src/lib/result.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

/** A browser, and a server that keeps what it is sent. */
function rig(kept: Record<string, unknown> = {}) {
  const clock = createFakeClock()
  let text: string | null = null
  const store = createPreferenceStore(
    { read: () => text, write: (next) => void (text = next), onChange: () => () => {} },
    clock.now,
  )
  const asked: { route: string; body: unknown }[] = []
  const server = { kept, status: 200 }
  const answer = (keys: string[]) =>
    ok({ preferences: Object.fromEntries(keys.map((key) => [key, { value: server.kept[key] }])) })
  const api = {
    request: async (
      route: string,
      options?: { body: { preferences: Record<string, { value: unknown }> } },
    ) => {
      asked.push({ route, body: options?.body.preferences })
      if (server.status !== 200) return fail({ status: server.status, code: 'X', message: 'no' })
      for (const [key, { value }] of Object.entries(options?.body.preferences ?? {})) server.kept[key] = value
      return answer(Object.keys(options?.body.preferences ?? server.kept))
    },
  } as unknown as Api
  const start = () => startPreferenceSync({ store, api, clock, page: clock.page })
  const sent = () => asked.filter(({ route }) => route.startsWith('PATCH')).map(({ body }) => body)
  return { clock, store, server, start, sent, asked }
}

test('at sign-in the server’s choices are taken, and those it does not know are sent', async () => {
  const { clock, store, server, start, sent } = rig({ density: 'compact' })
  store.set('zone', 'UTC')
  start()
  await clock.advance(1000)
  expect([store.get('density'), server.kept['zone'], sent()]).toEqual([
    'compact',
    'UTC',
    [{ zone: { value: 'UTC', age: 0 } }],
  ])
})

test('choices made together travel together, once', async () => {
  const { clock, store, start, sent } = rig()
  start()
  await clock.advance(1000)
  store.set('density', 'compact')
  await clock.advance(100)
  store.set('theme', 'light')
  await clock.advance(60_000)
  expect(sent()).toEqual([{ density: { value: 'compact', age: 0.5 }, theme: { value: 'light', age: 0.4 } }])
})

test('without a network choices stay, and go when it is back', async () => {
  const { clock, store, server, start, sent } = rig()
  server.status = 0
  start()
  store.set('density', 'compact')
  await clock.advance(10_000)
  expect(store.get('density')).toBe('compact')
  server.status = 200
  clock.goOnline()
  await clock.advance(1000)
  expect([server.kept['density'], store.unsent()]).toEqual(['compact', {}])
  expect(sent().length).toBeGreaterThan(1)
})

test('a choice that the server refuses is not sent again and again, another one is', async () => {
  const { clock, store, server, start, sent } = rig()
  start()
  await clock.advance(1000)
  server.status = 400
  store.set('sound', 'loud')
  await clock.advance(300_000)
  expect(sent()).toHaveLength(1)
  server.status = 200
  store.set('density', 'compact')
  await clock.advance(1000)
  expect(sent()).toHaveLength(2)
  expect(sent()[1]).toEqual({ density: { value: 'compact', age: 0.4 } })
})

test('who comes back to the page sees what was chosen elsewhere meanwhile', async () => {
  const { clock, store, server, start } = rig({ theme: 'dark' })
  start()
  await clock.advance(1000)
  server.kept['theme'] = 'light'
  clock.setHidden(true)
  await clock.advance(60_000)
  clock.setHidden(false)
  await clock.advance(1000)
  expect(store.get('theme')).toBe('light')
})

test('after the sign-out nothing is asked any more', async () => {
  const { clock, store, start, asked } = rig()
  const stop = start()
  await clock.advance(1000)
  stop()
  const before = asked.length
  store.set('density', 'compact')
  clock.goOnline()
  await clock.advance(60_000)
  expect(asked).toHaveLength(before)
})
