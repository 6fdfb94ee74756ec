// The live calls of the page, kept true by the line: their values change where they stand, nobody changes place.
import { useEffect, useMemo, useRef } from 'react'
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import { useConnection, useDesk, useLiveStore, useLoaded, useServerNow } from '#src/live/use-live.ts'

/** Looked after so often, ms; a call that has ended stays on the floor for 30 s. */
const everyMs = 5000

/**
 * Asks the desk for these calls wherever they stand on the board. `onGone` is called when one of them has left the floor, and
 * how it ended was not seen.
 */
export function useLiveRows(calls: readonly Call[], onGone: () => void): void {
  const desk = useDesk()
  const store = useLiveStore()
  const loaded = useLoaded()
  const { status } = useConnection()
  const beat = useServerNow(everyMs)
  const live = useMemo(() => calls.filter((call) => isLive(call.status)).map(({ id }) => id), [calls])
  useEffect(() => {
    desk.ask({ watch: live })
    return () => desk.ask({ watch: [] })
  }, [desk, live])
  const askedAt = useRef({ live, beat })
  useEffect(() => {
    if (askedAt.current.live !== live) askedAt.current = { live, beat }
    // The desk has one beat to bring them.
    if (!loaded || status !== 'live' || beat - askedAt.current.beat < 2 * everyMs) return
    if (live.some((id) => store.call(id) === undefined)) onGone()
  }, [beat, live, loaded, status, store, onGone])
}
