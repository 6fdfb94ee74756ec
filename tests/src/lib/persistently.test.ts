import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { persistently } from '#src/lib/persistently.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a part that does not come is asked for again until it comes, and then is there for everybody', async () => {
  let asked = 0
  const load = persistently(async () => {
    asked += 1
    if (asked < 4) throw new Error('The server is away.')
    return 'the part'
  })
  const first = load()
  await vi.advanceTimersByTimeAsync(2999)
  expect(asked).toBe(2)
  await vi.advanceTimersByTimeAsync(4001)
  expect(asked).toBe(4)
  expect(await first).toBe('the part')
  expect(await load()).toBe('the part')
  expect(asked).toBe(4)
})

test('nothing is asked for before somebody wants it', () => {
  let asked = 0
  persistently(async () => {
    asked += 1
  })
  expect(asked).toBe(0)
})
