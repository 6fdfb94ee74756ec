// A name for a view, and whether the team sees it.
import { type FormEvent, useState } from 'react'
import type { ApiProblem } from '#contract/errors.ts'
import type { Result } from '#src/lib/result.ts'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'

interface ViewFormProps {
  label: string
  submit: string
  name: string
  /** Null: sharing is not asked for here. */
  shared: boolean | null
  onSave: (name: string, shared: boolean) => Promise<Result<unknown, ApiProblem>>
  onCancel: () => void
}

/** What was typed stays when the server refuses it. */
export function ViewForm({ label, submit, name, shared, onSave, onCancel }: ViewFormProps) {
  const [typed, setTyped] = useState(name)
  const [isShared, setShared] = useState(shared ?? false)
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (typed.trim() === '') return setFault('Give the view a name.')
    setBusy(true)
    const answer = await onSave(typed.trim(), isShared)
    setBusy(false)
    if (!answer.ok) setFault(problemWords(answer.problem))
  }
  return (
    <form className="views-form" onSubmit={handleSubmit} noValidate>
      <label>
        <span>{label}</span>
        <input
          className="field"
          // The form is opened to type in it.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          value={typed}
          maxLength={80}
          aria-invalid={fault !== null}
          autoComplete="off"
          onChange={(event) => {
            setFault(null)
            setTyped(event.target.value)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            onCancel()
          }}
        />
      </label>
      {shared !== null && (
        <label className="views-share">
          <input type="checkbox" checked={isShared} onChange={(event) => setShared(event.target.checked)} />
          The whole team sees it
        </label>
      )}
      {fault && (
        <p className="tx-act" role="alert">
          {fault}
        </p>
      )}
      <div className="views-row">
        <Button kind="primary" type="submit" cap="↵" busy={busy}>
          {submit}
        </Button>
        <Button kind="quiet" onClick={onCancel} cap="Esc">
          Cancel
        </Button>
      </div>
    </form>
  )
}
