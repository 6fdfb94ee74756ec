// What nobody waits for yet comes after the board: before it, it would take line and processor from it.
import { useEffect, useEffectEvent } from 'react'
import { useLoaded } from '#src/live/use-live.ts'

/**
 * Calls `act` so long after the board is there, ms. Where it does not come, `withoutBoardMs` after the first drawing instead, when
 * given; then once more if it comes after all: `act` is something that may be done twice.
 */
export function useAfterBoard(afterMs: number, act: () => void, withoutBoardMs?: number): void {
  const loaded = useLoaded()
  const onTime = useEffectEvent(act)
  useEffect(() => {
    const ms = loaded ? afterMs : withoutBoardMs
    if (ms === undefined) return
    const timer = setTimeout(onTime, ms)
    return () => clearTimeout(timer)
  }, [loaded, afterMs, withoutBoardMs])
}
