// The claim of an open call as this person may use it: take, let go, ask, answer; renewed while they have the call in sight.
import { useEffect, useState } from 'react'
import type { Call } from '#contract/call.ts'
import { holderOf, renewBelowMs } from '#contract/claim-rules.ts'
import type { Claim } from '#contract/claim.ts'
import type { ApiProblem } from '#contract/errors.ts'
import { type Role, can } from '#contract/permissions.ts'
import type { Result } from '#src/lib/result.ts'
import { useLiveActions, useServerNow } from '#src/live/use-live.ts'
import { useAction, useUndo } from '#src/ui/actions.tsx'
import { problemWords } from '#src/ui/problem-words.ts'

export interface ClaimHandle {
  /** Who has the call; null when nobody does. */
  holder: Claim | null
  isMine: boolean
  /** This person may claim. */
  may: boolean
  busy: boolean
  /** What went wrong with the last wish, in words. */
  problem: string | null
  take(force?: boolean): void
  release(): void
  ask(): void
  answer(handOver: boolean): void
}

/** The claim's state looks at the clock this often, ms. */
const stepMs = 5000

/** Binds the claim's keys too. */
export function useClaim(call: Call, meId: string, role: Role | null): ClaimHandle {
  const { commands } = useLiveActions()
  const offerUndo = useUndo()
  const now = useServerNow(stepMs)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<{ callId: string; text: string } | null>(null)
  const holder = holderOf(call, now)
  const isMine = holder?.id === meId
  const may = can(role, 'calls.claim')
  const asked = isMine ? holder.asked : undefined

  const run = async (wish: Promise<Result<unknown, ApiProblem>>): Promise<boolean> => {
    setBusy(true)
    const answer = await wish
    setBusy(false)
    setProblem(answer.ok ? null : { callId: call.id, text: problemWords(answer.problem) })
    return answer.ok
  }
  const take = async (force?: boolean) => {
    if (busy || !(await run(commands.claim(call.id, force)))) return
    offerUndo({
      text: 'Took the call in hand',
      undo: async () => (await commands.release(call.id)).ok,
    })
  }
  const release = () => void run(commands.release(call.id))
  const ask = () => void run(commands.askFor(call.id))
  const answer = (handOver: boolean) => void run(commands.answerAsk(call.id, handOver))

  const until = isMine ? Date.parse(holder.until) : null
  const isShort = until !== null && until - now < renewBelowMs - stepMs
  useEffect(() => {
    // A call that nobody looks at is let go by time.
    if (isShort && document.visibilityState === 'visible') void commands.claim(call.id)
  }, [isShort, until, commands, call.id])

  const here = { target: call.id }
  const toggle = () => (isMine ? release() : void take())
  useAction('claim.toggle', toggle, may && (isMine || !holder), here)
  useAction('claim.ask', ask, may && holder !== null && !isMine, here)
  useAction('claim.hand-over', () => answer(true), asked !== undefined, here)
  useAction('claim.keep', () => answer(false), asked !== undefined, here)
  return {
    holder,
    isMine,
    may,
    busy,
    problem: problem?.callId === call.id ? problem.text : null,
    take: (force) => void take(force),
    release,
    ask,
    answer,
  }
}
