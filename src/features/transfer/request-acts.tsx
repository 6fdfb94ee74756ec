// What can be done about a person who is being asked: stop asking them, withdraw, and what follows if they do not come.
import type { EscalationChange } from '#contract/escalation-endpoints.ts'
import type { Transfer, TransferFallback } from '#contract/transfer.ts'
import { fallbackWords } from '#src/features/transfer/transfer-words.ts'
import { Button } from '#src/ui/button.tsx'

const fallbacks = Object.keys(fallbackWords) as TransferFallback[]

interface RequestActsProps {
  transfer: Transfer | undefined
  isReceiver: boolean
  busy: boolean
  /** Asks for the change; `act` says it in words. */
  onChange: (act: string, body: EscalationChange) => void
}

/** The acts beside taking the call. */
export function RequestActs({ transfer, isReceiver, busy, onChange }: RequestActsProps) {
  return (
    <>
      {transfer?.agent && (
        <Button
          busy={busy}
          onClick={() => onChange(isReceiver ? 'say no' : 'stop the ringing', { status: 'rejected' })}
        >
          {isReceiver ? 'Say no' : 'Stop ringing'}
        </Button>
      )}
      <Button
        kind="quiet"
        busy={busy}
        onClick={() => onChange('withdraw the request', { status: 'cancelled' })}
      >
        Withdraw
      </Button>
      {transfer && (
        <label className="transfer-fallback">
          <span className="t3">Else</span>
          <select
            value={transfer.fallback}
            onChange={(event) =>
              onChange('change what follows', { fallback: event.target.value as TransferFallback })
            }
          >
            {fallbacks.map((fallback) => (
              <option key={fallback} value={fallback}>
                {fallbackWords[fallback]}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  )
}
