// The QA score of a call: each criterion with its weight and the lines it comes from, and a person's review beside the machine's.
import type { QaFinding } from '#contract/qa-endpoints.ts'
import { qaCriteria } from '#contract/qa-review.ts'
import { qaBand } from '#contract/call-rules.ts'
import type { QAScore } from '#contract/transcript.ts'
import { percentOf } from '#src/features/call-detail/qa-words.ts'
import { clockText } from '#src/ui/clock-text.ts'

interface QaCardProps {
  score: QAScore | null
  /** Null while they are on their way. */
  findings: readonly QaFinding[] | null
  explains: boolean
  /** Number of a line by its id; null when it is not among those held. */
  numberOf: (lineId: number) => number | null
  onLine: (lineId: number) => void
  /** The form of a review, and what opens it. */
  children?: React.ReactNode
}

const signed = (points: number) => `${points > 0 ? '+' : '−'}${Math.abs(Math.round(points * 100))}`

/** The card. */
export function QaCard({ score, findings, explains, numberOf, onLine, children }: QaCardProps) {
  if (!score)
    return (
      <section className="card" aria-label="QA">
        <h3>QA</h3>
        <p className="t3">Not scored yet.</p>
      </section>
    )
  const { ai, review, review_notes, reviewed_by, compliance_issues, flagged_issues } = score
  const issues = [...compliance_issues, ...flagged_issues]
  return (
    <section className="card" aria-label="QA">
      <header>
        <h3>QA</h3>
        <span className="t3">
          {review
            ? `reviewed by ${reviewed_by}, ${clockText(Date.parse(review.at))}`
            : `scored by ${reviewed_by === 'rules' ? 'the rules' : reviewed_by}`}
        </span>
      </header>
      <p className="qa-overall">
        <b>{percentOf(score.overall_score)}</b>
        <span>
          {qaBand(score.overall_score)}
          {ai && ai.overall_score !== score.overall_score && (
            <span className="t3"> · AI {percentOf(ai.overall_score)}</span>
          )}
        </span>
      </p>
      <ul className="qa-criteria">
        {qaCriteria.map(({ key, name, weight }) => {
          const own = (findings ?? []).filter(({ criterion }) => criterion === key)
          const isSet = review?.scores[key] !== undefined
          return (
            <li key={key}>
              <div className="qa-row">
                <span>{name}</span>
                <span className="t3 qa-weight">{Math.round(weight * 100)} %</span>
                <span className="qa-bar" aria-hidden="true">
                  <i style={{ width: `${score[key] * 100}%` }} />
                </span>
                <b>{percentOf(score[key])}</b>
                <span className="t3 qa-ai">{isSet && ai ? `AI ${percentOf(ai[key])}` : 'AI'}</span>
              </div>
              {own.length > 0 && (
                <ul className="qa-findings">
                  {own.map(({ text, points, interaction_id }, index) => {
                    const number = numberOf(interaction_id)
                    return (
                      <li key={`${interaction_id} ${text} ${index}`}>
                        <span className="qa-points">{points ? signed(points) : ''}</span>
                        <span>{text}</span>
                        <button type="button" className="link" onClick={() => onLine(interaction_id)}>
                          {number === null ? 'its line' : `line ${number}`}
                        </button>
                      </li>
                    )
                  })}
                </ul>
              )}
            </li>
          )
        })}
      </ul>
      {findings?.length === 0 && issues.length > 0 && (
        <ul className="qa-findings">
          {issues.map((issue) => (
            <li key={issue}>
              <span />
              {issue}
            </li>
          ))}
        </ul>
      )}
      {findings !== null && !explains && (
        <p className="t3">
          {reviewed_by === 'rules' || ai?.scored_by === 'rules'
            ? 'The rules have changed since: today these lines would score otherwise.'
            : 'Scored by the platform, which names no lines.'}
        </p>
      )}
      {review_notes && (
        <blockquote className="qa-notes" dir="auto">
          {review_notes}
        </blockquote>
      )}
      {children}
    </section>
  )
}
