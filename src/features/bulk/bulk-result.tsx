// How far an act on many calls has come, and what became of each.
import type { PickedCall } from '#src/features/bulk/affected.ts'
import { countCalls } from '#src/features/bulk/affected.ts'
import { type Outcomes, tally } from '#src/features/bulk/run-bulk.ts'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'

interface BulkResultProps {
  verb: string
  outcomes: Outcomes
  /** Nothing is under way any more. */
  isOver: boolean
  calls: readonly PickedCall[]
  onStop: () => void
  onRetry: () => void
  /** Keeps only those picked that were not done. */
  onKeepFailed: () => void
  onClose: () => void
}

/** Progress while it runs, then the sum and each failure by name. */
export function BulkResult(props: BulkResultProps) {
  const { verb, outcomes, isOver, calls, onStop, onRetry, onKeepFailed, onClose } = props
  const { done, failed, open } = tally(outcomes)
  const rest = failed + open
  const names = new Map(calls.map(({ id, brief }) => [id, brief?.name ?? id]))
  const failures = [...outcomes].flatMap(([id, outcome]) =>
    outcome.state === 'failed' ? { id, why: problemWords(outcome.problem) } : [],
  )
  return (
    <>
      <div className="bulk-line">
        {isOver ? (
          <b role="status">
            {countCalls(done)} {verb}
            {failed > 0 && `, ${failed} failed`}
            {open > 0 && `, ${open} not tried`}
          </b>
        ) : (
          <>
            <b>
              {done + failed} of {outcomes.size}
            </b>
            <progress max={outcomes.size || 1} value={done + failed} aria-label={`Calls ${verb}`} />
          </>
        )}
        <span className="bulk-end">
          {!isOver && <Button onClick={onStop}>Stop</Button>}
          {isOver && rest > 0 && (
            <>
              <Button kind="primary" onClick={onRetry}>
                Try {countCalls(rest)} again
              </Button>
              <Button onClick={onKeepFailed}>Select only {rest === 1 ? 'it' : 'these'}</Button>
            </>
          )}
          {isOver && <Button onClick={onClose}>Done</Button>}
        </span>
      </div>
      {failures.length > 0 && (
        <ul className="bulk-failures">
          {failures.map(({ id, why }) => (
            <li key={id}>
              <b>{names.get(id) ?? id}</b> {why}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
