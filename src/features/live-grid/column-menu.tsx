// What can be done with one column, by pointer or key; loaded when a head is reached for.
import { Menu } from '@mantine/core'
import { columnLayout } from '#src/features/live-grid/columns.ts'
import {
  canMove,
  moveColumn,
  sortBy,
  sortWithout,
  toggleColumn,
  togglePinned,
} from '#src/floor/change-view.ts'
import type { ColumnId, GridView } from '#src/floor/view.ts'

interface ColumnMenuProps {
  id: ColumnId
  /** The columns on screen, in their order. */
  shown: readonly ColumnId[]
  view: GridView
  onChange: (view: GridView) => void
  onClose: () => void
}

/** The menu under the head, open as long as it is there. */
export function ColumnMenu({ id, shown, view, onChange, onClose }: ColumnMenuProps) {
  const { sort } = view
  const { name } = columnLayout[id]
  const isSorted = sort.some((rule) => rule.id === id)
  const others = sort.some((rule) => rule.id !== id)
  const isPinned = view.pinned.includes(id)
  const order = (desc: boolean, among: boolean) =>
    onChange({ ...view, sort: sortBy(sort, { id, desc }, among) })
  return (
    <Menu
      opened
      onChange={(open) => !open && onClose()}
      position="bottom-start"
      width={230}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button type="button" tabIndex={-1} className="grid-menu-anchor" aria-label={`Column ${name}`} />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Column ${name}`}>
        <Menu.Item onClick={() => order(false, false)}>Sort upwards</Menu.Item>
        <Menu.Item onClick={() => order(true, false)}>Sort downwards</Menu.Item>
        {others && <Menu.Item onClick={() => order(false, true)}>Then by this, upwards</Menu.Item>}
        {others && <Menu.Item onClick={() => order(true, true)}>Then by this, downwards</Menu.Item>}
        {isSorted && (
          <Menu.Item onClick={() => onChange({ ...view, sort: sortWithout(sort, id) })}>
            Take out of the order
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item onClick={() => onChange(togglePinned(view, id))}>
          {isPinned ? 'Let it scroll' : 'Keep at the left'}
        </Menu.Item>
        <Menu.Item
          disabled={!canMove(view, shown, id, -1)}
          onClick={() => onChange(moveColumn(view, shown, id, -1))}
        >
          Move left
        </Menu.Item>
        <Menu.Item
          disabled={!canMove(view, shown, id, 1)}
          onClick={() => onChange(moveColumn(view, shown, id, 1))}
        >
          Move right
        </Menu.Item>
        <Menu.Item disabled={shown.length === 1} onClick={() => onChange(toggleColumn(view, shown, id))}>
          Hide
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
