// The columns of the board as they are placed now; the same object until a column is another, so that rows are not rebuilt.
import { useState } from 'react'
import { type PlacedColumns, placeColumns } from '#src/features/live-grid/columns.ts'
import type { GridView } from '#src/floor/view.ts'
import { same } from '#src/lib/same.ts'

/** Places the columns of the view on a board of this width, px. */
export function useColumns(view: Pick<GridView, 'columns' | 'pinned'>, width: number): PlacedColumns {
  const next = placeColumns(view, width)
  const [kept, setKept] = useState(next)
  if (isSame(kept, next)) return kept
  setKept(next)
  return next
}

function isSame(a: PlacedColumns, b: PlacedColumns): boolean {
  return same(a.ids, b.ids) && same([...a.lefts], [...b.lefts]) && same([...a.places], [...b.places])
}
