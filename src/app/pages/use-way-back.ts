// Where somebody came from when they opened a call on its own page, and the way back there.
import { useCallback } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { neighboursIn, readWalk } from '#src/lib/call-walk.ts'

interface WayBack {
  back: () => void
  /** What the way leads to, for a button. */
  name: string
  /** The query of the list it was opened from; null when it was not opened from one. */
  list: string | null
  /** Given on to a neighbour, so that the way stays the same. */
  state: unknown
}

/** Back to the live board, to the list with its filters, or to the list of all calls. */
export function useWayBack(callId: string): WayBack {
  const navigate = useNavigate()
  const { state } = useLocation()
  const from: unknown = (state as { from?: unknown } | null)?.from
  const isLive = typeof from === 'string' && from.startsWith('/live')
  const walk = readWalk()
  const list = isLive || !walk || !neighboursIn(walk, callId) ? null : walk.query
  const to = isLive ? from : list ? `/calls?${list}` : '/calls'
  return {
    back: useCallback(() => void navigate(to), [navigate, to]),
    list,
    name: isLive ? 'Back to the board' : 'Back to the list',
    state,
  }
}
