// Where a command stands, in one line: what was asked, what came of it, and never more than is known.
import type { ReactNode } from 'react'
import { StateMark } from '#src/ui/state-mark.tsx'

export type ReceiptState = 'sending' | 'sent' | 'delivered' | 'applied' | 'refused' | 'unknown'

interface ReceiptProps {
  /** What was asked: `Message to Ava`. */
  what: string
  /** When it was asked, as a clock shows it. */
  at?: string | undefined
  state: ReceiptState
  /** Why it was refused, or what the platform said. */
  detail?: string | undefined
  /** How long the last step took, in words. */
  took?: string | undefined
  /** Where it was applied: `applied at line 14` as a link. */
  applied?: ReactNode
  /** Asks the server again; offered only when no answer came. */
  onCheck?: (() => void) | undefined
  onDismiss?: (() => void) | undefined
}

/** The receipt of a supervisor's act. */
export function Receipt({ what, at, state, detail, took, applied, onCheck, onDismiss }: ReceiptProps) {
  return (
    <span className="receipt" data-receipt={state}>
      <span>{what}</span>
      {at && <span className="t3">{at}</span>}
      <span aria-hidden="true">·</span>
      {state === 'sending' && <span>sending…</span>}
      {state === 'sent' && <span>sent, waiting for the phone system</span>}
      {state === 'delivered' && <span>delivered{took && ` in ${took}`}</span>}
      {state === 'applied' && (
        <span className="tx-met">
          <StateMark meaning="met" /> {applied ?? 'applied'}
        </span>
      )}
      {state === 'refused' && (
        <span className="tx-act">
          <StateMark meaning="act" /> refused{detail && `: ${detail}`}
        </span>
      )}
      {state === 'unknown' && (
        <span className="tx-attention">
          <StateMark meaning="stale" /> no answer yet
        </span>
      )}
      {state === 'unknown' && onCheck && (
        <button type="button" className="link" onClick={onCheck}>
          Check
        </button>
      )}
      {onDismiss && (state === 'refused' || state === 'unknown') && (
        <button type="button" className="link" onClick={onDismiss}>
          Dismiss
        </button>
      )}
    </span>
  )
}
