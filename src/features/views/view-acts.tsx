// What can be done with the saved view that is shown, and with what is shown now.
import type { SavedView } from '#contract/view.ts'
import type { ViewChange } from '#src/features/views/use-views.ts'

interface ViewActsProps {
  current: SavedView | undefined
  query: string
  mayShare: boolean
  onApply: (view: SavedView) => void
  /** Changes the view, and offers `undo` under `text`. */
  onChange: (view: SavedView, part: ViewChange, undo: ViewChange, text: string) => void
  onMove: (view: SavedView, by: -1 | 1) => void
  onRemove: (view: SavedView) => void
  onForm: (form: 'save' | 'rename') => void
}

/** Buttons below the names. */
export function ViewActs(props: ViewActsProps) {
  const { current, query, mayShare, onApply, onChange, onMove, onRemove, onForm } = props
  const isChanged = current !== undefined && current.query !== query
  return (
    <div className="views-acts">
      {current?.can_change && isChanged && (
        <button
          type="button"
          className="btn btn-primary"
          onClick={() =>
            onChange(current, { query }, { query: current.query }, `Changed the view “${current.name}”`)
          }
        >
          Save the changes to “{current.name}”
        </button>
      )}
      {current && isChanged && (
        <button type="button" className="link" onClick={() => onApply(current)}>
          Back to “{current.name}” as it was saved
        </button>
      )}
      <button type="button" className="link" onClick={() => onForm('save')}>
        Save what is shown as a new view…
      </button>
      {current?.can_change && (
        <div className="views-row" role="group" aria-label={`The view “${current.name}”`}>
          <button type="button" className="link" onClick={() => onForm('rename')}>
            Rename
          </button>
          {(mayShare || current.shared) && (
            <button
              type="button"
              className="link"
              onClick={() =>
                onChange(
                  current,
                  { shared: !current.shared },
                  { shared: current.shared },
                  current.shared ? `“${current.name}” is yours alone` : `The team sees “${current.name}”`,
                )
              }
            >
              {current.shared ? 'Stop sharing' : 'Share with the team'}
            </button>
          )}
          <button type="button" className="link" aria-label="Move up" onClick={() => onMove(current, -1)}>
            ↑
          </button>
          <button type="button" className="link" aria-label="Move down" onClick={() => onMove(current, 1)}>
            ↓
          </button>
          <button type="button" className="link tx-act" onClick={() => onRemove(current)}>
            Delete
          </button>
        </div>
      )}
    </div>
  )
}
