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
        const { name, head, end, sort } = callColumns[id]
        const words = head === undefined ? name : <span className="sr-only">{name}</span>
        const isSorted = sort !== undefined && sort === by
        return (
          <span
            key={id}
            role="columnheader"
            data-head={id}
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
              words
            ) : (
              <button type="button" onClick={() => onSort(sort)}>
                {words}
                {isSorted && <span aria-hidden="true">{order === 'asc' ? ' ↑' : ' ↓'}</span>}
              </button>
            )}
          </span>
        )
      })}
    </div>
  )
}
