// What supervisors read: spans, numbers, moods; and the arithmetic behind waiting and the clock.
import { expect, test } from 'vitest'
import { backoffMs, reconnectBackoff } from '#src/lib/backoff.ts'
import { describeDuration, formatDuration } from '#src/lib/duration.ts'
import { formatCount, formatMood, formatPhone, formatShare } from '#src/lib/format.ts'
import { same } from '#src/lib/same.ts'
import { createServerClock } from '#src/lib/server-clock.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

test.each([
  [0, '00:00'],
  [999, '00:00'],
  [65_000, '01:05'],
  [3_599_999, '59:59'],
  [3_600_000, '1:00:00'],
  [36_061_000, '10:01:01'],
  [-5000, '00:00'],
])('%i ms stand as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  [40_400, '40 s'],
  [119_000, '119 s'],
  [180_000, '3 min'],
  [7_200_000, '2 h'],
])('a gap of %i ms is called %s', (ms, text) => {
  expect(describeDuration(ms)).toBe(text)
})

test.each([
  ['+12105550142', '(210) 555-0142'],
  ['+442079460018', '+44 207 946 0018'],
  ['+4930901820', '+49 309 018 20'],
  ['+353861234567', '+353 861 234 567'],
  ['anonymous', 'anonymous'],
  ['', ''],
])('the number %s reads %s', (number, text) => {
  expect(formatPhone(number)).toBe(text)
})

test.each([
  [0, '−1.0'],
  [0.3, '−0.4'],
  [0.5, '0.0'],
  [0.49, '0.0'],
  [0.7, '+0.4'],
  [1, '+1.0'],
])('a score of %d is a mood of %s', (score, text) => {
  expect(formatMood(score)).toBe(text)
})

test('shares are whole per cents, counts have their thousands apart', () => {
  expect([formatShare(0.823), formatShare(1), formatCount(1204)]).toEqual(['82 %', '100 %', '1,204'])
})

test('waits double up to 30 s, and chance only shortens them', () => {
  const waits = [0, 1, 2, 3, 4, 5, 99].map((attempt) => backoffMs(attempt, reconnectBackoff, () => 0))
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  expect(backoffMs(5, reconnectBackoff, () => 1)).toBe(21_000)
})

test('plain values are the same when they hold the same', () => {
  const call = { id: 'a', tags: ['x'], metadata: { deep: [1, null] } }
  expect(same(call, structuredClone(call))).toBe(true)
  expect(same(call, { ...call, tags: ['x', 'y'] })).toBe(false)
  expect(same({ a: undefined }, { b: undefined })).toBe(false)
  expect(same({ a: 1 }, { a: 1, b: 2 })).toBe(false)
  expect(same({ a: 1, b: 2 }, { a: 1 })).toBe(false)
  expect(same([], {})).toBe(false)
  expect(same(null, {})).toBe(false)
})

test('P16 the stamp that travelled fastest gives the offset', () => {
  const clock = createFakeClock()
  const server = createServerClock(clock)
  for (const late of [400, 30, 900]) {
    server.observe(clock.now() + 5000 - late)
    clock.tick(1000)
  }
  expect(server.offsetMs()).toBe(4970)
  expect(server.now()).toBe(clock.now() + 4970)
  server.observe(Number.NaN)
  expect(server.offsetMs()).toBe(4970)
})

test('P16 a clock that is set right is followed within two minutes', () => {
  const clock = createFakeClock()
  const server = createServerClock(clock)
  server.observe(clock.now() + 5000)
  for (let turn = 0; turn < 25; turn += 1) {
    clock.tick(5000)
    server.observe(clock.now() + 100)
  }
  expect(server.offsetMs()).toBe(100)
})

test('P16 after a jump of the clock the next stamp counts at once', () => {
  const clock = createFakeClock()
  const server = createServerClock(clock)
  server.observe(clock.now() + 5000)
  server.reset()
  expect(server.offsetMs()).toBe(5000)
  server.observe(clock.now() - 300)
  expect(server.offsetMs()).toBe(-300)
})
