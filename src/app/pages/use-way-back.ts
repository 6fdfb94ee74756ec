// Where somebody came from when they opened a call on its own page, and the way back there.
import { useCallback } from 'react'
import { neighboursIn, readWalk } from '#src/lib/call-walk.ts'
import { go, useFrom } from '#src/ui/address.ts'

interface WayBack {
  back: () => void
  /** What the way leads to, for a button. */
  name: string
  /** The query of the list it was opened from; null when it was not opened from one. */
  list: string | null
  /** Given on to a neighbour, so that the way stays the same. */
  state: { from: string } | null
}

/** Pages that say where they were when they open a call, and what the way back to them is called. */
const places = [
  ['/live', 'Back to the board'],
  ['/analytics', 'Back to analytics'],
] as const

/** Back to the live board, to analytics, to the list with its filters, or to the list of all calls. */
export function useWayBack(callId: string): WayBack {
  const from = useFrom()
  const place = from === null ? undefined : places.find(([path]) => from.startsWith(path))
  const walk = readWalk()
  const list = place || !walk || !neighboursIn(walk, callId) ? null : walk.query
  const to = place && from !== null ? from : list ? `/calls?${list}` : '/calls'
  return {
    back: useCallback(() => go(to), [to]),
    list,
    name: place?.[1] ?? 'Back to the list',
    state: from === null ? null : { from },
  }
}
