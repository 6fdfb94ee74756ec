// What of the live board's address belongs to a saved view, and what to the moment.
import { parseView, writeView } from '#src/floor/view.ts'

/** The part of the query that a saved view keeps, always written the same way. */
export function viewQuery(search: string): string {
  return writeView(new URLSearchParams(), parseView(new URLSearchParams(search))).toString()
}

/** The parameters that show a view's query; `viewId` is the saved view it is, null when it is none. */
export function viewParams(query: string, viewId: string | null): URLSearchParams {
  const params = new URLSearchParams(query)
  if (viewId !== null) params.set('view', viewId)
  return params
}

/** The query for another call: a line belongs to the call it was named for. */
export function withoutLine(search: string): string {
  const params = new URLSearchParams(search)
  params.delete('line')
  return params.toString()
}
