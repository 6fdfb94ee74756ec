// A note on the call, with tags; it is for colleagues and stays with the call.
import { type FormEvent, useState } from 'react'
import { useSubmit } from '#src/features/intervene/use-submit.ts'
import { Button } from '#src/ui/button.tsx'

interface NoteFormProps {
  text: string
  onText: (text: string) => void
  /** The tags as they are typed. */
  tags: string
  onTags: (tags: string) => void
  onAdd: (note: { note: string; tags?: string[] }) => Promise<boolean>
}

/** Splits what was typed into tags; empty and repeated ones fall away. */
export function splitTags(typed: string): string[] {
  return [...new Set(typed.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '').slice(0, 20)
}

/** The box for a note and its tags. */
export function NoteForm({ text, onText, tags, onTags, onAdd }: NoteFormProps) {
  const [fault, setFault] = useState(false)
  const { busy, submit } = useSubmit(onAdd)
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const note = text.trim()
    if (note === '') return setFault(true)
    if (!(await submit({ note, tags: splitTags(tags) }))) return
    onText('')
    onTags('')
  }
  return (
    <form className="composer-form" onSubmit={handleSubmit} noValidate>
      <div className="composer-box">
        <textarea
          data-first
          aria-label="Note"
          aria-invalid={fault}
          placeholder="Note for your colleagues"
          value={text}
          maxLength={4000}
          rows={2}
          dir="auto"
          onChange={(event) => {
            setFault(false)
            onText(event.target.value)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }}
        />
        <Button kind="primary" type="submit" cap="↵" busy={busy}>
          Add note
        </Button>
      </div>
      <div className="composer-row">
        <input
          className="field"
          aria-label="Tags, separated by commas"
          placeholder="Tags, separated by commas"
          value={tags}
          onChange={(event) => onTags(event.target.value)}
        />
        <span className="composer-hint">{fault ? 'Write the note.' : 'The caller does not hear this.'}</span>
      </div>
    </form>
  )
}
