// Ending a call: the confirm names the caller and how long they have been on the line.
import { type FormEvent, useState } from 'react'
import type { Call } from '#contract/call.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { formatPhone } from '#src/lib/format.ts'
import { useLiveStore, useServerNow } from '#src/live/use-live.ts'
import { useSubmit } from '#src/features/intervene/use-submit.ts'
import { Button } from '#src/ui/button.tsx'

interface EndFormProps {
  call: Call
  onEnd: (reason: string) => Promise<boolean>
  onCancel: () => void
}

/** After a change of the call's state the confirm is dead for so long: nobody ends what they did not see. */
const deadMs = 1000

/** The named confirm. */
export function EndForm({ call, onEnd, onCancel }: EndFormProps) {
  const [reason, setReason] = useState('')
  const isDead = useDeadTime(`${call.status} ${call.ai_paused} ${call.escalation_status}`)
  const now = useServerNow(1000)
  const { busy, submit } = useSubmit(onEnd)
  const name =
    call.contact_name || formatPhone(call.direction === 'inbound' ? call.from_number : call.to_number)
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!isDead) void submit(reason.trim())
  }
  return (
    <form
      className="composer-form composer-end"
      aria-label="End this call"
      onSubmit={handleSubmit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onCancel()
      }}
    >
      <p>
        <b>End this call for the caller?</b> {name}, {formatDuration(now - Date.parse(call.started_at))} on
        the line.
      </p>
      <div className="composer-row">
        <input
          className="field"
          aria-label="Reason"
          placeholder="Reason (optional)"
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button onClick={onCancel} cap="Esc">
          Keep it
        </Button>
        <Button
          data-first
          kind="danger"
          type="submit"
          cap="↵"
          busy={busy}
          aria-disabled={isDead || undefined}
        >
          End {name}
        </Button>
      </div>
      <p className="composer-hint">
        {isDead ? 'The call just changed. Look again.' : 'The line is cut at once.'}
      </p>
    </form>
  )
}

function useDeadTime(state: string): boolean {
  const store = useLiveStore()
  const [seen, setSeen] = useState({ state, at: Number.NEGATIVE_INFINITY })
  useServerNow(250)
  if (seen.state !== state) setSeen({ state, at: store.serverNow() })
  return seen.state !== state || store.serverNow() - seen.at < deadMs
}
