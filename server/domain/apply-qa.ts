// The QA score of a call: what the machine scores as the call goes on, and the review of a person that counts in its place.
import { withReview } from '#contract/qa-review.ts'
import type { QaReport } from '#contract/telephony.ts'
import type { QAScore } from '#contract/transcript.ts'
import { type Draft, type FactContext, isoOf, patchCall, patchState } from '#server/domain/call-state.ts'
import type { DeskFact } from '#server/domain/fact.ts'

type Reviewed = Extract<DeskFact, { event: 'desk.qa_review' }>['data']
type Scores = NonNullable<QAScore['review']>['scores']

/**
 * Sets what the machine scored and says so. What a report leaves out keeps its value; a review stays in force over the new
 * scores.
 */
export function setQa(draft: Draft, report: QaReport, at: string, context: FactContext): void {
  const { call, qaScore } = draft.state
  const before = qaScore && (qaScore.ai ?? qaScore)
  const scored: QAScore = {
    id: qaScore?.id ?? context.nextId(),
    call_id: call.id,
    overall_score: report.overall_score,
    sentiment_score: report.sentiment_score ?? before?.sentiment_score ?? report.overall_score,
    compliance_score: report.compliance_score ?? before?.compliance_score ?? report.overall_score,
    accuracy_score: report.accuracy_score ?? before?.accuracy_score ?? report.overall_score,
    professionalism_score:
      report.professionalism_score ?? before?.professionalism_score ?? report.overall_score,
    sentiment_label: call.sentiment ?? 'neutral',
    compliance_issues: report.compliance_issues ?? qaScore?.compliance_issues ?? [],
    flagged_issues: report.flagged_issues ?? qaScore?.flagged_issues ?? [],
    reviewed_by: report.reviewed_by ?? 'platform',
    created_at: qaScore?.created_at ?? at,
    updated_at: at,
  }
  tell(draft, qaScore?.review ? withReview(scored, qaScore.review) : scored, at)
}

/**
 * Puts a person's review in force, or withdraws it. Nothing happens while there is no score, when another review than the
 * expected one is there, and when there is none to withdraw.
 */
export function reviewQa(draft: Draft, { by, review, expected }: Reviewed, at: string): void {
  const { qaScore } = draft.state
  if (!qaScore) return
  const before = qaScore.review
  if (expected !== undefined && !isSame(expected, before?.at)) return
  if (!review) {
    if (before) tell(draft, { ...withReview(qaScore, undefined), updated_at: at }, at, { by })
    return
  }
  const scores: Scores = { ...before?.scores }
  for (const [key, value] of Object.entries(review.scores) as [keyof Scores, number | null | undefined][])
    if (value === null) delete scores[key]
    else if (value !== undefined) scores[key] = value
  const notes = review.notes === undefined ? before?.notes : (review.notes?.trim() ?? '')
  const next = {
    by: { id: by.id, name: by.name },
    // Two reviews of one millisecond must not look like the same.
    at: before ? isoOf(Math.max(Date.parse(at), Date.parse(before.at) + 1)) : at,
    scores,
    ...(notes ? { notes } : {}),
  }
  tell(draft, { ...withReview(qaScore, next), updated_at: at }, at, { by })
}

const isSame = (expected: string | null, there: string | undefined) =>
  expected === null ? there === undefined : there !== undefined && Date.parse(expected) === Date.parse(there)

function tell(draft: Draft, score: QAScore, at: string, kept?: { by: { id: string; name: string } }): void {
  patchState(draft, { qaScore: score })
  patchCall(draft, { qa_score: score.overall_score }, true)
  draft.entries.push({
    event: 'qa.score.updated',
    data: { call_id: draft.state.call.id, qa_score: score },
    ...(kept ? { kept } : {}),
    at,
  })
}
