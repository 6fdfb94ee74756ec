// What can be done on a row, where the pointer asked for it: the same records as keys and palette.
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react'
import { type ActionId, allActions } from '#src/actions/action-list.ts'
import { useKeys, useRegistry } from '#src/ui/actions.tsx'
import { Key } from '#src/ui/key.tsx'
import './row-menu.css'

interface RowMenuProps {
  /** Px of the window. */
  at: { x: number; y: number }
  /** Whose row it is, in words. */
  name: string
  onClose: () => void
  /** Called when the menu is gone and the row has the focus again. */
  onAction: (id: ActionId) => void
}

/** A menu at a point; what cannot be done says why. */
export function RowMenu({ at, name, onClose, onAction }: RowMenuProps) {
  const { standing } = useRegistry()
  const { cap, shortcuts } = useKeys()
  const menu = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = menu.current
    if (!element) return
    const { width, height } = element.getBoundingClientRect()
    element.style.left = `${Math.max(8, Math.min(at.x, innerWidth - width - 8))}px`
    element.style.top = `${Math.max(8, Math.min(at.y, innerHeight - height - 8))}px`
    element.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
  }, [at])
  useEffect(() => {
    const handle = (event: PointerEvent) => {
      if (!(event.target instanceof Node && menu.current?.contains(event.target))) onClose()
    }
    document.addEventListener('pointerdown', handle, true)
    return () => document.removeEventListener('pointerdown', handle, true)
  }, [onClose])

  const handleKey = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
    const now = items.findIndex((item) => item === document.activeElement)
    const go = (to: number) => () => items.at(to % items.length)?.focus()
    const keys: Record<string, () => void> = {
      ArrowDown: go(now + 1),
      ArrowUp: go(now - 1),
      Home: go(0),
      End: go(-1),
      Escape: onClose,
      Tab: onClose,
    }
    const run = keys[event.key]
    if (!run) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }
  const offered = allActions.filter(
    ([id, { onRow }]) => onRow && (standing(id).ready || id.startsWith('act.')),
  )
  return (
    // The items are what has the focus; the menu hears their keys.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      ref={menu}
      role="menu"
      aria-label={`What to do with ${name}`}
      className="row-menu"
      onKeyDown={handleKey}
    >
      <div className="row-menu-name clip" aria-hidden="true">
        {name}
      </div>
      {offered.map(([id, { title, confirms }]) => {
        const answer = standing(id)
        return (
          <button
            key={id}
            type="button"
            role="menuitem"
            tabIndex={-1}
            aria-disabled={!answer.ready || undefined}
            aria-keyshortcuts={shortcuts(id)}
            onClick={() => {
              if (answer.ready) onAction(id)
            }}
          >
            <span>
              {title}
              {confirms && '…'}
              {!answer.ready && <small>{answer.why}</small>}
            </span>
            <Key>{cap(id)}</Key>
          </button>
        )
      })}
    </div>
  )
}
