// An act that may come second: when somebody else has the call it is kept, and can be done by taking the call over.
import { useState } from 'react'
import type { ApiProblem } from '#contract/errors.ts'
import type { Result } from '#src/lib/result.ts'
import { type Holder, holderIn } from '#src/features/intervene/claimed-dialog.tsx'

type Run = (force?: boolean) => Promise<Result<unknown, ApiProblem>>

interface Claimed {
  callId: string
  holder: Holder
  /** What would be done, e.g. `send the message`. */
  act: string
  /** Does it by force; resolves to true when the server took it. */
  again: () => Promise<boolean>
}

/** `attempt` resolves to true when the server took the act; `claimed` is set while one waits for a decision. */
export function useAttempt(callId: string, report: (answer: Result<unknown, ApiProblem>) => boolean) {
  const [claimed, setClaimed] = useState<Claimed | null>(null)
  /** `onTaken` clears what was written when the act was done by force in the end. */
  const attempt = async (act: string, run: Run, onTaken?: () => void): Promise<boolean> => {
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
  return {
    attempt,
    claimed: claimed?.callId === callId ? claimed : null,
    settle: () => setClaimed(null),
  }
}
