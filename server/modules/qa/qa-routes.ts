// The endpoints of a QA score: why it is what it is, and the review of a person.
import type { BusinessConfigData } from '#contract/business.ts'
import { callsQa, callsReviewQa, callsWithdrawQa } from '#contract/qa-endpoints.ts'
import { machineScores } from '#contract/qa-review.ts'
import type { QAScore } from '#contract/transcript.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import { explainQa } from '#server/domain/explain-qa.ts'
import type { DeskFact } from '#server/domain/fact.ts'
import type { Principal } from '#server/domain/principal.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { findCall, readLines } from '#server/modules/calls/calls-service.ts'

/** Lines that are read again to explain a score; longer calls are explained as far as that. */
const mostLines = 3000

type Review = Extract<DeskFact, { event: 'desk.qa_review' }>['data']

export function registerQa(register: RegisterEndpoint, { db, ingest }: { db: Db; ingest: Ingest }): void {
  register(callsQa, async ({ principal, params }) => {
    const { call, qaScore, qaReported } = await findCall(db, principal, params.call_id)
    if (!qaScore) return { status: 200, body: { findings: [], explains: true } }
    // A platform that scores says no lines, and ours are not what it went by.
    if (qaReported) return { status: 200, body: { qa_score: qaScore, findings: [], explains: false } }
    const { interactions } = await readLines(db, principal.companyId, call.id, {
      limit: mostLines,
      offset: 0,
    })
    const complianceCheck = await checksCompliance(db, principal.companyId, call.business_id)
    const { findings, scores } = explainQa(interactions, Date.parse(call.started_at), { complianceCheck })
    const explains = scores.overall_score === machineScores(qaScore).overall_score
    return { status: 200, body: { qa_score: qaScore, findings, explains } }
  })

  register(callsReviewQa, async ({ principal, params, body }) => {
    const { review_notes: notes, expected_reviewed_at: expected, ...scores } = body
    const review = { scores, notes }
    return { status: 200, body: { qa_score: await submit(principal, params.call_id, { review, expected }) } }
  })

  register(callsWithdrawQa, async ({ principal, params, query }) => {
    const { expected_reviewed_at: expected } = query
    const { qaScore } = await findCall(db, principal, params.call_id)
    // Withdrawn twice is withdrawn.
    if (qaScore && !qaScore.review && expected === undefined)
      return { status: 200, body: { qa_score: qaScore } }
    const qa_score = await submit(principal, params.call_id, { review: null, expected })
    return { status: 200, body: { qa_score } }
  })

  async function submit(
    principal: Principal,
    callId: string,
    wish: Pick<Review, 'review' | 'expected'>,
  ): Promise<QAScore> {
    const { qaScore } = await findCall(db, principal, callId)
    if (!qaScore) throw new ApiError('CONFLICT', 'This call is not scored yet; there is nothing to review.')
    const { companyId, userId, name } = principal
    const { entries } = await ingest.submit({
      companyId,
      facts: [{ event: 'desk.qa_review', data: { call_id: callId, by: { id: userId, name }, ...wish } }],
    })
    const told = entries.findLast(({ event }) => event === 'qa.score.updated')
    if (told) return (JSON.parse(told.data) as { qa_score: QAScore }).qa_score
    const now = (await findCall(db, principal, callId)).qaScore
    if (!wish.review && now && !now.review) return now
    throw reviewedMeanwhile(now?.review)
  }
}

function reviewedMeanwhile(review: QAScore['review']): ApiError {
  return review
    ? new ApiError(
        'CONFLICT',
        `${review.by.name} reviewed this score meanwhile. Nothing of yours was stored.`,
        {
          reviewed_by: review.by.name,
          reviewed_at: review.at,
        },
      )
    : new ApiError('CONFLICT', 'The review was withdrawn meanwhile. Nothing of yours was stored.', {
        reviewed_by: null,
        reviewed_at: null,
      })
}

async function checksCompliance(db: Db, companyId: string, businessId: string | undefined): Promise<boolean> {
  if (businessId === undefined) return false
  const row = await db
    .selectFrom('businesses')
    .select('config_data')
    .where('company_id', '=', companyId)
    .where('id', '=', businessId)
    .executeTakeFirst()
  return (row?.config_data as BusinessConfigData | undefined)?.quality_assurance.compliance_check ?? false
}
