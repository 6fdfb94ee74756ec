// Which columns are shown, and in which order. The choice is in the address; without one, the columns that fit are shown.
import { columnLayout, placeColumns } from '#src/features/live-grid/columns.ts'
import { canMove, moveColumn, toggleColumn, togglePinned } from '#src/floor/change-view.ts'
import { type GridView, columnIds } from '#src/floor/view.ts'
import { ColumnList } from '#src/ui/column-list.tsx'

interface ColumnChoiceProps {
  view: GridView
  onChange: (view: GridView) => void
}

/** The content of the "Columns" panel: shown ones first, as they stand. */
export function ColumnChoice({ view, onChange }: ColumnChoiceProps) {
  const width = document.querySelector('[data-grid-scroller]')?.clientWidth ?? 1280
  const shown = placeColumns(view, width).ids
  const rows = [...shown, ...columnIds.filter((id) => !shown.includes(id))]
  return (
    <ColumnList
      columns={rows.map((id) => ({
        id,
        name: columnLayout[id].name,
        isShown: shown.includes(id),
        isPinned: view.pinned.includes(id),
      }))}
      onToggle={(id) => onChange(toggleColumn(view, shown, id))}
      canMove={(id, by) => canMove(view, shown, id, by)}
      onMove={(id, by) => onChange(moveColumn(view, shown, id, by))}
      onPin={(id) => onChange(togglePinned(view, id))}
      onReset={
        view.columns || view.pinned.length > 0
          ? () => onChange({ ...view, columns: null, pinned: [] })
          : undefined
      }
    />
  )
}
