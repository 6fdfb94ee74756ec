// The person is done: what they promised goes to the AI, which says so and goes on with the caller.
import type { FormEvent } from 'react'
import { Button } from '#src/ui/button.tsx'

interface HandBackFormProps {
  who: string
  ai: string
  busy: boolean
  /** What is written so far. */
  text: string
  onText: (text: string) => void
  onHandBack: (promised: string[]) => void
  onCancel: () => void
}

/** One promise a line; none is an answer too. */
export function HandBackForm({ who, ai, busy, text, onText, onHandBack, onCancel }: HandBackFormProps) {
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    const promised = text
      .split('\n')
      .map((line) => line.trim().slice(0, 300))
      .filter((line) => line !== '')
    onHandBack(promised.slice(0, 10))
  }
  return (
    <form className="briefing briefing-edit" aria-label={`Hand back to ${ai}`} onSubmit={handleSubmit}>
      <label>
        What {who} promised, one a line
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- it was opened to be written in */}
        <textarea autoFocus rows={2} value={text} onChange={(event) => onText(event.target.value)} />
      </label>
      <p className="briefing-foot">
        <Button kind="primary" type="submit" busy={busy}>
          Hand back to {ai}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          Not yet
        </Button>
        <span className="t3">{ai} tells the caller and goes on from there.</span>
      </p>
    </form>
  )
}
