// The line under the list: how many, which of them, as of when; what is new; and the way to the next page.
import { notSearchedWords } from '#src/features/calls-list/filter-words.ts'
import type { CallsAnswer } from '#src/features/calls-list/use-calls-list.ts'
import type { NewCalls } from '#src/features/calls-list/use-new-calls.ts'
import { clockIn } from '#src/features/calls-list/zone-words.ts'
import { countWords, rangeWords } from '#src/lib/count-words.ts'
import { useConnection } from '#src/live/use-live.ts'
import { useKeys, useRunAction } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { Key } from '#src/ui/key.tsx'
import { StateMark } from '#src/ui/state-mark.tsx'

interface CallsFootProps {
  answer: CallsAnswer | null
  news: NewCalls
  isOld: boolean
  zone: string
  limit: number
  onLimit: (limit: number) => void
}

const limits = [50, 100] as const

function shownWords({ calls, pagination }: CallsAnswer): string {
  const { page, limit, total, total_exact } = pagination
  return rangeWords((page - 1) * limit + 1, calls.length, { count: total, noun: 'call', exact: total_exact })
}

/** Nothing here moves a row by itself. */
export function CallsFoot({ answer, news, isOld, zone, limit, onLimit }: CallsFootProps) {
  const run = useRunAction()
  const { cap, shortcuts } = useKeys()
  const { status, lastFrameAt } = useConnection()
  const isStale = status !== 'live' && lastFrameAt !== null
  const turn = (id: 'page.previous' | 'page.next', words: string, isThere: boolean | undefined) => (
    <Button
      kind="quiet"
      cap={cap(id)}
      aria-keyshortcuts={shortcuts(id)}
      aria-disabled={!isThere || undefined}
      onClick={() => isThere && run(id)}
    >
      {words}
    </Button>
  )
  return (
    <div className="calls-foot">
      <span className="clip" role="status">
        {answer && (isOld ? 'Reading…' : shownWords(answer))}
        {answer && !isOld && answer.notSearched > 0 && (
          <span className="tx-attention"> · {notSearchedWords(answer.notSearched)}</span>
        )}
      </span>
      {answer && isStale ? (
        <span className="tx-attention calls-age">
          <StateMark meaning="stale" /> stale since {clockIn(zone, lastFrameAt)}
        </span>
      ) : (
        answer && <span className="calls-age">as of {clockIn(zone, answer.at)}</span>
      )}
      {news.count > 0 && (
        <button
          type="button"
          className="pill"
          aria-keyshortcuts={shortcuts('list.renew')}
          onClick={() => run('list.renew')}
        >
          {countWords({ ...news, noun: 'new call' })} <Key>{cap('list.renew')}</Key>
        </button>
      )}
      <span className="calls-turn">
        <label className="calls-limit">
          <span>Rows</span>
          <select value={limit} onChange={({ target }) => onLimit(Number(target.value))}>
            {limits.map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </label>
        {turn('page.previous', 'Previous', answer?.pagination.has_prev)}
        {turn('page.next', 'Next', answer?.pagination.has_next)}
      </span>
    </div>
  )
}
