// A filter may hide calls, but never silently one that needs a person now.
import { useCallback } from 'react'
import type { Call } from '#contract/call.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { same } from '#src/lib/same.ts'
import { useFloor, useLiveStore, useServerNow } from '#src/live/use-live.ts'
import { byAge, levelOf } from '#src/features/live-grid/attention-order.ts'
import { callerName, reasonWords } from '#src/features/live-grid/call-words.ts'
import { matchesFilter } from '#src/features/live-grid/filter-calls.ts'
import { type GridFilter, isEmptyFilter } from '#src/features/live-grid/view.ts'
import { StateMark } from '#src/ui/state-mark.tsx'

interface OutsideStripProps {
  filter: GridFilter
  onOpen: (callId: string) => void
}

/** Names the first act-now call the filter hides, and how many there are. */
export function OutsideStrip({ filter, onOpen }: OutsideStripProps) {
  const store = useLiveStore()
  const select = useCallback(
    (calls: ReadonlyMap<string, Call>) => {
      if (isEmptyFilter(filter)) return []
      const now = store.serverNow()
      return [...calls.values()]
        .filter((call) => levelOf(call) === 'act' && !matchesFilter(call, filter, now))
        .sort(byAge)
        .map((call) => ({
          id: call.id,
          direction: call.direction,
          name: callerName(call),
          reason: reasonWords(call, now),
          since: Date.parse(call.started_at),
        }))
    },
    [filter, store],
  )
  const outside = useFloor(select, same)
  const now = useServerNow(1000)
  const first = outside[0]
  if (!first) return null
  return (
    <div className="outside">
      <StateMark meaning="act" />
      <b>{outside.length === 1 ? '1 act-now call' : `${outside.length} act-now calls`} outside this filter</b>
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
