// How a customer feels: the score of one line, and the call's mood as a mean of the customer's lines that fades.
import { phrasePoints } from '#server/domain/service-phrases.ts'
import { wordPoints } from '#server/domain/word-points.ts'

/** Scores one line: 0 is negative, 0.5 neutral, 1 positive. Pure: the same text always has the same score. */
export interface SentimentScorer {
  score(text: string): number
}

/** The mood of a call in plain JSON. `weight` is the sum of the faded weights, `at` the epoch ms it was faded to. */
export interface MoodTrack {
  sum: number
  weight: number
  at: number
}

/** After this long a line counts half. */
export const moodHalfLifeMs = 45_000

/** Lines are scored by their first 2,000 characters: a mood shows by then, and a longer text cannot stall the floor. */
const scoredChars = 2000

/** Weight of the neutral line every call is taken to begin with, so that one word does not swing the mood. */
const neutralStart = 0.5

/**
 * Scores English lines: the AFINN word list with negation (wink-sentiment), less the words that only name the job, plus
 * the phrases of service calls. Text in other scripts scores 0.5.
 */
export function lexiconScorer(): SentimentScorer {
  return {
    score(text) {
      const part = text.length > scoredChars ? text.slice(0, scoredChars) : text
      const points = wordPoints(part) + phrasePoints(part)
      if (points === 0) return 0.5
      // Longer lines hold more words of either kind by chance, so they need more points for the same score.
      const length = Math.max(1, Math.sqrt(part.length / 60))
      return Math.round((0.5 + 0.5 * Math.tanh(points / length / 5)) * 1000) / 1000
    },
  }
}

/**
 * The mood after a customer's line scored `lineScore` (0–1) at `at` (epoch ms): a mean in which a line's weight halves
 * every 45 s. A line older than the track is weighed as if it came now, so order of arrival never loses one.
 */
export function decayedMood(track: MoodTrack | null, lineScore: number, at: number): MoodTrack {
  if (track === null) return { sum: 0.5 * neutralStart + lineScore, weight: neutralStart + 1, at }
  const kept = 0.5 ** (Math.max(0, at - track.at) / moodHalfLifeMs)
  return { sum: track.sum * kept + lineScore, weight: track.weight * kept + 1, at: Math.max(at, track.at) }
}

/** The call's mood, 0–1; 0.5 before anything was said. */
export function moodScore(track: MoodTrack | null): number {
  if (track === null || track.weight <= 0) return 0.5
  return Math.min(1, Math.max(0, track.sum / track.weight))
}
