import { expect, test } from 'vitest'
import { scoreBucket } from '#src/floor/attention-order.ts'
import { emptyView } from '#src/floor/desk.ts'
import { createFloorRows } from '#src/floor/floor-rows.ts'
import { sortRows } from '#src/floor/sort-calls.ts'
import { makeAttention, makeCall } from '#tests/support/factories.ts'

test.each([
  [44, undefined, 4],
  [51, 4, 4],
  [53, 4, 5],
  [38, 4, 4],
  [36, 4, 3],
  [97, 2, 9],
])('a score of %i that stood in ten %s stands in ten %i', (score, before, expected) => {
  expect(scoreBucket(score, before)).toBe(expected)
})

test('who needs me comes first, a wobble of the score moves nobody, and ties go to the older call', () => {
  const calm = makeCall({ id: 'calm', started_at: '2026-11-20T13:00:00.000Z' })
  const watch = makeCall({ id: 'watch', attention: makeAttention({ score: 49, level: 'watch' }) })
  const older = makeCall({
    id: 'older',
    started_at: '2026-11-20T13:30:00.000Z',
    attention: makeAttention({ score: 42, level: 'watch' }),
  })
  const act = makeCall({ id: 'act', attention: makeAttention({ score: 80, level: 'act' }) })
  const rows = createFloorRows()
  const order = (calls: (typeof calm)[]) => {
    const floor = new Map(calls.map((call) => [call.id, call]))
    rows.take(floor, { view: emptyView, mine: new Set(), now: 0, arrivedAt: 0 })
    const shown = rows.shownAfter([])
    sortRows(shown, [])
    return shown.map(({ id }) => id)
  }
  expect(order([calm, watch, older, act])).toEqual(['act', 'older', 'watch', 'calm'])
  const wobbled = { ...watch, attention: makeAttention({ score: 51, level: 'watch' }) }
  expect(order([calm, wobbled, older, act])).toEqual(['act', 'older', 'watch', 'calm'])
})
