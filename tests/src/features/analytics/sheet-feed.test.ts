import { expect, test } from 'vitest'
import type { ApiProblem } from '#contract/errors.ts'
import { createSheetFeed } from '#src/features/analytics/sheet-feed.ts'
import { type Result, fail, ok } from '#src/lib/result.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

function start(answer: (count: number) => Result<string, ApiProblem> | Promise<Result<string, ApiProblem>>) {
  const clock = createFakeClock()
  const feed = createSheetFeed<string>({ clock, page: clock.scheduler })
  let asked = 0
  const question = (key: string, isLive = true) => ({
    key,
    isLive,
    ask: async () => {
      asked += 1
      return answer(asked)
    },
  })
  return { clock, feed, question, asked: () => asked }
}
const numbered = (count: number) => ok(`answer ${count}`)

test('figures that go on are asked for again after half a minute, and never while nobody looks', async () => {
  const { clock, feed, question, asked } = start(numbered)
  feed.show(question('a'))
  await clock.advance(10)
  expect(feed.getState()).toMatchObject({ sheet: 'answer 1', key: 'a' })
  await clock.advance(29_000)
  expect(asked()).toBe(1)
  await clock.advance(2000)
  expect(asked()).toBe(2)
  clock.setHidden(true)
  await clock.advance(300_000)
  expect(asked()).toBe(2)
  clock.setHidden(false)
  await clock.advance(10)
  expect(asked()).toBe(3)
})

test('a period that is over is asked for once', async () => {
  const { clock, feed, question, asked } = start(numbered)
  feed.show(question('last week', false))
  await clock.advance(600_000)
  expect(asked()).toBe(1)
})

test('quick changes are asked for once, and what was seen before is there at once', async () => {
  const { clock, feed, question, asked } = start(numbered)
  feed.show(question('a'))
  await clock.advance(10)
  for (const key of ['b', 'c', 'd']) {
    feed.show(question(key))
    await clock.advance(100)
  }
  expect(asked()).toBe(1)
  expect(feed.getState()).toMatchObject({ sheet: 'answer 1', key: 'a' })
  await clock.advance(300)
  expect(feed.getState()).toMatchObject({ sheet: 'answer 2', key: 'd' })
  feed.show(question('a'))
  expect(feed.getState()).toMatchObject({ sheet: 'answer 1', key: 'a' })
  await clock.advance(1000)
  expect(asked()).toBe(2)
})

test('who asked too often waits as long as the server says, whatever is pressed, and keeps the figures', async () => {
  const busy = fail({ status: 429, code: 'RATE_LIMITED', message: '', retryAfter: 40 })
  const { clock, feed, question, asked } = start((count) => (count === 2 ? busy : numbered(count)))
  feed.show(question('a'))
  await clock.advance(10)
  feed.refresh()
  await clock.advance(10)
  expect(feed.getState()).toMatchObject({ sheet: 'answer 1', problem: { status: 429 } })
  feed.refresh()
  feed.show(question('b'))
  await clock.advance(39_000)
  expect(asked()).toBe(2)
  await clock.advance(2000)
  expect(feed.getState()).toMatchObject({ sheet: 'answer 3', key: 'b', problem: null })
})

test('an answer that takes longer than a second is said to be on its way; a fault is tried again', async () => {
  let give: (result: Result<string, ApiProblem>) => void = () => {}
  const { clock, feed, question } = start((count) =>
    count === 1 ? new Promise((resolve) => (give = resolve)) : numbered(count),
  )
  feed.show(question('a'))
  await clock.advance(900)
  expect(feed.getState().isSlow).toBe(false)
  await clock.advance(200)
  expect(feed.getState().isSlow).toBe(true)
  give(fail({ status: 0, code: 'NETWORK', message: '' }))
  await clock.advance(10)
  expect(feed.getState()).toMatchObject({ isSlow: false, problem: { code: 'NETWORK' } })
  await clock.advance(11_000)
  expect(feed.getState()).toMatchObject({ sheet: 'answer 2', problem: null })
})
