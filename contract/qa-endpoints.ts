// The QA score of a call: why it is what it is, and the review of a person beside it (G-16).
import { z } from 'zod'
import { endpoint } from '#contract/endpoint.ts'
import { CallParams, Instant, Ratio, faultsOf } from '#contract/primitives.ts'
import { isScoreKey, reviewNoteChars } from '#contract/qa-review.ts'
import { QAScore } from '#contract/transcript.ts'

/** One thing that was heard and what it did to a criterion. */
export const QaFinding = z
  .object({
    criterion: z.enum(['compliance_score', 'accuracy_score', 'professionalism_score', 'sentiment_score']),
    text: z.string(),
    /** Points of 1, signed; 0 where it is only said, null where nothing is counted one by one. */
    points: z.number().nullable(),
    /** The line on which it was heard. */
    interaction_id: z.number().int(),
  })
  .meta({ id: 'QaFinding' })
export type QaFinding = z.infer<typeof QaFinding>

export const callsQa = endpoint({
  id: 'calls-qa',
  summary: 'QA score of a call, and the lines it comes from',
  method: 'GET',
  path: '/api/v1/calls/:call_id/qa',
  capability: 'calls.read',
  params: CallParams,
  responses: {
    200: z.object({
      /** Absent while the call is not scored. */
      qa_score: QAScore.optional(),
      /** In the order in which they were said; empty where the platform scores, which cites no lines. */
      findings: z.array(QaFinding),
      /** False where the lines alone do not give the stored scores, e.g. because the rules have changed since. */
      explains: z.boolean(),
    }),
  },
  errors: ['CALL_NOT_FOUND'],
})

const score = Ratio.nullable().optional()

/** What somebody saw when they began to write: the instant of the review in force, null when there was none. */
const seen = Instant.nullable()

export const callsReviewQa = endpoint({
  id: 'calls-qa-review',
  summary:
    'Review a QA score: scores in place of the machine’s, and notes; members left out stay, null takes one back',
  method: 'PATCH',
  path: '/api/v1/calls/:call_id/qa',
  capability: 'qa.review',
  params: CallParams,
  body: z
    .object({
      review_notes: z
        .string()
        .max(reviewNoteChars, `Write at most ${reviewNoteChars.toLocaleString('en-US')} characters.`)
        .nullable()
        .optional(),
      overall_score: score,
      sentiment_score: score,
      compliance_score: score,
      accuracy_score: score,
      professionalism_score: score,
      /** With it, a review that somebody else wrote meanwhile is not overwritten: 409. */
      expected_reviewed_at: seen.optional(),
    })
    .check((payload) => {
      const { value } = payload
      const says = Object.entries(value).some(
        ([key, given]) => given !== undefined && (key === 'review_notes' || isScoreKey(key)),
      )
      if (!says) faultsOf(payload)('review_notes', 'Write a note, or set a score.')
    }),
  responses: { 200: z.object({ qa_score: QAScore }) },
  errors: ['CALL_NOT_FOUND', 'CONFLICT'],
})

export const callsWithdrawQa = endpoint({
  id: 'calls-qa-withdraw',
  summary: 'Withdraw the review of a QA score: the machine’s scores count again',
  method: 'DELETE',
  path: '/api/v1/calls/:call_id/qa',
  capability: 'qa.review',
  params: CallParams,
  query: z.object({ expected_reviewed_at: Instant.optional() }),
  responses: { 200: z.object({ qa_score: QAScore }) },
  errors: ['CALL_NOT_FOUND', 'CONFLICT'],
})
