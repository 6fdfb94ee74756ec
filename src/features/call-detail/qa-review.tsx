// A person's review of a QA score: scores in place of the machine's, a note, and what a colleague wrote meanwhile.
import { type FormEvent, useState } from 'react'
import type { ApiProblem } from '#contract/errors.ts'
import { machineScores, reviewNoteChars, reviewedScores } from '#contract/qa-review.ts'
import type { QAScore } from '#contract/transcript.ts'
import type { Api } from '#src/lib/api.ts'
import {
  type ScoreTexts,
  percentOf,
  readScores,
  scoreFields,
  textsOf,
} from '#src/features/call-detail/qa-words.ts'
import { useAction, useKeys, useUndo } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { useKept } from '#src/ui/kept.ts'
import { fieldFaults, problemWords, undoOutcome } from '#src/ui/problem-words.ts'

interface QaReviewProps {
  callId: string
  score: QAScore
  api: Api
  /** The score as the server has it now. */
  onScore: (score: QAScore) => void
}

interface Draft {
  texts: ScoreTexts
  notes: string
  /** Instant of the review it began from; null: none. */
  seen: string | null
}

/** Opens the form and withdraws the review; give it the call's id as its key. */
export function QaReview({ callId, score, api, onScore }: QaReviewProps) {
  const [draft, setDraft] = useKept<Draft | null>(`qa-review ${callId}`, null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const offerUndo = useUndo()
  const { cap, shortcuts } = useKeys()
  const { review } = score
  const start = () =>
    setDraft(
      (open) => open ?? { texts: textsOf(review), notes: review?.notes ?? '', seen: review?.at ?? null },
    )
  useAction('qa.review', start, true, { target: callId })
  const params = { call_id: callId }

  /** Puts what was in force before back: a review, or none. */
  const restore = async (before: QAScore['review'], now: QAScore) => {
    const expected = now.review?.at ?? null
    const answer = before
      ? await api.request('PATCH /api/v1/calls/:call_id/qa', {
          params,
          body: {
            ...readScores(textsOf(before)).scores,
            review_notes: before.notes ?? null,
            expected_reviewed_at: expected,
          },
        })
      : await api.request('DELETE /api/v1/calls/:call_id/qa', {
          params,
          query: expected === null ? {} : { expected_reviewed_at: expected },
        })
    if (answer.ok) onScore(answer.value.qa_score)
    return undoOutcome(answer)
  }
  const send = async (body: Parameters<typeof patch>[0], said: string) => {
    setBusy(true)
    const answer = await patch(body)
    setBusy(false)
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    const now = answer.value.qa_score
    setDraft(null)
    onScore(now)
    offerUndo({ text: said, undo: () => restore(review, now) })
  }
  const patch = (body: Record<string, unknown>) =>
    api.request('PATCH /api/v1/calls/:call_id/qa', { params, body })
  const withdraw = async () => {
    setBusy(true)
    const answer = await api.request('DELETE /api/v1/calls/:call_id/qa', {
      params,
      query: review ? { expected_reviewed_at: review.at } : {},
    })
    setBusy(false)
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    const now = answer.value.qa_score
    onScore(now)
    offerUndo({ text: 'Withdrew the QA review', undo: () => restore(review, now) })
  }

  if (!draft)
    return (
      <div className="qa-acts">
        <Button cap={cap('qa.review')} aria-keyshortcuts={shortcuts('qa.review')} onClick={start}>
          {review ? 'Change the review' : 'Review'}
        </Button>
        {review && (
          <Button kind="quiet" busy={busy} onClick={() => void withdraw()}>
            Withdraw it
          </Button>
        )}
        {problem && (
          <p className="tx-act" role="alert">
            {problemWords(problem)}
          </p>
        )}
      </div>
    )

  const { texts, notes, seen } = draft
  const { scores, overrides, faults } = readScores(texts)
  const machine = machineScores(score)
  const refused = problem ? fieldFaults(problem) : {}
  const isMeanwhile = (review?.at ?? null) !== seen
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (Object.keys(faults).length > 0) return
    void send(
      { ...scores, review_notes: notes.trim() || null, expected_reviewed_at: seen },
      'Reviewed the QA score',
    )
  }
  return (
    <form className="qa-form" aria-label="Review of the QA score" onSubmit={handleSubmit} noValidate>
      <div className="qa-fields">
        {scoreFields.map(({ key, name }, index) => {
          const fault = faults[key] ?? refused[key]
          return (
            <label key={key}>
              <span>{name}</span>
              <input
                // The form was asked for by key or button: there the typing begins.
                // oxlint-disable-next-line jsx-a11y/no-autofocus
                autoFocus={index === 0}
                inputMode="numeric"
                value={texts[key]}
                placeholder={percentOf(
                  key === 'overall_score' ? reviewedScores(machine, overrides)[key] : machine[key],
                )}
                aria-label={`${name}, 0 to 100; empty: the AI’s`}
                aria-invalid={fault !== undefined}
                onChange={(event) => setDraft({ ...draft, texts: { ...texts, [key]: event.target.value } })}
              />
              {fault && <small className="tx-act">{fault}</small>}
            </label>
          )
        })}
      </div>
      <textarea
        aria-label="Why"
        placeholder="Why (optional)"
        rows={3}
        maxLength={reviewNoteChars}
        dir="auto"
        value={notes}
        onChange={(event) => setDraft({ ...draft, notes: event.target.value })}
      />
      {isMeanwhile && (
        <p className="qa-meanwhile" role="alert">
          {review
            ? `${review.by.name} reviewed this meanwhile: ${percentOf(score.overall_score)}.`
            : 'The review was withdrawn meanwhile.'}{' '}
          What you wrote is still here.{' '}
          <button
            type="button"
            className="link"
            onClick={() => setDraft({ ...draft, seen: review?.at ?? null })}
          >
            Write over it
          </button>
        </p>
      )}
      {problem && !isMeanwhile && Object.keys(refused).length === 0 && (
        <p className="tx-act" role="alert">
          {problemWords(problem)}
        </p>
      )}
      <div className="qa-acts">
        <Button kind="primary" type="submit" busy={busy} aria-disabled={isMeanwhile || undefined}>
          Save the review
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            setDraft(null)
            setProblem(null)
          }}
        >
          Cancel
        </Button>
        <span className="t3">
          Overall becomes {percentOf(reviewedScores(machine, overrides).overall_score)}
        </span>
      </div>
    </form>
  )
}
