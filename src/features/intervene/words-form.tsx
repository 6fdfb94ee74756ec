// Words for the AI: what it says next, or what it follows for the rest of the call.
import { type FormEvent, useState } from 'react'
import { useSubmit } from '#src/features/intervene/use-submit.ts'
import { Button } from '#src/ui/button.tsx'

/** How long instructions hold. */
interface Span {
  scope?: 'turn' | 'call'
  seconds?: number
}

const spans: readonly { name: string; words: string; span: Span }[] = [
  { name: 'Until the call ends', words: 'for the rest of this call', span: { scope: 'call' } },
  { name: 'For the next turn', words: 'for the next turn', span: { scope: 'turn' } },
  { name: 'For 2 minutes', words: 'for 2 minutes', span: { scope: 'call', seconds: 120 } },
  { name: 'For 10 minutes', words: 'for 10 minutes', span: { scope: 'call', seconds: 600 } },
]

interface WordsFormProps {
  mode: 'message' | 'override'
  /** Name of the AI: the button says who gets the words. */
  ai: string
  text: string
  onText: (text: string) => void
  /** True when the server took it; the words are kept otherwise. */
  onSend: (text: string, span: Span) => Promise<boolean>
}

const limits = { message: 2000, override: 4000 }

/** A box and its button. An override is asked for twice, for it holds to the end of the call. */
export function WordsForm({ mode, ai, text, onText, onSend }: WordsFormProps) {
  const [asked, setAsked] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [chosen, setChosen] = useState(0)
  const { busy, submit } = useSubmit(onSend)
  const holds = spans[chosen] ?? { words: '', span: {} }
  const isOverride = mode === 'override'

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (words === '') return setFault(isOverride ? 'Write the instructions.' : 'Write the message.')
    if (isOverride && !asked) return setAsked(true)
    if (await submit(words, isOverride ? holds.span : {})) onText('')
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
      {isOverride && (
        <div className="composer-row">
          <select
            className="field"
            aria-label="How long they hold"
            value={chosen}
            onChange={(event) => {
              setAsked(false)
              setChosen(Number(event.target.value))
            }}
          >
            {spans.map(({ name: words }, index) => (
              <option key={words} value={index}>
                {words}
              </option>
            ))}
          </select>
        </div>
      )}
      <p
        className={`composer-hint${asked || fault ? ' tx-attention' : ''}`}
        role={asked || fault ? 'status' : undefined}
      >
        {fault ??
          (asked
            ? `Replaces ${ai}'s instructions ${holds.words}. Press again to confirm.`
            : isOverride
              ? 'The caller does not hear this.'
              : `The caller hears this: ${ai} says it next.`)}
      </p>
    </form>
  )
}
