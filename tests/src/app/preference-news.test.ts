// A choice made on another machine is here at once, whichever of its two ways is the faster.
import { expect, test } from 'vitest'
import type { Preferences } from '#contract/preferences.ts'
import { startPreferenceSync } from '#src/app/preference-sync.ts'
import type { Api } from '#src/lib/api.ts'
import { createPreferenceStore } from '#src/lib/preferences.ts'
import { ok } from '#src/lib/result.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

const choice = (value: unknown, second: number): Preferences => ({
  preferences: { theme: { value, changed_at: `2026-11-20T14:00:${String(second).padStart(2, '0')}.000Z` } },
})

async function rig() {
  const clock = createFakeClock()
  let text: string | null = null
  const store = createPreferenceStore(
    { read: () => text, write: (next) => void (text = next), onChange: () => () => {} },
    clock.now,
  )
  const asked: string[] = []
  const api = {
    request: async (route: string) => {
      asked.push(route)
      return ok(choice('light', 10))
    },
  } as unknown as Api
  let hear: (choices: Preferences | null) => void = () => {}
  const stop = startPreferenceSync({
    store,
    api,
    clock,
    page: clock.page,
    news(listener) {
      hear = listener
      return () => {
        hear = () => {}
      }
    },
  })
  await clock.advance(1000)
  return { clock, store, asked, stop, hear: (choices: Preferences | null) => hear(choices) }
}

test('what was chosen elsewhere is taken as it comes', async () => {
  const { store, hear } = await rig()
  hear(choice('dark', 20))
  expect(store.get('theme')).toBe('dark')
})

test('an older choice that comes late changes nothing', async () => {
  const { store, hear } = await rig()
  hear(choice('dark', 5))
  expect(store.get('theme')).toBe('light')
})

test('a choice of this machine that is not sent yet stays, whatever is heard', async () => {
  const { store, hear } = await rig()
  store.set('theme', 'auto')
  hear(choice('dark', 20))
  expect(store.get('theme')).toBe('auto')
})

test('after breaks of the line everything is asked for again, once; when it is over nobody listens', async () => {
  const { clock, asked, hear, stop, store } = await rig()
  const before = asked.length
  for (let cut = 0; cut < 5; cut++) hear(null)
  await clock.advance(16_000)
  expect(asked.slice(before)).toEqual(['GET /api/v1/me/preferences'])
  stop()
  hear(choice('dark', 30))
  expect(store.get('theme')).toBe('light')
})
