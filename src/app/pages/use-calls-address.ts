// What the list of calls shows, read from the address and written into it; columns are kept for the person, too.
import { useCallback, useMemo } from 'react'
import { type CallsQuery, type DroppedParam, readCallsQuery, writeCallsQuery } from '#contract/call-link.ts'
import { type CallColumnId, parseColumns } from '#src/features/calls-list/columns.ts'
import type { ListPlace } from '#src/features/calls-list/use-calls-list.ts'
import type { PreferenceSpec } from '#src/lib/preferences.ts'
import { useQuery } from '#src/ui/address.ts'
import { usePreference } from '#src/ui/use-preference.ts'

type Columns = readonly CallColumnId[] | null

const columnsPreference: PreferenceSpec<Columns> = { key: 'calls-columns', parse: parseColumns }
const fewest = 50
const most = 100

function readPlace(params: URLSearchParams): ListPlace {
  const page = Number(params.get('page') ?? 1)
  const until = params.get('until') ?? ''
  return {
    page: Number.isSafeInteger(page) && page >= 1 ? page : 1,
    limit: params.get('limit') === String(most) ? most : fewest,
    after: params.get('after') ?? undefined,
    until: Number.isNaN(Date.parse(until)) ? undefined : until,
  }
}

/** The query of the address, always written the same way: what is shown, then how, then where. */
function writeAddress(query: CallsQuery, columns: Columns, place: Partial<ListPlace>): string {
  const { page = 1, limit = fewest, after, until } = place
  const beside = new URLSearchParams()
  if (columns) beside.set('cols', columns.join(','))
  if (limit !== fewest) beside.set('limit', String(limit))
  if (page > 1) beside.set('page', String(page))
  if (after !== undefined && page > 1) beside.set('after', after)
  if (until !== undefined) beside.set('until', until)
  return [writeCallsQuery(query), beside.toString().replaceAll('%2C', ',')].filter(Boolean).join('&')
}

/** The part of the address that a saved view keeps. */
export function callsViewQuery(search: string): string {
  const params = new URLSearchParams(search)
  return writeAddress(readCallsQuery(params).query, parseColumns(params.get('cols')), {
    limit: readPlace(params).limit,
  })
}

export interface CallsAddress {
  query: CallsQuery
  dropped: readonly DroppedParam[]
  place: ListPlace
  columns: Columns
  search: string
  viewId: string | null
  /** Another filter begins at its first page. */
  changeQuery: (query: CallsQuery) => void
  changePlace: (place: ListPlace) => void
  changeColumns: (columns: Columns) => void
  /** Writes the address without what was not understood. */
  forget: () => void
  showView: (query: string, viewId: string | null) => void
}

/** The address as state. */
export function useCallsAddress(): CallsAddress {
  const [params, changeQuery] = useQuery()
  const search = params.toString()
  const [kept, keep] = usePreference(columnsPreference)
  const { query, dropped, place, asked, viewId } = useMemo(() => {
    const read = new URLSearchParams(search)
    return {
      ...readCallsQuery(read),
      place: readPlace(read),
      asked: parseColumns(read.get('cols')),
      viewId: read.get('view'),
    }
  }, [search])
  const write = useCallback(
    (text: string, view: string | null, replace: boolean) =>
      changeQuery(
        view === null ? text : [text, `view=${encodeURIComponent(view)}`].filter(Boolean).join('&'),
        {
          replace,
        },
      ),
    [changeQuery],
  )
  const { limit } = place
  return {
    query,
    dropped,
    place,
    columns: asked ?? kept,
    search,
    viewId,
    changeQuery: useCallback(
      (next) => write(writeAddress(next, asked, { limit }), viewId, true),
      [write, asked, limit, viewId],
    ),
    changePlace: useCallback(
      (next) => write(writeAddress(query, asked, next), viewId, false),
      [write, query, asked, viewId],
    ),
    changeColumns: useCallback(
      (next) => {
        keep(next)
        write(writeAddress(query, next, place), viewId, true)
      },
      [write, keep, query, place, viewId],
    ),
    forget: useCallback(
      () => write(writeAddress(query, asked, place), viewId, true),
      [write, query, asked, place, viewId],
    ),
    showView: useCallback((text, view) => write(text, view, false), [write]),
  }
}
