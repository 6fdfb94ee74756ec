// The acts in a row with their keys. Their places never change: what a call or a role does not allow leaves a gap or says why.
import { Fragment } from 'react'
import type { Call } from '#contract/call.ts'
import type { Role } from '#contract/permissions.ts'
import { type Act, type Mode, standingOf } from '#src/features/intervene/acts.ts'
import type { ActionId } from '#src/actions/action-list.ts'
import { PauseChoice } from '#src/features/intervene/pause-choice.tsx'
import { useKeys } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'

interface ActBarProps {
  call: Call
  role: Role | null
  mode: Mode | null
  /** Something is written for the act and not sent. */
  isWritten: (act: Act) => boolean
  /** The pause or resume that is on its way. */
  pausing: 'pause' | 'resume' | null
  onMode: (mode: Mode) => void
  onPause: () => void
  /** Pauses for so many seconds; undefined: until somebody resumes it. */
  onPauseFor: (seconds: number | undefined) => void
}

const acts: readonly { act: Act; name: string; action: ActionId }[] = [
  { act: 'message', name: 'Message', action: 'act.message' },
  { act: 'pause', name: 'Pause AI', action: 'act.pause' },
  { act: 'override', name: 'Override', action: 'act.override' },
  { act: 'escalate', name: 'Escalate', action: 'act.escalate' },
  { act: 'note', name: 'Note', action: 'act.note' },
  { act: 'end', name: 'End', action: 'act.end' },
]

/** The bar over the box. */
export function ActBar({ call, role, mode, isWritten, pausing, onMode, onPause, onPauseFor }: ActBarProps) {
  const { cap, shortcuts } = useKeys()
  return (
    <div className="acts" role="toolbar" aria-label="Acts on this call">
      {acts.map(({ act, name, action }) => {
        const standing = standingOf(act, call, role)
        const isPause = act === 'pause'
        const label = isPause ? pauseLabel(call, pausing) : name
        return (
          <Fragment key={act}>
            <Button
              kind={act === 'end' ? 'danger' : 'quiet'}
              className={`act-button act-button-${act}${standing.state === 'gone' ? ' act-gone' : ''}`}
              cap={cap(action)}
              busy={isPause && pausing !== null}
              aria-pressed={isPause ? undefined : mode === act}
              aria-keyshortcuts={shortcuts(action)}
              aria-disabled={standing.state === 'denied' || undefined}
              aria-hidden={standing.state === 'gone' || undefined}
              tabIndex={standing.state === 'gone' ? -1 : undefined}
              title={standing.state === 'denied' ? standing.why : undefined}
              onClick={() => {
                if (standing.state !== 'ready') return
                if (act === 'pause') onPause()
                else onMode(act)
              }}
            >
              {label}
              {mode !== act && isWritten(act) && (
                <span className="act-written" title="Written, not sent">
                  <span className="sr-only">, written and not sent</span>
                </span>
              )}
            </Button>
            {isPause && standing.state === 'ready' && !call.ai_paused && <PauseChoice onPause={onPauseFor} />}
          </Fragment>
        )
      })}
    </div>
  )
}

function pauseLabel(call: Call, pausing: ActBarProps['pausing']): string {
  if (pausing) return pausing === 'pause' ? 'Pausing…' : 'Resuming…'
  return call.ai_paused ? 'Resume AI' : 'Pause AI'
}
