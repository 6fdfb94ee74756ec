// The board: every live call as a row that stays where it is while somebody reads it.
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useConnection, useLiveStore } from '#src/live/use-live.ts'
import { ColumnHeads } from '#src/features/live-grid/column-heads.tsx'
import { columnLayout, fittingColumns, narrowPx } from '#src/features/live-grid/columns.ts'
import { GridBody } from '#src/features/live-grid/grid-body.tsx'
import { GridStatus } from '#src/features/live-grid/grid-status.tsx'
import { useBoard } from '#src/features/live-grid/use-board.ts'
import { gridItemCount } from '#src/features/live-grid/use-grid-rows.ts'
import { useWidth } from '#src/features/live-grid/use-width.ts'
import { type ColumnId, type GridView, type SortRule, columnIds } from '#src/features/live-grid/view.ts'
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
  const shown = useMemo(() => visibleColumns(view, width), [view, width])
  const { status } = useConnection()
  const arrivals = useArrivals()

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
        aria-rowcount={gridItemCount(board) + 1}
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
            <GridBody
              board={board}
              scroller={scroller}
              columns={shown}
              rowHeight={rowHeight}
              active={active}
              openId={openId}
              arrivals={arrivals}
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
