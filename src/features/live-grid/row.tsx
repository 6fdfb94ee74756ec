// One call as one strip: every fact always at the same place.
import { type KeyboardEvent, memo } from 'react'
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import { useCall } from '#src/live/use-live.ts'
import { levelOf } from '#src/features/live-grid/attention-order.ts'
import { cells } from '#src/features/live-grid/cells.tsx'
import { columnLayout } from '#src/features/live-grid/columns.ts'
import type { ColumnId } from '#src/features/live-grid/view.ts'

interface RowProps {
  callId: string
  columns: readonly ColumnId[]
  /** Place in the grid for assistive technology, from 1. */
  rowIndex: number
  top: number
  height: number
  /** The keyboard's place in the grid. */
  active: boolean
  /** Its call is open in the pane. */
  open: boolean
  /** It came while the page was already showing the floor. */
  fresh: boolean
  onOpen: (callId: string) => void
  onActivate: (callId: string) => void
}

const rowState = (call: Call) => (isLive(call.status) ? levelOf(call) : 'ended')

/** A row of the grid; its cells wake by themselves, the row only when its level changes. */
export const Row = memo(function Row(props: RowProps) {
  const { callId, columns, rowIndex, top, height, active, open, fresh, onOpen, onActivate } = props
  const state = useCall(callId, rowState) ?? 'gone'
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    onOpen(callId)
  }
  return (
    <div
      role="row"
      tabIndex={active ? 0 : -1}
      aria-rowindex={rowIndex}
      aria-selected={open}
      className={`grid-row grid-row-${state}${fresh ? ' grid-row-fresh' : ''}`}
      style={{ height, transform: `translateY(${top}px)` }}
      data-call-id={callId}
      onClick={() => onOpen(callId)}
      onKeyDown={handleKey}
      onFocus={() => onActivate(callId)}
    >
      {state === 'gone' ? (
        <span role="gridcell" className="grid-gone t3" aria-colspan={columns.length}>
          This call has left the board.
        </span>
      ) : (
        columns.map((id, index) => {
          const Cell = cells[id]
          return (
            <span
              key={id}
              role="gridcell"
              aria-colindex={index + 1}
              data-col={id}
              className={columnLayout[id].end ? 'grid-end' : undefined}
            >
              <Cell callId={callId} />
            </span>
          )
        })
      )}
    </div>
  )
})
