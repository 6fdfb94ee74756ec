// One call of the list: its values live while it is, and under it the lines in which the sought words were said.
import { memo, useRef } from 'react'
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { CallHit } from '#contract/call-endpoints.ts'
import { callAddress } from '#contract/call-link.ts'
import { callCells } from '#src/features/calls-list/call-cells.tsx'
import { type CallColumnId, callColumns } from '#src/features/calls-list/columns.ts'
import { HitLine } from '#src/features/calls-list/hit-line.tsx'
import { plainClick } from '#src/features/calls-list/plain-click.ts'
import { callerName } from '#src/floor/call-words.ts'
import { useCall } from '#src/live/use-live.ts'

interface CallRowProps {
  call: Call
  hits: readonly CallHit[]
  columns: readonly CallColumnId[]
  zone: string
  now: number
  rowIndex: number
  top: number
  /** The one row of the list in the tab order. */
  isCurrent: boolean
  onOpen: (callId: string, lineId?: number) => void
  onFocus: (callId: string) => void
}

const whole = (call: Call) => call

/** The newest that is known of the call: after it has left the floor, what was last seen of it. */
function useNewest(read: Call): Call {
  const live = useCall(read.id, whole)
  const seen = useRef<Call | undefined>(undefined)
  if (live) seen.current = live
  const last = seen.current
  return live ?? (last && Date.parse(last.updated_at) > Date.parse(read.updated_at) ? last : read)
}

/** The row and its hits; click or Enter opens. */
export const CallRow = memo(function CallRow(props: CallRowProps) {
  const { columns, zone, now, hits, rowIndex, top, isCurrent, onOpen, onFocus } = props
  const call = useNewest(props.call)
  const { id } = call
  const link = (
    <a
      className="clip"
      dir="auto"
      href={callAddress(id)}
      tabIndex={-1}
      onClick={(event) => plainClick(event, () => onOpen(id))}
    >
      {callerName(call)}
    </a>
  )
  return (
    // The keys of the row are those of the page's actions.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={isLive(call.status) ? 'calls-row calls-row-live' : 'calls-row'}
      data-call-id={id}
      tabIndex={isCurrent ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      onFocus={() => onFocus(id)}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('a')) return
        // Who marks text does not want to leave.
        if (window.getSelection()?.isCollapsed !== false) plainClick(event, () => onOpen(id))
      }}
    >
      <div className="calls-cells" role="presentation">
        {columns.map((column) => (
          <span
            key={column}
            role="gridcell"
            data-col={column}
            className={callColumns[column].end ? 'calls-end' : undefined}
          >
            {callCells[column]({ call, zone, now, link })}
          </span>
        ))}
      </div>
      {hits.length > 0 && (
        <div role="gridcell" className="calls-hits">
          {hits.map((hit) => (
            <HitLine key={hit.interaction_id} hit={hit} call={call} isReachable={isCurrent} onOpen={onOpen} />
          ))}
        </div>
      )}
    </div>
  )
})
