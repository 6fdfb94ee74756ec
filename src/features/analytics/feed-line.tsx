// How old the figures are and what keeps newer ones away; always said, never by a colour alone.
import { clockIn } from '#contract/charts/place-text.ts'
import type { ApiProblem } from '#contract/errors.ts'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'

interface FeedLineProps {
  problem: ApiProblem
  /** When it is asked again, epoch ms; null: not by itself. */
  againAt: number | null
  zone: string
  onAgain: () => void
}

/** A strip over the figures; there only while something is wrong. */
export function FeedLine({ problem, againAt, zone, onAgain }: FeedLineProps) {
  const isBusy = problem.status === 429
  const then = againAt === null ? '' : clockIn(zone, againAt)
  return (
    <p className="an-strip" role="status">
      {isBusy ? (
        <span>
          More was asked than a minute allows. The figures go on at <b>{then}</b>.
        </span>
      ) : (
        <>
          <span>
            <b>Not up to date:</b> {problemWords(problem)} {then && `Next try at ${then}.`}
          </span>
          <Button onClick={onAgain}>Try now</Button>
        </>
      )}
    </p>
  )
}
