// The box over the boxes: picks every call that the filter lets through, and says how many that is.
import type { Picking } from '#src/features/live-grid/use-picked.ts'
import { formatCount } from '#src/lib/format.ts'
import { useBoard } from '#src/live/use-live.ts'

interface PickHeadProps {
  picking: Picking
  isPinned: boolean
}

/** Picks all, or lets all go once something is picked. */
export function PickHead({ picking, isPinned }: PickHeadProps) {
  const { fitting } = useBoard()
  const count = picking.ids.size
  const words =
    count === 0
      ? `Select all ${formatCount(fitting)} calls`
      : `Let the ${formatCount(count)} selected calls go`
  return (
    <span role="columnheader" aria-colindex={1} className={`grid-pick${isPinned ? ' grid-pinned' : ''}`}>
      <button
        type="button"
        role="checkbox"
        aria-checked={count === 0 ? false : count >= fitting ? true : 'mixed'}
        aria-label={words}
        title={words}
        tabIndex={-1}
        onClick={count === 0 ? picking.all : picking.clear}
      >
        <span className="grid-check" aria-hidden="true" />
      </button>
    </span>
  )
}
