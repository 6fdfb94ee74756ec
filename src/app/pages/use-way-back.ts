// Where somebody came from when they opened a call on its own page, and the way back there.
import { useCallback } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { neighboursIn, readWalk } from '#src/lib/call-walk.ts'

interface WayBack {
  back: () => void
  /** What the way leads to, for a button. */
  name: string
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
  const list = neighboursIn(walk, callId) && walk?.query ? `/calls?${walk.query}` : '/calls'
  const to = isLive ? from : list
  return {
    back: useCallback(() => void navigate(to), [navigate, to]),
    name: isLive ? 'Back to the board' : 'Back to the list',
    state,
  }
}
