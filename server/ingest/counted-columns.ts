// What of an ended call is counted beside its row's own members: parts of its QA score, issues, requests for a person.
import { requestOf } from '#server/domain/escalation-request.ts'
import type { CallState } from '#server/domain/call-state.ts'
import type { BulkColumn } from '#server/ingest/bulk.ts'

const times = / \(\d+ times\)$/

/** What was flagged, each once and without how often; null when nothing was. */
function issuesOf({ qaScore }: CallState): string[] | null {
  if (!qaScore) return null
  const issues = new Set(
    [...qaScore.compliance_issues, ...qaScore.flagged_issues].map((issue) => issue.replace(times, '')),
  )
  return issues.size === 0 ? null : [...issues].sort()
}

/** All requests of the call as JSON, oldest first; null when there was none. */
function requestsOf({ escalation, earlierRequests = [] }: CallState): string | null {
  return escalation ? JSON.stringify([...earlierRequests, requestOf(escalation)]) : null
}

const part = (name: 'sentiment' | 'compliance' | 'accuracy' | 'professionalism'): BulkColumn<CallState> => ({
  name: `qa_${name}`,
  type: 'bigint',
  value: ({ qaScore }) => qaScore && Math.round(qaScore[`${name}_score`] * 1_000_000),
})

export const countedColumns: readonly BulkColumn<CallState>[] = [
  part('sentiment'),
  part('compliance'),
  part('accuracy'),
  part('professionalism'),
  { name: 'disposition', type: 'text', value: ({ call }) => call.disposition },
  { name: 'issues', type: 'text[]', value: issuesOf },
  { name: 'requests', type: 'jsonb', value: requestsOf },
]
