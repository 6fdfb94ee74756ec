// The order of heads and rows for assistive technology. It is told by reference (`aria-owns`), because an element that is moved in the
// document is styled, laid out and painted from nothing, and a new order moves many of those in sight.
import type { Bay } from '#src/floor/board-order.ts'
import type { Board } from '#src/floor/desk.ts'

/** Id of the row that is a bay's head. */
export const bayHeadId = (bay: Bay): string => `grid-bay-${bay}`

/** Ids of all heads and of these rows as they stand from the top, parted by spaces: each head before the rows of its bay. */
export function toldOrder(
  { bays }: Pick<Board, 'bays'>,
  rows: readonly { id: string; index: number }[],
): string {
  const told: string[] = []
  let heads = 0
  const headsUpTo = (index: number): void => {
    for (; heads < bays.length && (bays[heads]?.first ?? 0) <= index; heads += 1) {
      const head = bays[heads]
      if (head) told.push(bayHeadId(head.bay))
    }
  }
  for (const { id, index } of rows.toSorted((a, b) => a.index - b.index)) {
    headsUpTo(index)
    told.push(id)
  }
  headsUpTo(Number.POSITIVE_INFINITY)
  return told.join(' ')
}
