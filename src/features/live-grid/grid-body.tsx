// The canvas of the board: heads of the bays by React, rows by the row sheet, and the keys that walk through them.
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import { BayHeader } from '#src/features/live-grid/bay-header.tsx'
import { bayTop, canvasHeight } from '#src/features/live-grid/board-geometry.ts'
import { followPointer } from '#src/features/live-grid/follow-pointer.ts'
import { tellWholeText } from '#src/features/live-grid/tell-whole-text.ts'
import type { PlacedColumns } from '#src/features/live-grid/columns.ts'
import { callIdOf } from '#src/features/live-grid/on-row.ts'
import type { Picking } from '#src/features/live-grid/use-picked.ts'
import { type RowSheet, createRowSheet } from '#src/features/live-grid/row-sheet.ts'
import { useBoard, useDesk, useLiveStore } from '#src/live/use-live.ts'
import { useAction } from '#src/ui/actions.tsx'

interface GridBodyProps {
  scroller: RefObject<HTMLDivElement | null>
  /** The same object as long as the columns are the same. */
  placed: PlacedColumns
  rowHeight: number
  /** The keyboard's place; null: the first row. */
  activeId: string | null
  openId: string | null
  picking: Picking
  onOpen: (callId: string) => void
  onWatch: (callIds: readonly string[]) => void
  onActivate: (callId: string) => void
  /** The pointer is over the rows, or left them. */
  onPoint: (over: boolean) => void
}

/** All rows of the board; only those in sight exist. */
export function GridBody(props: GridBodyProps) {
  const { scroller, placed, rowHeight, activeId, openId, picking, onOpen, onActivate, onPoint } = props
  const picked = picking.ids
  const board = useBoard()
  const desk = useDesk()
  const store = useLiveStore()
  const host = useRef<HTMLDivElement>(null)
  const sheet = useRef<RowSheet | null>(null)
  useLayoutEffect(() => {
    // By the page, not by the reference: React sets those of parents after the effects of their children.
    const around = host.current?.closest<HTMLElement>('[data-grid-scroller]')
    const group = host.current?.parentElement
    if (!host.current || !group || !around) return
    sheet.current = createRowSheet({ host: host.current, group, scroller: around, desk, store })
    return () => {
      sheet.current?.destroy()
      sheet.current = null
    }
  }, [desk, store])
  useLayoutEffect(() => {
    sheet.current?.configure({ placed, rowHeight, activeId, openId, picked })
  }, [desk, store, placed, rowHeight, activeId, openId, picked])
  useEffect(() => {
    const canvas = host.current?.parentElement
    return canvas ? followPointer(canvas, desk, onPoint) : undefined
  }, [desk, onPoint])
  useEffect(() => {
    const canvas = host.current?.parentElement
    return canvas ? tellWholeText(canvas) : undefined
  }, [])

  const { step } = useGridKeys({ ...props, sheet, scroller })
  const handleKey = (event: KeyboardEvent) => {
    const callId = callIdOf(event.target)
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (callId === null) return
    if (event.key === 'Enter') onOpen(callId)
    else if (event.key === ' ' && event.shiftKey) picking.toggle(callId)
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) picking.all()
    else if (event.key === 'Escape' && picked.size > 0) picking.clear()
    else if (by !== 0 && event.shiftKey) extend(callId, by)
    else return
    event.preventDefault()
  }
  /** Shift and an arrow: the row left and the row come to are both picked. */
  const extend = (callId: string, by: 1 | -1) => {
    if (!picked.has(callId)) picking.toggle(callId)
    const place = desk.getState().window.places[callId]
    const next =
      place === undefined ? undefined : desk.getState().window.ids[place + by - desk.getState().window.from]
    if (next !== undefined) picking.extendTo(next)
    step(by)
  }
  const handleClick = (event: MouseEvent) => {
    const callId = callIdOf(event.target)
    if (callId === null) return
    const isBox = event.target instanceof Element && event.target.closest('[data-col="pick"]') !== null
    if (event.shiftKey) picking.extendTo(callId)
    else if (isBox || event.ctrlKey || event.metaKey) picking.toggle(callId)
    else onOpen(callId)
  }
  const withCall = (run: (callId: string) => void) => (event: { target: EventTarget }) => {
    const callId = callIdOf(event.target)
    if (callId !== null) run(callId)
  }
  return (
    <div
      role="rowgroup"
      className="grid-canvas"
      style={{ height: canvasHeight(board, rowHeight), ['--row-height' as string]: `${rowHeight}px` }}
    >
      {board.bays.map((place, index) => (
        <BayHeader
          key={place.bay}
          place={place}
          rowIndex={place.first + index + 2}
          columnCount={placed.ids.length}
          top={bayTop(board, index, rowHeight)}
          rowHeight={rowHeight}
        />
      ))}
      <div
        ref={host}
        role="presentation"
        onClick={handleClick}
        onMouseDown={(event) => {
          // Shift picks rows; it is not to mark their text.
          if (event.shiftKey) event.preventDefault()
        }}
        onKeyDown={handleKey}
        onFocus={withCall(onActivate)}
      />
    </div>
  )
}

interface GridKeys extends Pick<GridBodyProps, 'activeId' | 'scroller' | 'picking' | 'onOpen' | 'onWatch'> {
  sheet: RefObject<RowSheet | null>
}

function useGridKeys({ activeId, sheet, scroller, picking, onOpen, onWatch }: GridKeys) {
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
  useAction(
    'row.pick',
    () => {
      const id = active()
      if (id !== null) picking.toggle(id)
    },
    board.count > 0,
  )
  useAction('rows.pick-all', picking.all, board.fitting > 0)
  useAction(
    'row.watch',
    () => {
      const id = active()
      if (picking.ids.size > 0) onWatch([...picking.ids])
      else if (id !== null) onWatch([id])
    },
    board.count > 0,
  )
  return { step }
}
