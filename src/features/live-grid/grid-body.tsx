// The canvas of the board: heads of the bays by React, rows by the row sheet, and the keys that walk through them.
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { BayHeader } from '#src/features/live-grid/bay-header.tsx'
import { bayTop, canvasHeight } from '#src/features/live-grid/board-geometry.ts'
import { type RowSheet, createRowSheet } from '#src/features/live-grid/row-sheet.ts'
import type { ColumnId } from '#src/floor/view.ts'
import { useBoard, useDesk, useLiveStore } from '#src/live/use-live.ts'
import { useAction } from '#src/ui/actions.tsx'

interface GridBodyProps {
  scroller: RefObject<HTMLDivElement | null>
  /** The same array as long as the columns are the same. */
  columns: readonly ColumnId[]
  rowHeight: number
  /** The keyboard's place; null: the first row. */
  activeId: string | null
  openId: string | null
  onOpen: (callId: string) => void
  onActivate: (callId: string) => void
  /** The pointer is over the rows, or left them. */
  onPoint: (over: boolean) => void
}

const callIdOf = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest<HTMLElement>('[data-call-id]')?.dataset.callId ?? null) : null

/** All rows of the board; only those in sight exist. */
export function GridBody(props: GridBodyProps) {
  const { scroller, columns, rowHeight, activeId, openId, onOpen, onActivate, onPoint } = props
  const board = useBoard()
  const desk = useDesk()
  const store = useLiveStore()
  const host = useRef<HTMLDivElement>(null)
  const sheet = useRef<RowSheet | null>(null)
  useLayoutEffect(() => {
    // By the page, not by the reference: React sets those of parents after the effects of their children.
    const around = host.current?.closest<HTMLElement>('[data-grid-scroller]')
    if (!host.current || !around) return
    sheet.current = createRowSheet({ host: host.current, scroller: around, desk, store })
    return () => {
      sheet.current?.destroy()
      sheet.current = null
    }
  }, [desk, store])
  useLayoutEffect(() => {
    sheet.current?.configure({ columns, rowHeight, activeId, openId })
  }, [desk, store, columns, rowHeight, activeId, openId])

  useGridKeys({ activeId, sheet, scroller, onOpen })
  const handleKey = (event: KeyboardEvent) => {
    const callId = callIdOf(event.target)
    if (event.key !== 'Enter' || callId === null) return
    event.preventDefault()
    onOpen(callId)
  }
  const withCall = (run: (callId: string) => void) => (event: { target: EventTarget }) => {
    const callId = callIdOf(event.target)
    if (callId !== null) run(callId)
  }
  return (
    <div
      role="rowgroup"
      className="grid-canvas"
      style={{ height: canvasHeight(board, rowHeight) }}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
    >
      {board.bays.map((place, index) => (
        <BayHeader
          key={place.bay}
          place={place}
          rowIndex={place.first + index + 2}
          columnCount={columns.length}
          top={bayTop(board, index, rowHeight)}
          rowHeight={rowHeight}
        />
      ))}
      <div
        ref={host}
        role="presentation"
        onClick={withCall(onOpen)}
        onKeyDown={handleKey}
        onFocus={withCall(onActivate)}
      />
    </div>
  )
}

interface GridKeys {
  activeId: string | null
  sheet: RefObject<RowSheet | null>
  scroller: RefObject<HTMLDivElement | null>
  onOpen: (callId: string) => void
}

function useGridKeys({ activeId, sheet, scroller, onOpen }: GridKeys) {
  const board = useBoard()
  const desk = useDesk()
  const active = () => activeId ?? desk.getState().window.firstId
  /** Where the keyboard is going: steps may come faster than rows from the desk. */
  const target = useRef<{ from: string | null; index: number } | null>(null)
  useEffect(() => {
    target.current = null
  }, [activeId])
  const step = (by: 1 | -1) => {
    const id = active()
    const place = id === null ? undefined : desk.getState().window.places[id]
    const inGrid = scroller.current?.contains(document.activeElement) ?? false
    const at = target.current?.from === id ? target.current.index : (place ?? 0)
    const index = Math.max(0, Math.min(board.count - 1, inGrid ? at + by : at))
    target.current = { from: id, index }
    sheet.current?.focusRow(index)
  }
  useAction('row.next', () => step(1), board.count > 0)
  useAction('row.previous', () => step(-1), board.count > 0)
  useAction(
    'row.open',
    () => {
      const id = active()
      if (id !== null) onOpen(id)
    },
    board.count > 0,
  )
  useAction('order.apply', desk.applyOrder, board.waiting > 0)
}
