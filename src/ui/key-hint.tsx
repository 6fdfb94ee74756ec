// What is being typed of a sequence and what may follow, or why a key did nothing; for a moment, over the status line.
import type { ActionId } from '#src/actions/action-list.ts'
import { recordOf } from '#src/actions/action-list.ts'
import { printCombo } from '#src/actions/key-combo.ts'
import type { KeyMap } from '#src/actions/key-map.ts'
import { followers } from '#src/actions/read-key.ts'
import { type Hint, isMac } from '#src/ui/actions.tsx'
import { Key } from '#src/ui/key.tsx'

interface KeyHintProps {
  hint: Hint
  map: KeyMap
  isOffered: (id: ActionId) => boolean
}

/** A line at the foot of the page. */
export function KeyHint({ hint, map, isOffered }: KeyHintProps) {
  return (
    <div className="foot-note key-hint" role="status">
      {hint.kind === 'refused' ? (
        <span>
          <b>{recordOf(hint.id).title}:</b> {hint.why}
        </span>
      ) : (
        <>
          <Key>{printCombo(hint.combo, isMac)}</Key>
          <span className="sr-only">{printCombo(hint.combo, isMac)} and then:</span>
          {followers(hint.combo, map)
            .filter(([, id]) => isOffered(id))
            .map(([step, id]) => (
              <span key={step}>
                <Key>{printCombo(step, isMac)}</Key>
                <span className="sr-only">{step}</span> {recordOf(id).title}
              </span>
            ))}
        </>
      )}
    </div>
  )
}
