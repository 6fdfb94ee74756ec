// The briefing as whoever knows better writes it. What is written is kept until it is saved or let go.
import type { FormEvent } from 'react'
import type { Briefing, BriefingPatch } from '#contract/transfer.ts'
import { Button } from '#src/ui/button.tsx'

/** A correction that is being written. */
export interface BriefingDraft {
  who: string
  wants: string
  promised: string
  open: string
  /** The briefing that it corrects, to tell when that becomes another one meanwhile. */
  base: string
}

const wordsOf = ({ who, wants, promised, open_questions }: Briefing) => ({
  who,
  wants: wants.text,
  promised: promised.map(({ text }) => text).join('\n'),
  open: open_questions.map(({ text }) => text).join('\n'),
})

/** The draft that a correction begins with. */
export function draftOf(briefing: Briefing): BriefingDraft {
  const words = wordsOf(briefing)
  return { ...words, base: JSON.stringify(words) }
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

interface BriefingFormProps {
  briefing: Briefing
  draft: BriefingDraft
  onDraft: (draft: BriefingDraft) => void
  busy: boolean
  onSave: (patch: BriefingPatch) => void
  onCancel: () => void
}

/** The form in the place of the card. */
export function BriefingForm({ briefing, draft, onDraft, busy, onSave, onCancel }: BriefingFormProps) {
  const { who, wants, promised, open, base } = draft
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    onSave({
      who: who.trim() || briefing.who,
      wants,
      promised: linesOf(promised),
      open_questions: linesOf(open),
    })
  }
  const write = (part: Partial<BriefingDraft>) => onDraft({ ...draft, ...part })
  const isOvertaken = JSON.stringify(wordsOf(briefing)) !== base
  return (
    <form className="briefing briefing-edit" aria-label="Correct the briefing" onSubmit={handleSubmit}>
      <label>
        Who
        <input
          data-first
          value={who}
          maxLength={200}
          onChange={(event) => write({ who: event.target.value })}
        />
      </label>
      <label>
        Wants
        <textarea
          rows={2}
          maxLength={600}
          value={wants}
          onChange={(event) => write({ wants: event.target.value })}
        />
      </label>
      <label>
        Promised, one a line
        <textarea rows={2} value={promised} onChange={(event) => write({ promised: event.target.value })} />
      </label>
      <label>
        Open questions, one a line
        <textarea rows={2} value={open} onChange={(event) => write({ open: event.target.value })} />
      </label>
      {isOvertaken && (
        <p className="tx-attention" role="status">
          {briefing.edited_by?.name ?? 'Somebody'} corrected it meanwhile; saving puts yours in its place.
        </p>
      )}
      <p className="briefing-foot">
        <Button kind="primary" type="submit" busy={busy}>
          Save the briefing
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          Leave it as it was
        </Button>
      </p>
    </form>
  )
}
