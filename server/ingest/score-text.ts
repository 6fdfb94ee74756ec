// JSON of a call's QA score: it stands in every version of the call's state, and changes with few of them.
import type { QAScore } from '#contract/transcript.ts'

/** Kept beside a live call and let go with it. A score is never changed, it is replaced. */
export class ScoreText {
  #score: QAScore | null = null
  #text = ''

  /** The score as JSON, to the letter as `JSON.stringify` writes it. */
  of(score: QAScore): string {
    if (score !== this.#score) {
      this.#text = JSON.stringify(score)
      this.#score = score
    }
    return this.#text
  }
}
