// A field of the bar whose text is asked for when the typing rests, or at once with Enter.
import { type Ref, useEffect, useRef, useState } from 'react'
import { systemClock } from '#src/lib/clock.ts'
import { FilterText } from '#src/ui/filter-text.tsx'

/** Ms after the last letter. */
const restMs = 400

interface SearchFieldProps {
  label: string
  placeholder: string
  value: string
  /** Why it cannot be looked for. */
  fault?: string | undefined
  cap?: string | undefined
  shortcuts?: string | undefined
  inputRef?: Ref<HTMLInputElement>
  onChange: (text: string) => void
}

/** What is typed stays typed, whatever the list does meanwhile. */
export function SearchField(props: SearchFieldProps) {
  const { label, placeholder, value, fault, cap, shortcuts, inputRef, onChange } = props
  const [typed, setTyped] = useState(value)
  const sent = useRef(value)
  // Changed elsewhere: a chip was taken away, a view chosen.
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setTyped(value)
  }, [value])
  const send = (text: string) => {
    if (text.trim() === sent.current) return
    sent.current = text.trim()
    onChange(text.trim())
  }
  const latest = useRef(send)
  latest.current = send
  useEffect(() => systemClock.after(restMs, () => latest.current(typed)), [typed])
  return (
    <FilterText
      ref={inputRef}
      value={typed}
      maxLength={200}
      placeholder={placeholder}
      aria-label={label}
      aria-keyshortcuts={shortcuts}
      cap={cap}
      fault={fault}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') send(typed)
      }}
    />
  )
}
