// Listens for the keys somebody wants: one press, or a second one after a key that begins sequences.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { comboOf, printCombo } from '#src/actions/key-combo.ts'
import { sequenceMs } from '#src/actions/read-key.ts'
import { isMac, useRegistry } from '#src/ui/actions.tsx'

interface KeyRecorderProps {
  /** The action, in words. */
  name: string
  onKeys: (combo: string) => void
  onCancel: () => void
}

/** A button that has the focus and takes every key but Esc and Tab. */
export function KeyRecorder({ name, onKeys, onCancel }: KeyRecorderProps) {
  const { keyMap } = useRegistry()
  const [first, setFirst] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const latest = useRef(onKeys)
  useEffect(() => {
    latest.current = onKeys
  })
  useEffect(() => button.current?.focus(), [])
  useEffect(() => {
    if (first === null) return
    const timer = setTimeout(() => latest.current(first), sequenceMs)
    return () => clearTimeout(timer)
  }, [first])
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return onCancel()
    const combo = event.repeat ? null : comboOf(event.nativeEvent)
    if (combo === null) return
    if (first !== null) onKeys(`${first} ${combo}`)
    else if (keyMap().prefixes.has(combo)) setFirst(combo)
    else onKeys(combo)
  }
  return (
    <button
      ref={button}
      type="button"
      className="btn btn-plain keys-listening"
      // The dialog around it would close on Esc.
      data-mantine-stop-propagation="true"
      aria-label={`Press the new key of ${name}, or Escape to keep the old one`}
      onKeyDown={handleKey}
      onBlur={onCancel}
    >
      {first === null ? 'Press the new key · Esc keeps the old one' : `${printCombo(first, isMac)} and then…`}
    </button>
  )
}
