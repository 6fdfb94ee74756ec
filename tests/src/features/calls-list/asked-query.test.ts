import { expect, test } from 'vitest'
import { timeRange } from '#src/features/calls-list/asked-query.ts'

const chicago = 'America/Chicago'

test.each([
  ['today', '2026-11-21T03:00:00Z', { from: '2026-11-20T06:00:00.000Z' }],
  ['yesterday', '2026-11-21T12:00:00Z', { from: '2026-11-20T06:00:00.000Z', to: '2026-11-21T05:59:59.999Z' }],
  ['7d', '2026-11-21T12:00:00Z', { from: '2026-11-15T06:00:00.000Z' }],
  // Clocks go back on November 1st and forward on March 8th: days there have 25 and 23 hours.
  ['yesterday', '2026-11-02T12:00:00Z', { from: '2026-11-01T05:00:00.000Z', to: '2026-11-02T05:59:59.999Z' }],
  ['7d', '2026-11-03T12:00:00Z', { from: '2026-10-28T05:00:00.000Z' }],
  ['yesterday', '2026-03-09T12:00:00Z', { from: '2026-03-08T06:00:00.000Z', to: '2026-03-09T04:59:59.999Z' }],
] as const)('%s at %s begins and ends with days of Chicago', (period, now, range) => {
  expect(timeRange({ period }, chicago, Date.parse(now))).toEqual(range)
})
