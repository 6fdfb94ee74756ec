// The heads of the list; those that an index answers sort.
import type { CallsQuery } from '#contract/call-link.ts'
import { type CallColumnId, callColumns } from '#src/features/calls-list/columns.ts'

interface CallHeadsProps {
  columns: readonly CallColumnId[]
  query: CallsQuery
  onSort: (by: NonNullable<CallsQuery['sort_by']>) => void
}

/** The first row of the grid. */
export function CallHeads({ columns, query, onSort }: CallHeadsProps) {
  const { sort_by: by = 'started_at', sort_order: order = 'desc' } = query
  return (
    <div role="row" aria-rowindex={1} className="calls-heads">
      {columns.map((id) => {
        const { name, head = name, end, sort } = callColumns[id]
        const isSorted = sort !== undefined && sort === by
        return (
          <span
            key={id}
            role="columnheader"
            data-head={id}
            aria-label={name}
            aria-sort={
              isSorted
                ? order === 'asc'
                  ? 'ascending'
                  : 'descending'
                : sort === undefined
                  ? undefined
                  : 'none'
            }
            className={end ? 'calls-end' : undefined}
          >
            {sort === undefined ? (
              head
            ) : (
              <button type="button" onClick={() => onSort(sort)}>
                {head}
                {isSorted && <span aria-hidden="true">{order === 'asc' ? ' ↑' : ' ↓'}</span>}
              </button>
            )}
          </span>
        )
      })}
    </div>
  )
}
