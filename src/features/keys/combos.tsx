// Keys as caps, each read aloud as well.
import { printCombo, printStep, stepsOf } from '#src/actions/key-combo.ts'
import { isMac } from '#src/ui/actions.tsx'
import { Key } from '#src/ui/key.tsx'

/** All combinations of an action, side by side. */
export function Combos({ combos }: { combos: readonly string[] }) {
  return combos.map((combo) => (
    <span key={combo} className="key-combo">
      <span className="sr-only">{printCombo(combo, isMac)}</span>
      {stepsOf(combo).map((step, index) => (
        <Key key={`${index} ${step}`}>{printStep(step, isMac)}</Key>
      ))}
    </span>
  ))
}
