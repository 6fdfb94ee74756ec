// What is known of the picked calls: asked of the floor when the selection changes and now and then, and remembered.
import { useEffect, useState } from 'react'
import type { CallBrief } from '#src/floor/call-brief.ts'
import type { PickedCall } from '#src/features/bulk/affected.ts'
import { useDesk, useServerNow } from '#src/live/use-live.ts'

/** Calls end while somebody writes a note about them. */
const askEveryMs = 3000

interface Known {
  briefs: ReadonlyMap<string, CallBrief>
  present: ReadonlySet<string>
}

/** The picked calls in the order they were picked; null before the floor has answered. */
export function usePickedCalls(ids: ReadonlySet<string>): readonly PickedCall[] | null {
  const desk = useDesk()
  const beat = useServerNow(askEveryMs)
  const [known, setKnown] = useState<Known | null>(null)
  useEffect(() => {
    let isCurrent = true
    void desk.list([...ids]).then((calls) => {
      if (!isCurrent) return
      setKnown((before) => ({
        briefs: new Map([...(before?.briefs ?? []), ...calls.map((call) => [call.id, call] as const)]),
        present: new Set(calls.map(({ id }) => id)),
      }))
    })
    return () => {
      isCurrent = false
    }
  }, [desk, ids, beat])
  if (!known) return null
  return [...ids].map((id) => ({ id, brief: known.briefs.get(id), isGone: !known.present.has(id) }))
}
