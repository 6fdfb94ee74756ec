// The act came second: who has the call, and what can be done about it. What was written stays where it is.
import { Modal } from '@mantine/core'
import type { ApiProblem } from '#contract/errors.ts'
import { useSubmit } from '#src/features/intervene/use-submit.ts'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'

/** Who has the call, as a refusal tells it. */
export interface Holder {
  name: string
  /** Epoch ms; null when it was not told. */
  since: number | null
}

/** The holder in a refusal with `CALL_CLAIMED`; null of any other. */
export function holderIn({ code, details }: ApiProblem): Holder | null {
  if (code !== 'CALL_CLAIMED') return null
  const { holder } = (details ?? {}) as { holder?: { name?: unknown; since?: unknown } }
  const since = typeof holder?.since === 'string' ? Date.parse(holder.since) : Number.NaN
  return {
    name: typeof holder?.name === 'string' ? holder.name : 'Somebody else',
    since: Number.isNaN(since) ? null : since,
  }
}

interface ClaimedDialogProps {
  holder: Holder
  /** What would be done, e.g. `Send the message`. */
  act: string
  /** Does it by force; resolves when it is settled either way. */
  onTakeOver: () => Promise<boolean>
  onAsk: () => Promise<boolean>
  onClose: () => void
}

/** Take over and do it, ask for the call, or leave it. */
export function ClaimedDialog({ holder, act, onTakeOver, onAsk, onClose }: ClaimedDialogProps) {
  const forced = useSubmit(onTakeOver)
  const asked = useSubmit(onAsk)
  const since = holder.since === null ? '' : ` since ${clockText(holder.since)}`
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${holder.name} has this call`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p>
        {holder.name} has this call in hand{since}. Nothing was done, and what you wrote is kept.
      </p>
      <div className="claimed-acts">
        <Button data-autofocus onClick={onClose} cap="Esc">
          Leave it
        </Button>
        <Button busy={asked.busy} onClick={() => void asked.submit().then(onClose)}>
          Ask {holder.name}
        </Button>
        <Button kind="danger" busy={forced.busy} onClick={() => void forced.submit().then(onClose)}>
          Take over and {act}
        </Button>
      </div>
    </Modal>
  )
}
