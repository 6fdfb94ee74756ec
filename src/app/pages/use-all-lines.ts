// The whole script of a call, for its curve, its search and its paper: earlier lines are fetched while nobody waits for them.
import { useEffect } from 'react'
import type { OpenCall } from '#src/live/live-state.ts'
import { useLiveActions } from '#src/live/use-live.ts'

/** Longer calls are fetched as far as this; the rest comes when somebody reads back that far. */
const mostLines = 3000

/** Fetches page after page until the beginning is there. */
export function useAllLines({ callId, status, hasOlder, lines }: OpenCall): void {
  const { loadOlder } = useLiveActions()
  const first = lines[0]?.id
  const isMore = status === 'ready' && hasOlder && first !== undefined && lines.length < mostLines
  useEffect(() => {
    if (isMore) void loadOlder(callId)
    // Each page once: a new first line is what asks for the next.
  }, [isMore, first, callId, loadOlder])
}
