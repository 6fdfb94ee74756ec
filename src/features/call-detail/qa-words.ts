// Scores of a card as they are written and typed: per cent in, ratios out. Pure.
import { type QaOverrides, type QaScoreKey, qaCriteria } from '#contract/qa-review.ts'
import type { QAScore } from '#contract/transcript.ts'

/** What somebody types into the form; empty is the machine's score. */
export type ScoreTexts = Record<QaScoreKey, string>

export const scoreFields: readonly { key: QaScoreKey; name: string }[] = [
  ...qaCriteria.map(({ key, name }) => ({ key, name })),
  { key: 'overall_score', name: 'Overall' },
]

/** 0.714 → `71`. */
export const percentOf = (score: number) => String(Math.round(score * 100))

/** The form as a review left it. */
export function textsOf(review: QAScore['review']): ScoreTexts {
  const texts = {} as ScoreTexts
  for (const { key } of scoreFields) {
    const set = review?.scores[key]
    texts[key] = set === undefined ? '' : percentOf(set)
  }
  return texts
}

/** What was typed as scores: null takes an earlier one back. Faults by field, in words. */
export function readScores(texts: ScoreTexts): {
  scores: Record<QaScoreKey, number | null>
  overrides: QaOverrides
  faults: Partial<Record<QaScoreKey, string>>
} {
  const scores = {} as Record<QaScoreKey, number | null>
  const overrides: QaOverrides = {}
  const faults: Partial<Record<QaScoreKey, string>> = {}
  for (const { key } of scoreFields) {
    const typed = texts[key].trim()
    scores[key] = null
    if (typed === '') continue
    const value = Number(typed)
    if (!/^\d{1,3}$/.test(typed) || value > 100) faults[key] = 'Write a whole number from 0 to 100.'
    else scores[key] = overrides[key] = value / 100
  }
  return { scores, overrides, faults }
}
