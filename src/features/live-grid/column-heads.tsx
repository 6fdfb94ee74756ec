// The heads of the columns: names, and sorting by click or key; Shift adds a second order.
import { columnLayout } from '#src/features/live-grid/columns.ts'
import { type ColumnId, type SortRule, nextSort } from '#src/floor/view.ts'

interface ColumnHeadsProps {
  columns: readonly ColumnId[]
  sort: readonly SortRule[]
  onSort: (sort: SortRule[]) => void
}

/** The first row of the grid. */
export function ColumnHeads({ columns, sort, onSort }: ColumnHeadsProps) {
  return (
    <div role="row" aria-rowindex={1} className="grid-heads">
      {columns.map((id, index) => {
        const rule = sort.find((item) => item.id === id)
        const { name, head, end } = columnLayout[id]
        const place = sort.length > 1 && rule ? sort.indexOf(rule) + 1 : null
        return (
          <span
            key={id}
            role="columnheader"
            aria-colindex={index + 1}
            aria-sort={rule ? (rule.desc ? 'descending' : 'ascending') : 'none'}
            className={end ? 'grid-end' : undefined}
          >
            <button
              type="button"
              title={`Sort by ${name.toLowerCase()}. Shift adds it to the order.`}
              aria-label={head === '' ? name : undefined}
              onClick={(event) => onSort(nextSort(sort, id, event.shiftKey))}
            >
              {head ?? name}
              {rule && <span aria-hidden="true">{rule.desc ? ' ↓' : ' ↑'}</span>}
              {place && <sub aria-hidden="true">{place}</sub>}
            </button>
          </span>
        )
      })}
    </div>
  )
}
