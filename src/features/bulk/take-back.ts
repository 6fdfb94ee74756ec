// Taking back what was done to several calls: each on its own, and in the end how many stay and why.
import type { ApiProblem } from '#contract/errors.ts'
import type { ResponseBody } from '#src/lib/api.ts'
import { type Result, ok } from '#src/lib/result.ts'
import type { Commands } from '#src/live/commands.ts'
import { runBulk } from '#src/features/bulk/run-bulk.ts'

/** Takes back what was done to one call; a sentence where that cannot be. */
export type TakeBack = () => Promise<Result<unknown, ApiProblem>> | string

/**
 * Takes all back; what succeeded leaves `offers` (by call id). Resolves to true when nothing is left, to false when the
 * server could not be reached and another try may help, else to how many stay and why. `words` makes a sentence of a problem.
 */
export async function takeAllBack(
  offers: Map<string, TakeBack>,
  words: (problem: ApiProblem) => string,
): Promise<boolean | string> {
  const all = offers.size
  const reasons = new Set<string>()
  let isLost = false
  await runBulk([...offers.keys()], {
    act: async (id) => {
      const answer = (await offers.get(id)?.()) ?? ok(undefined)
      if (typeof answer === 'string') reasons.add(answer)
      else if (answer.ok) offers.delete(id)
      else {
        isLost ||= answer.problem.status === 0 || answer.problem.status >= 500
        reasons.add(words(answer.problem))
      }
      return ok(undefined)
    },
    onChange: () => undefined,
    isStopped: () => false,
  })
  if (offers.size === 0) return true
  if (isLost) return false
  return `${all - offers.size} of ${all} taken back. Not the rest: ${[...reasons].join(' ')}`
}

/** How the assignment of a call is taken back: the request it made is withdrawn, if it was this one that made it. */
export function assignmentUndo(
  commands: Commands,
  { escalation, state }: ResponseBody<'POST /api/v1/calls/:call_id/escalate'>,
): TakeBack {
  if (state !== 'sent') return () => 'A person had been asked before.'
  if (escalation.trigger_type !== 'manual') return () => 'A rule wants a person on the call.'
  return () => commands.withdraw(escalation.id)
}
