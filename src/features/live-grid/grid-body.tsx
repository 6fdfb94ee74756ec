// The rows that are on screen. Scrolling renders this part alone, never the sorting and filtering above it.
import { type RefObject, useEffect, useState } from 'react'
import { BayHeader } from '#src/features/live-grid/bay-header.tsx'
import { Row } from '#src/features/live-grid/row.tsx'
import type { Board } from '#src/features/live-grid/use-board.ts'
import { headHeight, useGridRows } from '#src/features/live-grid/use-grid-rows.ts'
import type { ColumnId } from '#src/features/live-grid/view.ts'
import { useAction } from '#src/ui/actions.tsx'

interface GridBodyProps {
  board: Board
  scroller: RefObject<HTMLDivElement | null>
  columns: readonly ColumnId[]
  rowHeight: number
  /** The keyboard's place. */
  active: string | null
  openId: string | null
  /** Calls that came after the floor was first shown. */
  arrivals: ReadonlySet<string>
  onOpen: (callId: string) => void
  onActivate: (callId: string) => void
  /** The pointer is over the rows, or left them. */
  onPoint: (over: boolean) => void
}

/** The virtual rows with the heads of their bays. */
export function GridBody(props: GridBodyProps) {
  const { board, scroller, columns, rowHeight, active, openId, arrivals, onOpen, onActivate, onPoint } = props
  const { items, virtualizer, stickyIndex, activeIndex } = useGridRows(scroller, board, rowHeight, active)
  useGridKeys({ board, active, scroller, onOpen, move: onActivate, virtualizer, items, activeIndex })
  return (
    <div
      role="rowgroup"
      className="grid-canvas"
      style={{ height: virtualizer.getTotalSize() }}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
    >
      {virtualizer.getVirtualItems().map(({ index, start, key }) => {
        const item = items[index]
        if (!item) return null
        const top = start - headHeight
        if (item.kind === 'bay')
          return (
            <BayHeader
              key={key}
              bay={item.bay}
              count={item.count}
              oldest={item.oldest}
              rowIndex={index + 2}
              columnCount={columns.length}
              top={top}
              sticky={index === stickyIndex}
            />
          )
        return (
          <Row
            key={key}
            callId={item.callId}
            columns={columns}
            rowIndex={index + 2}
            top={top}
            height={rowHeight}
            active={item.callId === active}
            open={item.callId === openId}
            fresh={arrivals.has(item.callId)}
            onOpen={onOpen}
            onActivate={onActivate}
          />
        )
      })}
    </div>
  )
}

interface GridKeys {
  board: Board
  active: string | null
  activeIndex: number
  items: ReturnType<typeof useGridRows>['items']
  virtualizer: ReturnType<typeof useGridRows>['virtualizer']
  scroller: RefObject<HTMLDivElement | null>
  move: (callId: string) => void
  onOpen: (callId: string) => void
}

function useGridKeys({ board, active, activeIndex, items, virtualizer, scroller, move, onOpen }: GridKeys) {
  const [wantsFocus, setWantsFocus] = useState<string | null>(null)
  const step = (by: 1 | -1) => {
    const inGrid = scroller.current?.contains(document.activeElement) ?? false
    let index = inGrid ? activeIndex + by : activeIndex
    while (items[index]?.kind === 'bay') index += by
    const item = items[Math.max(0, index)]
    if (item?.kind !== 'row') return
    virtualizer.scrollToIndex(items.indexOf(item), { align: 'auto' })
    move(item.callId)
    setWantsFocus(item.callId)
  }
  useEffect(() => {
    if (wantsFocus === null) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-call-id="${CSS.escape(wantsFocus)}"]`)
    row?.focus({ preventScroll: true })
    setWantsFocus(null)
  }, [wantsFocus, scroller])
  useAction('row.next', () => step(1), board.ids.length > 0)
  useAction('row.previous', () => step(-1), board.ids.length > 0)
  useAction('row.open', () => active && onOpen(active), active !== null)
  useAction('order.apply', board.applyOrder, board.waiting > 0)
}
