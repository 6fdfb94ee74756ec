// While the line is cut the inbox, which lies over the connection's mark, says itself how old its alerts are.
import { useConnection } from '#src/live/use-live.ts'
import { clockText } from '#src/ui/clock-text.ts'
import { StateMark } from '#src/ui/state-mark.tsx'

/** Nothing while the line is live. */
export function InboxAge() {
  const { status, lastFrameAt } = useConnection()
  if (status === 'live') return null
  return (
    <p className="alert-age" role="status">
      <StateMark meaning="stale" />
      {lastFrameAt === null
        ? 'Connecting: nothing is known yet.'
        : `Not live. These alerts are as they were at ${clockText(lastFrameAt)}; newer ones are missing.`}
    </p>
  )
}
