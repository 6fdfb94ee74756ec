// Pure words about calls, free of the schema library so that the console can carry them.

export const callStatuses = [
  'initiated',
  'ringing',
  'in_progress',
  'escalated',
  'completed',
  'failed',
] as const

type CallStatus = (typeof callStatuses)[number]
type SentimentLabel = 'positive' | 'neutral' | 'negative'

/** A call is live until it is completed or failed. */
export function isLive(status: CallStatus): boolean {
  return status !== 'completed' && status !== 'failed'
}

/** Where a request for a person can stand. */
export const requestStatuses = ['pending', 'in_progress', 'completed', 'cancelled'] as const

/** Label of a score: below 0.4 negative, from 0.6 positive. */
export function sentimentLabel(score: number): SentimentLabel {
  return score < 0.4 ? 'negative' : score >= 0.6 ? 'positive' : 'neutral'
}

/** Band of a QA score: excellent ≥ 0.8, good ≥ 0.6, fair ≥ 0.4, poor below. */
export function qaBand(score: number): 'excellent' | 'good' | 'fair' | 'poor' {
  return score >= 0.8 ? 'excellent' : score >= 0.6 ? 'good' : score >= 0.4 ? 'fair' : 'poor'
}
