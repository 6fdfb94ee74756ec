// Which columns are shown. The choice is in the address; without one, the columns that fit are shown.
import { Checkbox } from '@mantine/core'
import { columnLayout, fittingColumns } from '#src/features/live-grid/columns.ts'
import { type ColumnId, type GridView, columnIds } from '#src/floor/view.ts'

interface ColumnChoiceProps {
  view: GridView
  onChange: (view: GridView) => void
}

/** The content of the "Columns" panel. */
export function ColumnChoice({ view, onChange }: ColumnChoiceProps) {
  const shown =
    view.columns ?? fittingColumns(document.querySelector('[data-grid-scroller]')?.clientWidth ?? 1280)
  const toggle = (id: ColumnId) => {
    const next = shown.includes(id) ? shown.filter((other) => other !== id) : [...shown, id]
    onChange({ ...view, columns: columnIds.filter((other) => next.includes(other)) })
  }
  return (
    <div className="filter-panel">
      <div className="filter-checks">
        {columnIds.map((id) => (
          <Checkbox
            key={id}
            size="xs"
            label={columnLayout[id].name}
            checked={shown.includes(id)}
            disabled={shown.length === 1 && shown.includes(id)}
            onChange={() => toggle(id)}
          />
        ))}
      </div>
      {view.columns && (
        <button type="button" className="link" onClick={() => onChange({ ...view, columns: null })}>
          Show what fits
        </button>
      )}
    </div>
  )
}
