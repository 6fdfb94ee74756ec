// The board: every live call as a row that stays where it is while somebody reads it.
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useBoard, useConnection, useDesk } from '#src/live/use-live.ts'
import { ColumnHeads } from '#src/features/live-grid/column-heads.tsx'
import { columnLayout, fittingColumns, narrowPx } from '#src/features/live-grid/columns.ts'
import { GridBody } from '#src/features/live-grid/grid-body.tsx'
import { GridStatus } from '#src/features/live-grid/grid-status.tsx'
import { useWidth } from '#src/features/live-grid/use-width.ts'
import { type ColumnId, type GridView, type SortRule, columnIds } from '#src/floor/view.ts'
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
  const board = useBoard()
  const desk = useDesk()
  useLayoutEffect(() => desk.ask({ view, held, paused }), [desk, view, held, paused])
  const isPhone = width > 0 && width < 560
  const rowHeight = isPhone ? 72 : compact ? 32 : 40
  const names = visibleColumns(view, width).join(' ')
  const shown = useMemo(() => names.split(' ') as ColumnId[], [names])
  const { status } = useConnection()

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
        aria-rowcount={board.count + board.bays.length + 1}
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
          {board.count === 0 && !(board.byBay && board.total > 0 && board.hidden === 0) ? (
            fallback(board)
          ) : (
            <GridBody
              scroller={scroller}
              columns={shown}
              rowHeight={rowHeight}
              activeId={activeId}
              openId={openId}
              onOpen={onOpen}
              onActivate={setActiveId}
              onPoint={setPointed}
            />
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
