// An act that may come second: when somebody else has the call it is kept, and can be done by taking the call over.
import { type ReactNode, useState } from 'react'
import type { ApiProblem } from '#contract/errors.ts'
import type { Result } from '#src/lib/result.ts'
import { useLiveActions } from '#src/live/use-live.ts'
import { ClaimedDialog, type Holder, holderIn } from '#src/features/intervene/claimed-dialog.tsx'

/** Asks for an act; `force` takes the call over for it. */
type Run = (force?: boolean) => Promise<Result<unknown, ApiProblem>>

/**
 * Asks for the act, e.g. `send the message`. Resolves to true when the server took it at once. `onTaken` clears what was
 * written when it was done by taking over in the end.
 */
export type Attempt = (act: string, run: Run, onTaken?: () => void) => Promise<boolean>

interface Claimed {
  callId: string
  holder: Holder
  act: string
  /** Does it by force; resolves to true when the server took it. */
  again: () => Promise<boolean>
}

/** `dialog` is there while an act waits for a decision; `report` hears of every other answer. */
export function useAttempt(
  callId: string,
  report: (answer: Result<unknown, ApiProblem>) => boolean,
): { attempt: Attempt; dialog: ReactNode } {
  const { commands } = useLiveActions()
  const [claimed, setClaimed] = useState<Claimed | null>(null)
  const attempt: Attempt = async (act, run, onTaken) => {
    const answer = await run()
    const holder = answer.ok ? null : holderIn(answer.problem)
    if (!holder) return report(answer)
    const again = async () => {
      const taken = report(await run(true))
      if (taken) onTaken?.()
      return taken
    }
    setClaimed({ callId, holder, act, again })
    return false
  }
  const dialog = claimed?.callId === callId && (
    <ClaimedDialog
      holder={claimed.holder}
      act={claimed.act}
      onTakeOver={claimed.again}
      onAsk={async () => report(await commands.askFor(callId))}
      onClose={() => setClaimed(null)}
    />
  )
  return { attempt, dialog }
}
