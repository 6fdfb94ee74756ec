// The end of a list that is read piece by piece: how much of it is here, and the way to the rest.
import { rangeWords } from '#src/lib/count-words.ts'
import { formatCount } from '#src/lib/format.ts'
import { Button } from '#src/ui/button.tsx'

interface ListFootProps {
  /** Of one of them, e.g. `alert`. */
  noun: string
  shown: number
  total: number
  /** At most so many come at once. */
  atOnce: number
  /** Why the next piece could not be read. */
  problem: string | null
  busy?: boolean
  onMore: () => void
}

/** Nothing where all is shown. What could not be read is asked for again with the same button. */
export function ListFoot({ noun, shown, total, atOnce, problem, busy = false, onMore }: ListFootProps) {
  if (total <= shown && problem === null) return null
  const rest = Math.min(atOnce, Math.max(1, total - shown))
  return (
    <div className="list-foot">
      {problem === null ? (
        <span className="t3">{rangeWords(1, shown, { count: total, noun })}</span>
      ) : (
        <span className="tx-act" role="alert">
          The rest could not be read: {problem}
        </span>
      )}
      <Button busy={busy} onClick={onMore}>
        {problem === null ? `Show ${formatCount(rest)} more` : 'Try again'}
      </Button>
    </div>
  )
}
