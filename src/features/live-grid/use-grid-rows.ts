// Which rows and bay heads are on screen, and where: the virtual list under the grid.
import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react'
import { type Bay, type Board, bayOrder } from '#src/features/live-grid/use-board.ts'

export type GridItem =
  | { kind: 'bay'; bay: Bay; count: number; oldest: string | undefined }
  | { kind: 'row'; callId: string }

export const headHeight = 28
export const bayHeight = 28

/** Rows with the heads of their bays; an empty Act now keeps its head. */
export function gridItems({ ids, bayOf, byBay }: Pick<Board, 'ids' | 'bayOf' | 'byBay'>): GridItem[] {
  if (!byBay) return ids.map((callId) => ({ kind: 'row', callId }))
  return bayOrder.flatMap((bay): GridItem[] => {
    const inBay = ids.filter((id) => bayOf.get(id) === bay)
    if (inBay.length === 0 && bay !== 'act') return []
    return [
      { kind: 'bay', bay, count: inBay.length, oldest: bay === 'act' ? inBay[0] : undefined },
      ...inBay.map((callId): GridItem => ({ kind: 'row', callId })),
    ]
  })
}

/** How many rows and bay heads there are, rendered or not. */
export function gridItemCount({ ids, bayOf, byBay }: Pick<Board, 'ids' | 'bayOf' | 'byBay'>): number {
  if (!byBay) return ids.length
  const bays = new Set(ids.map((id) => bayOf.get(id)))
  return ids.length + bays.add('act').size
}

/** The virtual rows of the grid. The active row stays rendered wherever one scrolls, so that focus is never lost. */
export function useGridRows(
  scroller: RefObject<HTMLDivElement | null>,
  board: Board,
  rowHeight: number,
  activeId: string | null,
) {
  const { ids, bayOf, byBay } = board
  const items = useMemo(() => gridItems({ ids, bayOf, byBay }), [ids, bayOf, byBay])
  const bayIndexes = useMemo(
    () => items.flatMap((item, index) => (item.kind === 'bay' ? [index] : [])),
    [items],
  )
  const activeIndex = useMemo(
    () => items.findIndex((item) => item.kind === 'row' && item.callId === activeId),
    [items, activeId],
  )
  const stickyIndex = useRef(-1)

  const rangeExtractor = useCallback(
    (range: Range) => {
      stickyIndex.current = bayIndexes.findLast((index) => index <= range.startIndex) ?? -1
      const indexes = new Set(defaultRangeExtractor(range))
      if (stickyIndex.current >= 0) indexes.add(stickyIndex.current)
      if (activeIndex >= 0) indexes.add(activeIndex)
      return [...indexes].sort((a, b) => a - b)
    },
    [bayIndexes, activeIndex],
  )
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'bay' ? bayHeight : rowHeight),
    getItemKey: (index) => {
      const item = items[index]
      return !item ? index : item.kind === 'bay' ? `bay ${item.bay}` : item.callId
    },
    rangeExtractor,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight + bayHeight,
  })
  // Heights follow from the kinds of the items: when those change, what was measured before is wrong.
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight, items])
  return { items, virtualizer, stickyIndex: stickyIndex.current, activeIndex }
}
