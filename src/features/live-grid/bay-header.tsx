// The head of a bay: its mark, its name, how many, and the one number that matters there.
import { formatDuration } from '#src/lib/duration.ts'
import { formatCount } from '#src/lib/format.ts'
import { useServerNow } from '#src/live/use-live.ts'
import type { Bay } from '#src/floor/board-order.ts'
import type { BayPlace } from '#src/floor/desk.ts'
import { bayHeadId } from '#src/features/live-grid/told-order.ts'
import { headHeight } from '#src/features/live-grid/board-geometry.ts'
import { type Meaning, StateMark } from '#src/ui/state-mark.tsx'

const bays: Record<Bay, { name: string; meaning: Meaning; empty: string }> = {
  mine: { name: 'My watch list', meaning: 'live', empty: '' },
  act: { name: 'Act now', meaning: 'act', empty: 'Nobody needs you' },
  watch: { name: 'Watch', meaning: 'attention', empty: 'Nothing to watch' },
  calm: { name: 'Calm', meaning: 'live', empty: 'No calm calls' },
  rest: { name: 'All other calls', meaning: 'live', empty: '' },
  new: { name: 'Came while you read', meaning: 'live', empty: '' },
}

interface BayHeaderProps {
  place: BayPlace
  rowIndex: number
  columnCount: number
  /** Px of the canvas. */
  top: number
  rowHeight: number
}

/** A group header in the grid, at the upper edge as long as its rows scroll by; an empty Act now stays, for calm is information. */
export function BayHeader({ place, rowIndex, columnCount, top, rowHeight }: BayHeaderProps) {
  const { bay, count, oldest } = place
  const { name, meaning, empty } = bays[bay]
  return (
    <div role="presentation" className="grid-zone" style={{ top, height: headHeight + count * rowHeight }}>
      <div role="row" id={bayHeadId(bay)} aria-rowindex={rowIndex} className="grid-bay" data-bay={bay}>
        <span role="rowheader" aria-colspan={columnCount + 1}>
          <StateMark meaning={meaning} />
          <b>{name}</b>
          <span>{count === 0 ? empty : formatCount(count)}</span>
          {oldest !== null && <Longest since={oldest} />}
        </span>
      </div>
    </div>
  )
}

function Longest({ since }: { since: number }) {
  return <i>longest {formatDuration(useServerNow(1000) - since)}</i>
}
