// A filter may hide calls, but never silently one that needs a person now.
import { formatDuration } from '#src/lib/duration.ts'
import { formatCount } from '#src/lib/format.ts'
import { useDigest, useServerNow } from '#src/live/use-live.ts'
import { type GridFilter, isEmptyFilter } from '#src/floor/view.ts'
import { StateMark } from '#src/ui/state-mark.tsx'

interface OutsideStripProps {
  filter: GridFilter
  onOpen: (callId: string) => void
}

/**
 * Names the first act-now call the filter hides, and how many there are. As long as there is a filter its place is kept:
 * rows do not move when such a call comes or goes.
 */
export function OutsideStrip({ filter, onOpen }: OutsideStripProps) {
  const { count, first } = useDigest(({ outside }) => outside)
  const now = useServerNow(1000)
  if (!first)
    return isEmptyFilter(filter) ? null : (
      <div className="outside outside-none">No act-now call outside this filter</div>
    )
  return (
    <div className="outside">
      <StateMark meaning="act" />
      <b>{count === 1 ? '1 act-now call' : `${formatCount(count)} act-now calls`} outside this filter</b>
      <span className="clip">
        {first.direction === 'inbound' ? 'Inbound' : 'Outbound'} · {first.name} · {first.reason} ·{' '}
        {formatDuration(now - first.since)}
      </span>
      <button type="button" className="link outside-show" onClick={() => onOpen(first.id)}>
        Show it
      </button>
    </div>
  )
}
