// One line of the palette: what it is, what it would do, its key, or why it cannot be done.
import type { PaletteItem } from '#src/features/palette/palette-items.ts'
import { useKeys } from '#src/ui/actions.tsx'
import { Key } from '#src/ui/key.tsx'
import { StateMark } from '#src/ui/state-mark.tsx'

interface PaletteOptionProps {
  id: string
  item: PaletteItem
  active: boolean
  onPoint: () => void
  onChoose: () => void
}

/** An option of the list box. The focus stays in the field; the pointer chooses by moving, not by lying there. */
export function PaletteOption({ id, item, active, onPoint, onChoose }: PaletteOptionProps) {
  const isOff = item.kind === 'action' && !item.standing.ready
  return (
    // The keys of the list are heard by the field above it.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={isOff || undefined}
      className="palette-option"
      onPointerMove={active ? undefined : onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Words item={item} />
    </div>
  )
}

function Words({ item }: { item: PaletteItem }) {
  const { cap } = useKeys()
  switch (item.kind) {
    case 'action': {
      const { record, standing, id } = item
      return (
        <>
          <span className="palette-name clip">{record.title}</span>
          <span className="palette-more clip">
            {standing.ready ? (record.confirms ? 'Asks first' : '') : standing.why}
          </span>
          <Key>{cap(id)}</Key>
        </>
      )
    }
    case 'act-call':
      return (
        <>
          <StateMark meaning="act" label="Act now" />
          <span className="palette-name clip">{item.call.words}</span>
        </>
      )
    case 'call': {
      const { name, number, business, agent, meaning, state } = item.call
      return (
        <>
          <StateMark meaning={meaning} label={state} />
          <span className="palette-name clip">{name}</span>
          <span className="palette-more clip">{[number, business, agent].filter(Boolean).join(' · ')}</span>
        </>
      )
    }
    case 'agent': {
      const { name, kind, calls } = item.agent
      return (
        <>
          {kind === 'person' && <StateMark meaning="human" label="A person" />}
          <span className="palette-name clip">{name}</span>
          <span className="palette-more clip">
            {kind === 'ai' ? 'AI' : 'Person'} · show {calls === 1 ? 'the call' : `${calls} calls`}
          </span>
        </>
      )
    }
  }
}
