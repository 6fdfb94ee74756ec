// The age beside "live": looked at with the clock, true when it is written, and not moved by every frame that comes.
import { act } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderLive } from '#tests/support/render-live.tsx'

const age = () => document.querySelector('.conn-age')?.textContent

test('the age counts from the last frame that was heard, once a second', async () => {
  const { store, clock, pass } = await renderLive()
  const untilSecond = () => pass(1000 - (clock.now() % 1000))
  await untilSecond()
  act(() => store.noteHeard(clock.now() - 200))
  await pass(1000)
  expect(age()).toBe('· 1.2 s')
  await pass(400)
  act(() => store.noteHeard(clock.now()))
  await pass(100)
  // Nothing but the clock moves it, else it would jump with the stream.
  expect(age()).toBe('· 1.2 s')
  await untilSecond()
  expect(age()).toBe('· 0.6 s')
})

test('a line that is back says its own age at once, not that of before the break', async () => {
  const { store, clock, pass, connect } = await renderLive()
  await connect({ status: 'offline', since: clock.now() })
  await pass(7000)
  expect(age()).toBeUndefined()
  act(() => store.noteHeard(clock.now()))
  await connect({ status: 'live', since: clock.now(), lastFrameAt: clock.now() })
  expect(age()).toBe('· 0.0 s')
})
