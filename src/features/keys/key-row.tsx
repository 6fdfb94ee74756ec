// One action of the key settings: its keys, and what it takes to give it others.
import { useEffect, useRef, useState } from 'react'
import { type ActionId, recordOf } from '#src/actions/action-list.ts'
import { printCombo } from '#src/actions/key-combo.ts'
import { hasOwnKeys, reservedFor, takenBy, withKeys, withOwnKeys } from '#src/actions/key-change.ts'
import { type KeyChoice, keysOf } from '#src/actions/key-map.ts'
import { Combos } from '#src/features/keys/combos.tsx'
import { KeyRecorder } from '#src/features/keys/key-recorder.tsx'
import { isMac } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'

interface KeyRowProps {
  id: ActionId
  choice: KeyChoice
  /** The new choice, and what was done in words. */
  onChange: (next: KeyChoice, text: string) => void
}

type State =
  | { kind: 'rest' }
  | { kind: 'listening'; fault: string | null }
  | { kind: 'taken'; combo: string; other: ActionId }

/** A list item. */
export function KeyRow({ id, choice, onChange }: KeyRowProps) {
  const [state, setState] = useState<State>({ kind: 'rest' })
  const { title } = recordOf(id)
  const keys = keysOf(id, choice)
  const button = useRef<HTMLButtonElement>(null)
  const wasListening = useRef(false)
  useEffect(() => {
    // Where the keys were heard there is nothing any more: the focus goes on to what stands in its place.
    if (wasListening.current && state.kind !== 'listening' && document.activeElement === document.body)
      button.current?.focus()
    wasListening.current = state.kind === 'listening'
  }, [state.kind])
  const rest = () => setState({ kind: 'rest' })
  const give = (combo: string) => {
    // The first key is the one that is changed; arrows and the like that do the same stay.
    onChange(withKeys(choice, id, [combo, ...keys.slice(1)]), `${title} is on ${printCombo(combo, isMac)}`)
    rest()
  }
  const handleKeys = (combo: string) => {
    if (keys.includes(combo)) return rest()
    const reserved = reservedFor(combo)
    if (reserved) return setState({ kind: 'listening', fault: `${printCombo(combo, isMac)}: ${reserved}` })
    const other = takenBy(combo, id, choice)
    if (other) setState({ kind: 'taken', combo, other })
    else give(combo)
  }
  return (
    <li className="keys-row">
      <span className="keys-name">{title}</span>
      {state.kind === 'listening' ? (
        <KeyRecorder name={title} onKeys={handleKeys} onCancel={rest} />
      ) : (
        <>
          <span className="keys-caps">
            {keys.length > 0 ? <Combos combos={keys} /> : <span className="t3">no key</span>}
          </span>
          {!hasOwnKeys(id, choice) && (
            <Button
              kind="quiet"
              aria-label={`Reset the key of ${title}`}
              onClick={() => onChange(withOwnKeys(choice, id), `${title} has its own key again`)}
            >
              Reset
            </Button>
          )}
          <Button
            ref={button}
            kind="quiet"
            aria-label={`Change the key of ${title}`}
            onClick={() => setState({ kind: 'listening', fault: null })}
          >
            Change
          </Button>
          {keys.length > 0 && (
            <Button
              kind="quiet"
              aria-label={`Take the key from ${title}`}
              onClick={() => onChange(withKeys(choice, id, []), `${title} has no key`)}
            >
              Remove
            </Button>
          )}
        </>
      )}
      {state.kind === 'listening' && state.fault && (
        <p className="keys-fault tx-attention" role="alert">
          {state.fault}
        </p>
      )}
      {state.kind === 'taken' && (
        <p className="keys-fault tx-attention" role="alert">
          {printCombo(state.combo, isMac)} is taken by “{recordOf(state.other).title}”.{' '}
          <Button onClick={() => give(state.combo)}>Use it here instead</Button>{' '}
          <Button kind="quiet" onClick={rest}>
            Keep it there
          </Button>
        </p>
      )}
    </li>
  )
}
