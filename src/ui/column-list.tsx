// A list of columns to choose from: shown or not, moved up and down, kept at the left where a board can do that.
import { Checkbox } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import './column-list.css'

export interface ListedColumn<Id extends string> {
  id: Id
  name: string
  isShown: boolean
  /** Kept at the left; absent where columns cannot be. */
  isPinned?: boolean
}

interface ColumnListProps<Id extends string> {
  /** Shown ones first, as they stand. */
  columns: readonly ListedColumn<Id>[]
  onToggle: (id: Id) => void
  canMove: (id: Id, by: -1 | 1) => boolean
  onMove: (id: Id, by: -1 | 1) => void
  onPin?: (id: Id) => void
  /** Takes the choice back; absent while nothing is chosen. */
  onReset?: (() => void) | undefined
}

/** The content of a "Columns" panel; Alt ↑ ↓ moves the one in focus. The last shown one stays. */
export function ColumnList<Id extends string>(props: ColumnListProps<Id>) {
  const { columns, onToggle, canMove, onMove, onPin, onReset } = props
  const isLast = columns.filter(({ isShown }) => isShown).length === 1
  const handleKey = (event: KeyboardEvent, { id, isShown }: ListedColumn<Id>) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined
    if (!event.altKey || by === undefined || !isShown) return
    event.preventDefault()
    onMove(id, by)
  }
  return (
    <div className="filter-panel">
      <ul className="column-choice">
        {columns.map((column) => {
          const { id, name, isShown, isPinned = false } = column
          return (
            <li key={id} onKeyDown={(event) => handleKey(event, column)}>
              <Checkbox
                size="xs"
                label={name}
                checked={isShown}
                disabled={isLast && isShown}
                aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                onChange={() => onToggle(id)}
              />
              {isShown && (
                <span className="column-moves">
                  {onPin && (
                    <button
                      type="button"
                      aria-label={`Keep ${name} at the left`}
                      title="Keep at the left"
                      aria-pressed={isPinned}
                      onClick={() => onPin(id)}
                    >
                      ⇤
                    </button>
                  )}
                  {([-1, 1] as const).map((by) => (
                    <button
                      key={by}
                      type="button"
                      aria-label={`Move ${name} ${by < 0 ? 'up' : 'down'}`}
                      title={by < 0 ? 'Alt ↑' : 'Alt ↓'}
                      aria-disabled={!canMove(id, by)}
                      onClick={() => canMove(id, by) && onMove(id, by)}
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
      {onReset && (
        <button type="button" className="link" onClick={onReset}>
          Show what fits
        </button>
      )}
    </div>
  )
}
