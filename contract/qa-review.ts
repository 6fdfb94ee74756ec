// What a person's review makes of a QA score: their scores count, what they leave out stays. Pure, free of schemas.
import type { QAScore } from '#contract/transcript.ts'

/** The criteria of a score in the order of the card, with their share in the overall score. */
export const qaCriteria = [
  { key: 'compliance_score', name: 'Compliance', weight: 0.3 },
  { key: 'accuracy_score', name: 'Accuracy', weight: 0.25 },
  { key: 'professionalism_score', name: 'Professionalism', weight: 0.25 },
  { key: 'sentiment_score', name: 'Mood', weight: 0.2 },
] as const

export type QaCriterion = (typeof qaCriteria)[number]['key']
export type QaScoreKey = QaCriterion | 'overall_score'

/** Every score of a card, 0–1. */
export type QaNumbers = Pick<QAScore, QaScoreKey>
/** Scores a person set; what is absent is the machine's. */
export type QaOverrides = Partial<QaNumbers>

/** Longest note of a review, characters. */
export const reviewNoteChars = 4000

const scoreKeys: readonly QaScoreKey[] = ['overall_score', ...qaCriteria.map(({ key }) => key)]

/** The five numbers of a score. */
export function numbersOf(score: QaNumbers): QaNumbers {
  const { overall_score, sentiment_score, compliance_score, accuracy_score, professionalism_score } = score
  return { overall_score, sentiment_score, compliance_score, accuracy_score, professionalism_score }
}

/**
 * The scores that count. An overall score that was set by hand stands; where only criteria were, it is their weighted sum
 * in steps of 0.01; where nothing was set, everything is the machine's.
 */
export function reviewedScores(machine: QaNumbers, overrides: QaOverrides): QaNumbers {
  const scores = { ...numbersOf(machine), ...overrides }
  if (overrides.overall_score !== undefined) return scores
  if (!qaCriteria.some(({ key }) => overrides[key] !== undefined)) return scores
  const sum = qaCriteria.reduce((total, { key, weight }) => total + scores[key] * weight, 0)
  return { ...scores, overall_score: Math.round(Math.min(1, Math.max(0, sum)) * 100) / 100 }
}

/** What the machine scored: kept in `ai` once a person has reviewed. */
export function machineScores(score: QAScore): QaNumbers & { scored_by: string } {
  return score.ai ?? { ...numbersOf(score), scored_by: score.reviewed_by }
}

/** The score with the review in force; without one, the machine's alone. */
export function withReview(score: QAScore, review: QAScore['review']): QAScore {
  const { ai: _ai, review: _review, review_notes: _notes, ...rest } = score
  const { scored_by, ...machine } = machineScores(score)
  if (!review) return { ...rest, ...machine, reviewed_by: scored_by }
  return {
    ...rest,
    ...reviewedScores(machine, review.scores),
    reviewed_by: review.by.name,
    ...(review.notes === undefined ? {} : { review_notes: review.notes }),
    ai: { ...machine, scored_by },
    review,
  }
}

/** True for a name of one of the five numbers. */
export const isScoreKey = (key: string): key is QaScoreKey => scoreKeys.some((one) => one === key)
