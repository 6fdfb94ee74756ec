// The palette: everything that can be done, every place, every call on the floor, found by a few letters.
import { Modal } from '@mantine/core'
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { ActionId } from '#src/actions/action-list.ts'
import { comboOf } from '#src/actions/key-combo.ts'
import { PaletteOption } from '#src/features/palette/palette-option.tsx'
import { type PaletteItem, paletteSections } from '#src/features/palette/palette-items.ts'
import type { FoundOnFloor } from '#src/floor/find-calls.ts'
import { useDesk, useDigest, useServerNow } from '#src/live/use-live.ts'
import { useRegistry } from '#src/ui/actions.tsx'
import './palette.css'

interface PaletteProps {
  /** Whom acts on a call would concern, in words; null when there is no call. */
  subject: string | null
  /** What was typed while the palette's code was on its way. */
  typedBefore: () => string
  onClose: () => void
  /** Called when the palette is gone and the focus back where it was. */
  onAction: (id: ActionId) => void
  onCall: (callId: string) => void
  onAgent: (name: string) => void
}

const nothing: FoundOnFloor = { calls: [], agents: [] }
/** Results are looked up anew this often while they are shown, ms. */
const refreshMs = 2000
const pageStep = 8

/** A combobox over a list box, in a dialog. */
export function Palette({ subject, typedBefore, onClose, onAction, onCall, onAgent }: PaletteProps) {
  const registry = useRegistry()
  const desk = useDesk()
  const acts = useDigest((digest) => digest.acts)
  const [typed, setTyped] = useState(typedBefore)
  const [chosen, setChosen] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const found = useFound(typed, desk.find)
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  // At once, not when the dialog gets to it: the next letter is already on its way.
  useLayoutEffect(() => input.current?.focus(), [])
  const sections = paletteSections(typed, {
    standing: registry.standing,
    recent: registry.recent(),
    acts,
    found: found ?? nothing,
  })
  const items = sections.flatMap((section) => section.items)
  const at = Math.max(
    0,
    items.findIndex(({ key }) => key === chosen),
  )
  const active = items[at]
  const optionId = (key: string) => `${listId}-${key.replace(/[^\w-]/g, '_')}`

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active?.key])

  const choose = (item: PaletteItem) => {
    if (item.kind === 'action') {
      if (item.standing.ready) onAction(item.id)
      else setSaid(item.standing.why)
    } else if (item.kind === 'agent') onAgent(item.agent.name)
    else onCall(item.call.id)
  }
  const move = (to: number) => {
    setSaid('')
    setChosen(items[(to + items.length) % items.length]?.key ?? null)
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const clamp = (to: number) => Math.max(0, Math.min(items.length - 1, to))
    const moves: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      PageDown: () => move(clamp(at + pageStep)),
      PageUp: () => move(clamp(at - pageStep)),
      Enter: () => active && choose(active),
    }
    const run = comboOf(event.nativeEvent) === 'Mod+k' ? onClose : moves[event.key]
    if (!run) return
    event.preventDefault()
    run()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title="Find and do anything"
      size={620}
      centered={false}
      yOffset="12vh"
      padding={0}
      withCloseButton={false}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      classNames={{ header: 'sr-only', content: 'palette', body: 'palette-body' }}
    >
      <div className="palette-head">
        <input
          ref={input}
          data-autofocus
          role="combobox"
          aria-expanded
          aria-haspopup="listbox"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active && optionId(active.key)}
          aria-label="Action, call, number, business or agent"
          placeholder="Do something, or find a call, number, business or agent"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setChosen(null)
            setSaid('')
          }}
          onKeyDown={handleKey}
        />
        {subject && <span className="palette-subject clip">Acts on {subject}</span>}
      </div>
      <div ref={list} id={listId} role="listbox" aria-label="Results" className="palette-list" tabIndex={-1}>
        {sections.map(({ name, items: own }) => (
          <div key={name} role="group" aria-label={name} className="palette-group">
            <div className="label" aria-hidden="true">
              {name}
            </div>
            {own.map((item) => (
              <PaletteOption
                key={item.key}
                id={optionId(item.key)}
                item={item}
                active={item === active}
                onPoint={() => setChosen(item.key)}
                onChoose={() => choose(item)}
              />
            ))}
          </div>
        ))}
      </div>
      {items.length === 0 && found && <p className="palette-none">Nothing here is called that.</p>}
      <Foot count={items.length} said={said} typed={typed} />
    </Modal>
  )
}

function Foot({ count, said, typed }: { count: number; said: string; typed: string }): ReactNode {
  return (
    <div className="palette-foot">
      <span role="status" className={said ? 'tx-attention' : 'sr-only'}>
        {said || (typed ? `${count} ${count === 1 ? 'result' : 'results'}` : '')}
      </span>
      <span className="palette-keys" aria-hidden="true">
        <kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>↵</kbd> do it <kbd>Esc</kbd> close
      </span>
    </div>
  )
}

/** What the floor answers, null until it has; what was found for other letters is not shown for these. */
function useFound(typed: string, find: (typed: string) => Promise<FoundOnFloor>): FoundOnFloor | null {
  const [answer, setAnswer] = useState<{ typed: string; found: FoundOnFloor }>({ typed: '', found: nothing })
  const beat = useServerNow(refreshMs)
  useEffect(() => {
    if (typed.trim() === '') return
    let isWanted = true
    void find(typed).then((found) => {
      if (isWanted) setAnswer({ typed, found })
    })
    return () => {
      isWanted = false
    }
  }, [typed, find, beat])
  return answer.typed === typed ? answer.found : null
}
