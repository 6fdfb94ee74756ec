// The order that assistive technology is told: rows from the top, each head before the rows of its bay.
import { expect, test } from 'vitest'
import { toldOrder } from '#src/features/live-grid/told-order.ts'
import type { BayPlace } from '#src/floor/desk.ts'

const bay = (name: BayPlace['bay'], first: number, count: number): BayPlace => ({
  bay: name,
  first,
  count,
  oldest: null,
})
const row = (index: number) => ({ id: `r${index}`, index })

test.each([
  ['rows alone', [], [2, 0, 1], 'r0 r1 r2'],
  [
    'heads between their rows, an empty bay among them',
    [bay('act', 0, 0), bay('watch', 0, 2), bay('calm', 2, 2)],
    [3, 1, 0, 2],
    'grid-bay-act grid-bay-watch r0 r1 grid-bay-calm r2 r3',
  ],
  [
    'heads of bays that are out of sight keep their places',
    [bay('act', 0, 50), bay('calm', 50, 9), bay('new', 59, 1)],
    [52, 51],
    'grid-bay-act grid-bay-calm r51 r52 grid-bay-new',
  ],
  ['no rows yet', [bay('act', 0, 0)], [], 'grid-bay-act'],
] as const)('%s', (_name, bays, indexes, told) => {
  expect(toldOrder({ bays: [...bays] }, indexes.map(row))).toBe(told)
})
