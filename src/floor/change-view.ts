// What a hand does to the columns and the order of a view. Pure: each answers with the next view.
import type { ColumnId, GridView, SortRule } from '#src/floor/view.ts'

/** The order with this column in this direction: alone, or in its place among the others when `among`. */
export function sortBy(sort: readonly SortRule[], rule: SortRule, among: boolean): SortRule[] {
  if (!among) return [rule]
  const has = sort.some(({ id }) => id === rule.id)
  return has ? sort.map((other) => (other.id === rule.id ? rule : other)) : [...sort, rule]
}

/** The order without this column. */
export function sortWithout(sort: readonly SortRule[], id: ColumnId): SortRule[] {
  return sort.filter((rule) => rule.id !== id)
}

/** Keeps the column at the left when the board scrolls sideways, or lets it scroll. */
export function togglePinned(view: GridView, id: ColumnId): GridView {
  const { pinned } = view
  return { ...view, pinned: pinned.includes(id) ? pinned.filter((other) => other !== id) : [...pinned, id] }
}

/** Shows the column, at the end, or hides it; the last one stays. `shown` are the columns on screen. */
export function toggleColumn(view: GridView, shown: readonly ColumnId[], id: ColumnId): GridView {
  if (!shown.includes(id)) return { ...view, columns: [...shown, id] }
  if (shown.length === 1) return view
  return {
    ...view,
    columns: shown.filter((other) => other !== id),
    pinned: view.pinned.filter((other) => other !== id),
  }
}

/** Moves the column one place to the left or right; those that are kept at the left stay among themselves. */
export function moveColumn(view: GridView, shown: readonly ColumnId[], id: ColumnId, by: -1 | 1): GridView {
  if (view.pinned.includes(id)) return { ...view, pinned: swapped(view.pinned, id, by) }
  const free = shown.filter((other) => !view.pinned.includes(other))
  return { ...view, columns: [...view.pinned, ...swapped(free, id, by)] }
}

/** True when there is a neighbour to change places with. */
export function canMove(view: GridView, shown: readonly ColumnId[], id: ColumnId, by: -1 | 1): boolean {
  const isPinned = view.pinned.includes(id)
  const group = shown.filter((other) => view.pinned.includes(other) === isPinned)
  const at = group.indexOf(id)
  return at >= 0 && group[at + by] !== undefined
}

function swapped(ids: readonly ColumnId[], id: ColumnId, by: -1 | 1): ColumnId[] {
  const next = [...ids]
  const at = next.indexOf(id)
  const other = next[at + by]
  if (at < 0 || other === undefined) return next
  next[at] = other
  next[at + by] = id
  return next
}
