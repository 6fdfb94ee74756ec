// What is said of a gap when the line is back: how long it was, and that a stumble afterwards does not hide it.
import { expect, test } from 'vitest'
import { createConnectionReport } from '#src/gateway/connection-report.ts'
import type { Connection, ConnectionStatus } from '#src/lib/connection.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'

/** A line that is live and has just shown life. */
function liveLine() {
  const clock = createFakeClock()
  const told: Connection[] = []
  const report = createConnectionReport(clock, (connection) => told.push(connection))
  const live = () => {
    report.onFrame(null)
    report.become('live')
  }
  live()
  return {
    clock,
    told: () => told.at(-1) as Connection,
    /** The line goes through a status for so long, and is live again. */
    async through(status: ConnectionStatus, ms: number) {
      report.become(status)
      await clock.advance(ms)
      live()
    },
  }
}

test.each([
  ['offline', 400],
  ['offline', 40_000],
  ['stale', 13_000],
  ['catching-up', 2000],
] as const)('a line that was %s for %i ms says so, and when it was made good', async (status, ms) => {
  const line = liveLine()
  await line.through(status, ms)
  expect(line.told()).toMatchObject({ status: 'live', lastGapMs: ms, lastGapAt: line.clock.now() })
})

test('a stumble that nobody could read of is no gap', async () => {
  const line = liveLine()
  await line.through('catching-up', 300)
  expect(line.told()).toMatchObject({ status: 'live', lastGapMs: null, lastGapAt: null })
})

test('a stumble right after a gap neither hides the gap nor tells it as a new one', async () => {
  const line = liveLine()
  await line.through('offline', 40_000)
  const healedAt = line.clock.now()
  await line.clock.advance(200)
  await line.through('catching-up', 300)
  expect(line.told()).toMatchObject({ status: 'live', lastGapMs: 40_000, lastGapAt: healedAt })
})
