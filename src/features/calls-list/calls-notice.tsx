// What stands where rows would be: failed, denied, loading, filtered out and empty are different messages in one place.
import type { ApiProblem } from '#contract/errors.ts'
import { notSearchedWords } from '#src/features/calls-list/filter-words.ts'
import type { CallsAnswer } from '#src/features/calls-list/use-calls-list.ts'
import { useRunAction } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { ListSkeleton } from '#src/ui/list-skeleton.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { problemWords } from '#src/ui/problem-words.ts'

interface CallsNoticeProps {
  answer: CallsAnswer | null
  problem: ApiProblem | null
  /** Why what is sought cannot be looked for. */
  fault: string | undefined
  isFiltered: boolean
  onRetry: () => void
}

/** Null where there are rows to be seen. */
export function CallsNotice({ answer, problem, fault, isFiltered, onRetry }: CallsNoticeProps) {
  const run = useRunAction()
  if (problem?.code === 'FORBIDDEN')
    return (
      <Notice title="You don't have permission" urgent>
        <p>Your role may not read calls. A manager of your company can change that.</p>
      </Notice>
    )
  if (!answer && fault !== undefined) return <Notice title={fault} urgent />
  if (!answer && problem)
    return (
      <Notice title="The calls could not be read." urgent>
        <p>{problemWords(problem)}</p>
        <Button onClick={onRetry}>Try again</Button>
      </Notice>
    )
  if (!answer) return <ListSkeleton className="calls-loading" />
  if (answer.calls.length > 0) return null
  const unsearched = answer.notSearched > 0 && (
    <p className="tx-attention">{notSearchedWords(answer.notSearched)}.</p>
  )
  if (answer.pagination.page > 1)
    return (
      <Notice title="This page is empty.">
        <Button onClick={() => run('list.renew')}>Go to the first page</Button>
      </Notice>
    )
  if (isFiltered)
    return (
      <Notice title="No calls match these filters.">
        {unsearched}
        <Button onClick={() => run('filter.clear')}>Clear filters</Button>
      </Notice>
    )
  return (
    <Notice title="No calls yet.">
      <p>The first one appears here when it comes in.</p>
    </Notice>
  )
}
