// Words for the AI: what it says next, or what it follows for the rest of the call.
import { type FormEvent, useState } from 'react'
import { useSubmit } from '#src/features/intervene/use-submit.ts'
import { Button } from '#src/ui/button.tsx'

interface WordsFormProps {
  mode: 'message' | 'override'
  /** Name of the AI: the button says who gets the words. */
  ai: string
  text: string
  onText: (text: string) => void
  /** True when the server took it; the words are kept otherwise. */
  onSend: (text: string) => Promise<boolean>
}

const limits = { message: 2000, override: 4000 }

/** A box and its button. An override is asked for twice, for it holds to the end of the call. */
export function WordsForm({ mode, ai, text, onText, onSend }: WordsFormProps) {
  const [asked, setAsked] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const { busy, submit } = useSubmit(onSend)
  const isOverride = mode === 'override'

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (words === '') return setFault(isOverride ? 'Write the instructions.' : 'Write the message.')
    if (isOverride && !asked) return setAsked(true)
    if (await submit(words)) onText('')
    setAsked(false)
  }
  const name = isOverride ? `Instructions for ${ai}` : `Message to ${ai}`
  return (
    <form className="composer-form" onSubmit={handleSubmit} noValidate>
      <div className="composer-box">
        <textarea
          data-first
          aria-label={name}
          aria-invalid={fault !== null}
          placeholder={isOverride ? `What ${ai} is to follow from now on` : `What ${ai} says next`}
          value={text}
          maxLength={limits[mode]}
          rows={2}
          dir="auto"
          onChange={(event) => {
            setFault(null)
            setAsked(false)
            onText(event.target.value)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }}
        />
        <Button kind="primary" type="submit" cap="↵" busy={busy}>
          {isOverride ? (asked ? 'Yes, replace them' : `Override ${ai}`) : `Send to ${ai}`}
        </Button>
      </div>
      <p
        className={`composer-hint${asked || fault ? ' tx-attention' : ''}`}
        role={asked || fault ? 'status' : undefined}
      >
        {fault ??
          (asked
            ? `Replaces ${ai}'s instructions for the rest of this call. Press again to confirm.`
            : isOverride
              ? 'The caller does not hear this.'
              : `The caller hears this: ${ai} says it next.`)}
      </p>
    </form>
  )
}
