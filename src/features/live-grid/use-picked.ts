// Which calls are picked on the board, and the ways to pick them.
import { useCallback, useMemo, useState } from 'react'
import { type Picked, nothingPicked, pickAll, pickRange, togglePick } from '#src/features/live-grid/picked.ts'
import { useDesk } from '#src/live/use-live.ts'

export interface Picking {
  ids: ReadonlySet<string>
  /** Picks one call or lets it go. */
  toggle(callId: string): void
  /** Picks all rows from the one picked last up to this one. */
  extendTo(callId: string): void
  /** Picks every live call that the filter lets through. */
  all(): void
  /** Picks exactly these. */
  only(callIds: readonly string[]): void
  clear(): void
}

/** The picked calls; they stay picked in any order, and after their end. */
export function usePicked(): Picking {
  const desk = useDesk()
  const [picked, setPicked] = useState<Picked>(nothingPicked)
  const toggle = useCallback((callId: string) => setPicked((before) => togglePick(before, callId)), [])
  const extendTo = useCallback(
    (callId: string) =>
      void desk.list().then((calls) => {
        const order = calls.map(({ id }) => id)
        setPicked((before) => pickRange(before, callId, order))
      }),
    [desk],
  )
  const all = useCallback(
    () =>
      void desk
        .list()
        .then((calls) =>
          setPicked(pickAll(calls.filter((call) => call.isLive && call.fits).map(({ id }) => id))),
        ),
    [desk],
  )
  const only = useCallback((callIds: readonly string[]) => setPicked(pickAll(callIds)), [])
  const clear = useCallback(() => setPicked(nothingPicked), [])
  const { ids } = picked
  return useMemo(
    () => ({ ids, toggle, extendTo, all, only, clear }),
    [ids, toggle, extendTo, all, only, clear],
  )
}
