// One note for all picked calls.
import { type FormEvent, useState } from 'react'
import { type PickedCall, affected, countCalls, nameCalls } from '#src/features/bulk/affected.ts'
import { Button } from '#src/ui/button.tsx'

interface BulkNoteFormProps {
  picked: readonly PickedCall[]
  onSend: (callIds: readonly string[], note: string) => void
}

/** The note, and whom it is about. */
export function BulkNoteForm({ picked, onSend }: BulkNoteFormProps) {
  const [text, setText] = useState('')
  const [isFaulty, setFaulty] = useState(false)
  const { calls } = affected('note', picked)
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    const note = text.trim()
    if (note === '') return setFaulty(true)
    onSend(
      calls.map(({ id }) => id),
      note,
    )
  }
  return (
    <form className="bulk-form" onSubmit={handleSubmit} noValidate>
      <input
        className="field"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was opened to be written in
        autoFocus
        aria-label="Note for all selected calls"
        aria-invalid={isFaulty}
        aria-describedby="bulk-whom"
        placeholder="Note for your colleagues, on every selected call"
        value={text}
        maxLength={4000}
        dir="auto"
        onChange={(event) => {
          setFaulty(false)
          setText(event.target.value)
        }}
      />
      <Button kind="primary" type="submit" cap="↵">
        Note {countCalls(calls.length)}
      </Button>
      <p id="bulk-whom" className="bulk-whom">
        {isFaulty ? 'Write the note.' : `${nameCalls(calls)}. You can take it back for 10 s.`}
      </p>
    </form>
  )
}
