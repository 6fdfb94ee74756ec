// The deeds beside one row of the script; where there is no room they fold to marks.
import { memo } from 'react'
import { formatDuration } from '#src/lib/duration.ts'
import type { LaneEntry } from '#src/features/transcript/lane.ts'
import { StateMark } from '#src/ui/state-mark.tsx'

interface LaneCellProps {
  entries: readonly LaneEntry[] | undefined
  /** When the call started, epoch ms. */
  startedAt: number
}

/** What was done while this row was said. */
export const LaneCell = memo(function LaneCell({ entries, startedAt }: LaneCellProps) {
  if (!entries) return <div className="lane" />
  return (
    <ul className="lane" aria-label="Done meanwhile">
      {entries.map(({ key, at, text, who, meaning }) => {
        const when = formatDuration(Math.max(0, at - startedAt))
        return (
          <li key={key} title={`${when} ${who ? `${who}: ` : ''}${text}`}>
            {meaning ? <StateMark meaning={meaning} /> : <i className="lane-dot" aria-hidden="true" />}
            <span className="lane-words">
              <span className={meaning === 'act' || meaning === 'human' ? 'strong t1' : 't1'}>{text}</span>
              <span className="lane-by">
                {when}
                {who && ` · ${who}`}
              </span>
            </span>
          </li>
        )
      })}
    </ul>
  )
})
