// Which columns are shown, and in which order. The choice is in the address; without one, the columns that fit are shown.
import { Checkbox } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { columnLayout, placeColumns } from '#src/features/live-grid/columns.ts'
import { canMove, moveColumn, toggleColumn, togglePinned } from '#src/floor/change-view.ts'
import { type ColumnId, type GridView, columnIds } from '#src/floor/view.ts'
import './column-choice.css'

interface ColumnChoiceProps {
  view: GridView
  onChange: (view: GridView) => void
}

/** The content of the "Columns" panel: shown ones first, as they stand; Alt ↑ ↓ moves the one in focus. */
export function ColumnChoice({ view, onChange }: ColumnChoiceProps) {
  const width = document.querySelector('[data-grid-scroller]')?.clientWidth ?? 1280
  const shown = placeColumns(view, width).ids
  const rows = [...shown, ...columnIds.filter((id) => !shown.includes(id))]
  const handleKey = (event: KeyboardEvent, id: ColumnId) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined
    if (!event.altKey || by === undefined || !shown.includes(id)) return
    event.preventDefault()
    onChange(moveColumn(view, shown, id, by))
  }
  return (
    <div className="filter-panel">
      <ul className="column-choice">
        {rows.map((id) => {
          const { name } = columnLayout[id]
          const isShown = shown.includes(id)
          const isPinned = view.pinned.includes(id)
          return (
            <li key={id} onKeyDown={(event) => handleKey(event, id)}>
              <Checkbox
                size="xs"
                label={name}
                checked={isShown}
                disabled={shown.length === 1 && isShown}
                aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                onChange={() => onChange(toggleColumn(view, shown, id))}
              />
              {isShown && (
                <span className="column-moves">
                  <button
                    type="button"
                    aria-label={`Keep ${name} at the left`}
                    title="Keep at the left"
                    aria-pressed={isPinned}
                    onClick={() => onChange(togglePinned(view, id))}
                  >
                    ⇤
                  </button>
                  {([-1, 1] as const).map((by) => (
                    <button
                      key={by}
                      type="button"
                      aria-label={`Move ${name} ${by < 0 ? 'up' : 'down'}`}
                      title={by < 0 ? 'Alt ↑' : 'Alt ↓'}
                      aria-disabled={!canMove(view, shown, id, by)}
                      onClick={() =>
                        canMove(view, shown, id, by) && onChange(moveColumn(view, shown, id, by))
                      }
                    >
                      {by < 0 ? '↑' : '↓'}
                    </button>
                  ))}
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {(view.columns || view.pinned.length > 0) && (
        <button
          type="button"
          className="link"
          onClick={() => onChange({ ...view, columns: null, pinned: [] })}
        >
          Show what fits
        </button>
      )}
    </div>
  )
}
