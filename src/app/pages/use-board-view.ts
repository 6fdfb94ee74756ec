// What of the floor the board shows. It is in the address; the columns somebody chose last stand in where it names none.
import { useCallback, useMemo } from 'react'
import { type ColumnId, type GridView, columnIds, parseView, writeView } from '#src/floor/view.ts'
import type { PreferenceSpec } from '#src/lib/preferences.ts'
import { useQuery } from '#src/ui/address.ts'
import { usePreference } from '#src/ui/use-preference.ts'

type Columns = Pick<GridView, 'columns' | 'pinned'>
const whatFits: Columns = { columns: null, pinned: [] }

const columnsPreference: PreferenceSpec<Columns> = {
  key: 'columns',
  parse(value) {
    if (typeof value !== 'object' || value === null) return whatFits
    const { columns, pinned } = value as Partial<Record<string, unknown>>
    const inOrder = (ids: unknown): ColumnId[] =>
      Array.isArray(ids)
        ? [...new Set(ids.flatMap((id) => columnIds.find((known) => known === id) ?? []))]
        : []
    const shown = inOrder(columns)
    return { columns: shown.length > 0 ? shown : null, pinned: inOrder(pinned) }
  },
}

/** The view and its setter, and the query it comes from. Columns that are changed are kept for the next time, too. */
export function useBoardView(): { view: GridView; changeView: (next: GridView) => void; search: string } {
  const [params, changeQuery] = useQuery()
  const search = params.toString()
  const [kept, keep] = usePreference(columnsPreference)
  const asked = useMemo(() => parseView(new URLSearchParams(search)), [search])
  const view = useMemo(
    () => (asked.columns !== null || asked.pinned.length > 0 ? asked : { ...asked, ...kept }),
    [asked, kept],
  )
  const changeView = useCallback(
    (next: GridView) => {
      const isSame = next.columns === view.columns && next.pinned === view.pinned
      if (!isSame) keep({ columns: next.columns, pinned: next.pinned })
      const { columns, pinned } = isSame ? asked : next
      changeQuery((before) => writeView(before, { ...next, columns, pinned }), { replace: true })
    },
    [asked, view, keep, changeQuery],
  )
  return { view, changeView, search }
}
