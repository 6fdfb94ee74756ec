// The head of a bay: its mark, its name, how many, and the one number that matters there.
import type { Call } from '#contract/call.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { useCall, useServerNow } from '#src/live/use-live.ts'
import type { Bay } from '#src/features/live-grid/use-board.ts'
import { type Meaning, StateMark } from '#src/ui/state-mark.tsx'

const bays: Record<Bay, { name: string; meaning: Meaning; empty: string }> = {
  act: { name: 'Act now', meaning: 'act', empty: 'Nobody needs you' },
  watch: { name: 'Watch', meaning: 'attention', empty: 'Nothing to watch' },
  calm: { name: 'Calm', meaning: 'live', empty: 'No calm calls' },
  new: { name: 'Came while you read', meaning: 'live', empty: '' },
}

interface BayHeaderProps {
  bay: Bay
  count: number
  /** The call in the bay that has been running longest. */
  oldest: string | undefined
  rowIndex: number
  columnCount: number
  top: number
  /** It stays at the upper edge while its rows scroll by. */
  sticky: boolean
}

/** A group header in the grid; an empty Act now stays, for calm is information. */
export function BayHeader({ bay, count, oldest, rowIndex, columnCount, top, sticky }: BayHeaderProps) {
  const { name, meaning, empty } = bays[bay]
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={`grid-bay${sticky ? ' grid-bay-sticky' : ''}`}
      style={sticky ? undefined : { transform: `translateY(${top}px)` }}
      data-bay={bay}
    >
      <span role="rowheader" aria-colspan={columnCount}>
        <StateMark meaning={meaning} />
        <b>{name}</b>
        <span>{count === 0 ? empty : count}</span>
        {oldest && <Longest callId={oldest} />}
      </span>
    </div>
  )
}

const startedAt = (call: Call) => Date.parse(call.started_at)

function Longest({ callId }: { callId: string }) {
  const since = useCall(callId, startedAt)
  const now = useServerNow(1000)
  return since === undefined ? null : <i>longest {formatDuration(now - since)}</i>
}
