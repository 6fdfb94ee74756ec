// The names of the saved views, mine and the team's; arrows go from one to the next.
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { SavedView } from '#contract/view.ts'

interface ViewNamesProps {
  own: readonly SavedView[]
  team: readonly SavedView[]
  currentId: string | undefined
  /** The names have been read: the current one, or the first, gets the focus. */
  isKnown: boolean
  onApply: (view: SavedView) => void
}

/** Two lists of buttons. */
export function ViewNames({ own, team, currentId, isKnown, onApply }: ViewNamesProps) {
  const list = (title: string, some: readonly SavedView[]) =>
    some.length > 0 && (
      <section>
        <h2>{title}</h2>
        <ul>
          {some.map((view) => (
            <li key={view.id}>
              <button
                type="button"
                className="views-item"
                aria-current={view.id === currentId || undefined}
                data-autofocus={view.id === currentId || undefined}
                onClick={() => onApply(view)}
              >
                <span className="clip">{view.name}</span>
                {view.shared && !view.can_change && <small className="t3 clip">{view.owner.name}</small>}
              </button>
            </li>
          ))}
        </ul>
      </section>
    )
  const names = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isKnown) return
    const items = names.current?.querySelectorAll<HTMLElement>('.views-item') ?? []
    const first = [...items].find((item) => item.getAttribute('aria-current')) ?? items[0]
    first?.focus()
  }, [isKnown])
  const handleArrow = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const items = [...(names.current?.querySelectorAll<HTMLElement>('.views-item') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLElement)
    items[Math.min(items.length - 1, Math.max(0, at + step))]?.focus()
  }
  return (
    <>
      {/* The arrows go from view to view; each is a button that is reached by Tab as well. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div ref={names} onKeyDown={handleArrow} className="views-names">
        {list('Mine', own)}
        {list('Team', team)}
      </div>
    </>
  )
}
