// The board: every live call as a row that stays where it is while somebody reads it.
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useConnection, useLiveStore } from '#src/live/use-live.ts'
import { BayHeader } from '#src/features/live-grid/bay-header.tsx'
import { ColumnHeads } from '#src/features/live-grid/column-heads.tsx'
import { columnLayout, fittingColumns, narrowPx } from '#src/features/live-grid/columns.ts'
import { GridStatus } from '#src/features/live-grid/grid-status.tsx'
import { Row } from '#src/features/live-grid/row.tsx'
import { useBoard } from '#src/features/live-grid/use-board.ts'
import { headHeight, useGridRows } from '#src/features/live-grid/use-grid-rows.ts'
import { useWidth } from '#src/features/live-grid/use-width.ts'
import { type ColumnId, type GridView, type SortRule, columnIds } from '#src/features/live-grid/view.ts'
import { useAction } from '#src/ui/actions.tsx'
import './live-grid.css'

interface LiveGridProps {
  view: GridView
  compact: boolean
  paused: boolean
  /** A menu over the board is open: rows keep their places. */
  menuOpen: boolean
  openId: string | null
  onOpen: (callId: string) => void
  onSort: (sort: SortRule[]) => void
  /** Shown instead of rows: loading, empty, filtered out, denied or failed. Gets what the filter hides. */
  fallback: (state: { hidden: number; total: number }) => ReactNode
}

/** The grid of calls with its status line. */
export function LiveGrid(props: LiveGridProps) {
  const { view, compact, paused, menuOpen, openId, onOpen, onSort, fallback } = props
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const [activeId, setActiveId] = useState<string | null>(null)
  const held = pointed || focused || menuOpen || paused
  const board = useBoard(view, held)
  const isPhone = width > 0 && width < 560
  const rowHeight = isPhone ? 72 : compact ? 32 : 40
  const active = board.bayOf.has(activeId ?? '') ? activeId : (board.ids[0] ?? null)
  const { items, virtualizer, stickyIndex, activeIndex } = useGridRows(scroller, board, rowHeight, active)
  const shown = useMemo(() => visibleColumns(view, width), [view, width])
  const { status } = useConnection()
  const arrivals = useArrivals()
  useGridKeys({ board, active, scroller, onOpen, move: setActiveId, virtualizer, items, activeIndex })

  const isNarrow = width > 0 && width < narrowPx
  const tracks = shown
    .map((id) => (isNarrow ? (columnLayout[id].narrow ?? columnLayout[id].track) : columnLayout[id].track))
    .join(' ')
  const minWidth = shown.reduce((sum, id) => sum + columnLayout[id].min + 10, 0)
  return (
    <section className="board" aria-label="Live calls">
      <div
        ref={scroller}
        role="grid"
        aria-label="Live calls"
        aria-rowcount={items.length + 1}
        aria-colcount={shown.length}
        aria-multiselectable="false"
        className={`grid${compact && !isPhone ? ' grid-compact' : ''}${isPhone ? ' grid-phone' : ''}${isNarrow ? ' grid-narrow' : ''}`}
        data-grid-scroller
        data-stale={status === 'live' || status === 'catching-up' ? undefined : true}
        onFocus={() => setFocused(true)}
        onBlur={(event) => setFocused(event.currentTarget.contains(event.relatedTarget))}
      >
        <div style={{ minWidth: isPhone ? undefined : minWidth, ['--grid-tracks' as string]: tracks }}>
          <ColumnHeads columns={shown} sort={view.sort} onSort={onSort} />
          {board.ids.length === 0 && !(board.byBay && board.total > 0 && board.hidden === 0) ? (
            fallback(board)
          ) : (
            <div
              role="rowgroup"
              className="grid-canvas"
              style={{ height: virtualizer.getTotalSize() }}
              onPointerEnter={() => setPointed(true)}
              onPointerLeave={() => setPointed(false)}
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
                      columnCount={shown.length}
                      top={top}
                      sticky={index === stickyIndex}
                    />
                  )
                return (
                  <Row
                    key={key}
                    callId={item.callId}
                    columns={shown}
                    rowIndex={index + 2}
                    top={top}
                    height={rowHeight}
                    active={item.callId === active}
                    open={item.callId === openId}
                    fresh={arrivals.has(item.callId)}
                    onOpen={onOpen}
                    onActivate={setActiveId}
                  />
                )
              })}
            </div>
          )}
        </div>
      </div>
      <GridStatus board={board} held={held} paused={paused} compact={compact} />
    </section>
  )
}

function visibleColumns(view: GridView, width: number): readonly ColumnId[] {
  if (view.columns) return columnIds.filter((id) => view.columns?.includes(id))
  return fittingColumns(width || 1280)
}

/** Calls that came after the floor was first shown; only those are tinted. */
function useArrivals(): ReadonlySet<string> {
  const store = useLiveStore()
  const seen = useRef<Set<string> | null>(null)
  const fresh = useRef(new Set<string>())
  if (seen.current === null && store.getState().loaded) seen.current = new Set(store.callIds())
  if (seen.current)
    for (const id of store.callIds())
      if (!seen.current.has(id)) {
        seen.current.add(id)
        fresh.current.add(id)
      }
  return fresh.current
}

interface GridKeys {
  board: ReturnType<typeof useBoard>
  active: string | null
  activeIndex: number
  items: ReturnType<typeof useGridRows>['items']
  virtualizer: ReturnType<typeof useGridRows>['virtualizer']
  scroller: React.RefObject<HTMLDivElement | null>
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
