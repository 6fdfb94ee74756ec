// Which columns the list has, and in which order.
import {
  type CallColumnId,
  callColumnIds,
  callColumns,
  fittingColumns,
  movedColumn,
} from '#src/features/calls-list/columns.ts'
import { ColumnList } from '#src/ui/column-list.tsx'

interface CallColumnsProps {
  /** Null: those that fit. */
  columns: readonly CallColumnId[] | null
  onChange: (columns: readonly CallColumnId[] | null) => void
}

/** The content of the "Columns" panel: shown ones first, as they stand. */
export function CallColumns({ columns, onChange }: CallColumnsProps) {
  const width = document.querySelector('[data-grid-scroller]')?.clientWidth ?? 0
  const shown = columns ?? fittingColumns(width)
  const rows = [...shown, ...callColumnIds.filter((id) => !shown.includes(id))]
  return (
    <ColumnList
      columns={rows.map((id) => ({ id, name: callColumns[id].name, isShown: shown.includes(id) }))}
      onToggle={(id) => onChange(shown.includes(id) ? shown.filter((other) => other !== id) : [...shown, id])}
      canMove={(id, by) => movedColumn(shown, id, by) !== shown}
      onMove={(id, by) => onChange(movedColumn(shown, id, by))}
      onReset={columns === null ? undefined : () => onChange(null)}
    />
  )
}
