// The board: every live call as a row that stays where it is while somebody reads it.
import { type ReactNode, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useBoard, useConnection, useDesk } from '#src/live/use-live.ts'
import { ColumnHeads } from '#src/features/live-grid/column-heads.tsx'
import { isPhone, narrowPx } from '#src/features/live-grid/columns.ts'
import { GridBody } from '#src/features/live-grid/grid-body.tsx'
import { GridStatus } from '#src/features/live-grid/grid-status.tsx'
import type { Picking } from '#src/features/live-grid/use-picked.ts'
import { useColumns } from '#src/features/live-grid/use-columns.ts'
import { useWidth } from '#src/ui/use-width.ts'
import { isOnRow } from '#src/features/live-grid/on-row.ts'
import type { GridView } from '#src/floor/view.ts'
import './live-grid.css'

interface LiveGridProps {
  view: GridView
  compact: boolean
  paused: boolean
  /** A menu over the board is open: rows keep their places. */
  menuOpen: boolean
  openId: string | null
  picking: Picking
  /** Calls that stand first, whatever the filter and the order say; the same array as long as they are the same. */
  watchlist: readonly string[]
  onOpen: (callId: string) => void
  onView: (view: GridView) => void
  /** Puts these calls on the watch list, or takes them off when all are on it. */
  onWatch: (callIds: readonly string[]) => void
  /** What stands over the status line while calls are picked. */
  bar?: ReactNode
  /** Shown instead of rows: loading, empty, filtered out, denied or failed. Gets what the filter hides. */
  fallback: (state: { hidden: number; total: number }) => ReactNode
}

/** The grid of calls with its status line. */
export function LiveGrid(props: LiveGridProps) {
  const {
    view,
    compact,
    paused,
    menuOpen,
    openId,
    picking,
    watchlist,
    onOpen,
    onView,
    onWatch,
    bar,
    fallback,
  } = props
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [headMenu, setHeadMenu] = useState(false)
  const held = pointed || focused || menuOpen || headMenu || paused || picking.ids.size > 0
  const board = useBoard()
  const desk = useDesk()
  useLayoutEffect(() => desk.ask({ view, held, paused, watchlist }), [desk, view, held, paused, watchlist])
  const isPointed = useRef(false)
  const handlePoint = useCallback(
    (over: boolean) => {
      // At once and not with the next render: the order must not move while the screen is told of the pointer.
      if (isPointed.current === over) return
      isPointed.current = over
      if (over) desk.ask({ held: true })
      setPointed(over)
    },
    [desk],
  )
  const onPhone = isPhone(width)
  const rowHeight = onPhone ? 72 : compact ? 32 : 40
  const placed = useColumns(view, width)
  const { ids: shown, lefts } = placed
  const { status } = useConnection()

  const isNarrow = width > 0 && width < narrowPx
  return (
    <section className="board" aria-label="Live calls">
      <div
        ref={scroller}
        role="grid"
        aria-label="Live calls"
        aria-rowcount={board.count + board.bays.length + 1}
        aria-colcount={shown.length + 1}
        aria-multiselectable="true"
        className={`grid${compact && !onPhone ? ' grid-compact' : ''}${onPhone ? ' grid-phone' : ''}${isNarrow ? ' grid-narrow' : ''}`}
        data-grid-scroller
        data-stale={status === 'live' || status === 'catching-up' ? undefined : true}
        data-picking={picking.ids.size > 0 || undefined}
        onFocus={(event) => setFocused(isOnRow(event.target))}
        onBlur={(event) => setFocused(isOnRow(event.relatedTarget))}
      >
        <div
          style={{
            minWidth: onPhone ? undefined : placed.minWidth,
            ['--grid-tracks' as string]: placed.tracks,
          }}
        >
          <ColumnHeads
            columns={shown}
            lefts={lefts}
            view={view}
            picking={picking}
            onChange={onView}
            onMenu={setHeadMenu}
          />
          {board.count === 0 && !(board.byBay && board.total > 0 && board.hidden === 0) ? (
            fallback(board)
          ) : (
            <GridBody
              scroller={scroller}
              placed={placed}
              picking={picking}
              onWatch={onWatch}
              rowHeight={rowHeight}
              activeId={activeId}
              openId={openId}
              onOpen={onOpen}
              onActivate={setActiveId}
              onPoint={handlePoint}
            />
          )}
        </div>
      </div>
      {bar}
      <GridStatus board={board} paused={paused} compact={compact} />
    </section>
  )
}
