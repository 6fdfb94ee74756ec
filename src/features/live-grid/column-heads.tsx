// The heads of the columns: names, sorting by click or key, the place of each in the order, and a menu for the rest.
import { type KeyboardEvent, useRef, useState } from 'react'
import { columnLayout } from '#src/features/live-grid/columns.ts'
import { PickHead } from '#src/features/live-grid/pick-head.tsx'
import type { Picking } from '#src/features/live-grid/use-picked.ts'
import { type ColumnId, type GridView, nextSort } from '#src/floor/view.ts'
import { later } from '#src/ui/later.tsx'

const ColumnMenu = later(
  () => import('#src/features/live-grid/column-menu.tsx').then((module) => module.ColumnMenu),
  'The menu',
)

interface ColumnHeadsProps {
  columns: readonly ColumnId[]
  lefts: ReadonlyMap<ColumnId, number>
  view: GridView
  picking: Picking
  onChange: (view: GridView) => void
  /** A menu of the heads was opened or closed. */
  onMenu: (open: boolean) => void
}

/** The first row of the grid. One head is in the tab order; arrows go from head to head. */
export function ColumnHeads({ columns, lefts, view, picking, onChange, onMenu }: ColumnHeadsProps) {
  const { sort } = view
  const row = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<ColumnId | null>(null)
  const [menuOf, setMenuOf] = useState<ColumnId | null>(null)
  const reachable = at !== null && columns.includes(at) ? at : columns[0]
  const headOf = (id: ColumnId) => row.current?.querySelector<HTMLElement>(`[data-head="${id}"]`)
  const openMenu = (id: ColumnId) => {
    setMenuOf(id)
    onMenu(true)
  }
  const closeMenu = () => {
    if (menuOf !== null) requestAnimationFrame(() => headOf(menuOf)?.focus())
    setMenuOf(null)
    onMenu(false)
  }
  const handleKey = (event: KeyboardEvent, id: ColumnId) => {
    const index = columns.indexOf(id)
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const next = by === undefined ? undefined : columns[index + by]
    if (event.altKey && event.key === 'ArrowDown') openMenu(id)
    else if (next !== undefined && !event.altKey) headOf(next)?.focus()
    else return
    event.preventDefault()
  }
  return (
    <div role="row" aria-rowindex={1} className="grid-heads" ref={row}>
      <PickHead picking={picking} isPinned={lefts.size > 0} />
      {columns.map((id, index) => {
        const place = sort.findIndex((item) => item.id === id)
        const rule = sort[place]
        const { name, head, end } = columnLayout[id]
        const left = lefts.get(id)
        return (
          <span
            key={id}
            role="columnheader"
            aria-colindex={index + 2}
            aria-sort={rule ? (rule.desc ? 'descending' : 'ascending') : 'none'}
            className={`grid-head${end ? ' grid-end' : ''}${left === undefined ? '' : ' grid-pinned'}`}
            style={left === undefined ? undefined : { left }}
          >
            <button
              type="button"
              data-head={id}
              tabIndex={id === reachable ? 0 : -1}
              title={`${name}: sort. Shift adds it to the order. Alt ↓ for more.`}
              aria-label={head === '' ? name : undefined}
              aria-describedby={sort.length > 1 && rule ? `grid-sort-${id}` : undefined}
              aria-keyshortcuts="Alt+ArrowDown"
              onFocus={() => {
                setAt(id)
                void ColumnMenu.preload()
              }}
              onPointerEnter={() => void ColumnMenu.preload()}
              onContextMenu={(event) => {
                event.preventDefault()
                openMenu(id)
              }}
              onKeyDown={(event) => handleKey(event, id)}
              onClick={(event) => onChange({ ...view, sort: nextSort(sort, id, event.shiftKey) })}
            >
              {head ?? name}
              {rule && <span aria-hidden="true">{rule.desc ? ' ↓' : ' ↑'}</span>}
              {sort.length > 1 && rule && (
                <span className="grid-place" id={`grid-sort-${id}`}>
                  <span className="sr-only">place </span>
                  {place + 1}
                  <span className="sr-only"> in the order</span>
                </span>
              )}
            </button>
            {menuOf === id && (
              <ColumnMenu id={id} shown={columns} view={view} onChange={onChange} onClose={closeMenu} />
            )}
          </span>
        )
      })}
    </div>
  )
}
