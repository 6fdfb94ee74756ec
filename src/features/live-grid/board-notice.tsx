// What stands where rows would be: five different messages, never one for all.
import { formatCount } from '#src/lib/format.ts'
import { useConnection, useLiveActions, useLoaded } from '#src/live/use-live.ts'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'
import { ListSkeleton } from '#src/ui/list-skeleton.tsx'
import { Notice } from '#src/ui/notice.tsx'

interface BoardNoticeProps {
  hidden: number
  onClear: () => void
}

/** Denied, failed, loading, filtered out or empty. */
export function BoardNotice({ hidden, onClear }: BoardNoticeProps) {
  const loaded = useLoaded()
  const connection = useConnection()
  const { retryNow } = useLiveActions()
  if (connection.status === 'refused')
    return (
      <Notice title="You don't have permission" urgent>
        <p>
          {connection.reason ??
            'Your role may not watch the floor. A manager of your company can change that.'}
        </p>
      </Notice>
    )
  if (!loaded && connection.status === 'offline')
    return (
      <Notice title="The server does not answer" urgent>
        <p>No connection since {clockText(connection.since)}. Trying again by itself.</p>
        <Button onClick={retryNow}>Try now</Button>
      </Notice>
    )
  if (!loaded) return <ListSkeleton className="grid-loading" />
  if (hidden > 0)
    return (
      <Notice title="No calls match.">
        <p>{formatCount(hidden)} hidden by the filter.</p>
        <Button onClick={onClear}>Clear filters</Button>
      </Notice>
    )
  return (
    <Notice title="All quiet.">
      <p>No calls right now. The next one appears here by itself.</p>
    </Notice>
  )
}
