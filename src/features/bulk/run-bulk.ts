// One act on many calls: a few at a time, each with a result of its own, and stoppable between two.
import type { ApiProblem } from '#contract/errors.ts'
import type { Result } from '#src/lib/result.ts'

/** `waiting` also names what was not tried because somebody stopped. */
export type CallOutcome = { state: 'waiting' | 'running' | 'done' } | { state: 'failed'; problem: ApiProblem }

export type Outcomes = ReadonlyMap<string, CallOutcome>

interface BulkOptions {
  act(callId: string): Promise<Result<unknown, ApiProblem>>
  onChange(outcomes: Outcomes): void
  isStopped(): boolean
}

/** Requests under way at the same time; more would only queue at the server's limits. */
const atOnce = 4

/** Acts on every call once, in their order. Resolves when nothing is under way any more. */
export async function runBulk(
  callIds: readonly string[],
  { act, onChange, isStopped }: BulkOptions,
): Promise<Outcomes> {
  let outcomes = new Map<string, CallOutcome>(callIds.map((id) => [id, { state: 'waiting' }]))
  const set = (id: string, outcome: CallOutcome): void => {
    outcomes = new Map(outcomes).set(id, outcome)
    onChange(outcomes)
  }
  const queue = [...callIds]
  const work = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined && !isStopped(); id = queue.shift()) {
      set(id, { state: 'running' })
      const answer = await act(id)
      set(id, answer.ok ? { state: 'done' } : { state: 'failed', problem: answer.problem })
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, callIds.length) }, work))
  return outcomes
}

/** How many stand where. */
export function tally(outcomes: Outcomes): { done: number; failed: number; open: number } {
  const sums = { done: 0, failed: 0, open: 0 }
  for (const { state } of outcomes.values())
    if (state === 'done' || state === 'failed') sums[state] += 1
    else sums.open += 1
  return sums
}

/** Calls worth another try: refused, without answer, or never tried. */
export function unfinished(outcomes: Outcomes): string[] {
  return [...outcomes].filter(([, { state }]) => state !== 'done').map(([id]) => id)
}
