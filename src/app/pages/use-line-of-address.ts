// A line that the address of a call names, e.g. `?line=12`.
import { useCallback, useEffect, useState } from 'react'
import { useQuery } from '#src/ui/address.ts'

/** The line of the open call that the address names, and going to another; a new object for every wish. */
export function useLineOfAddress(callId: string): [{ id: number } | null, (lineId: number) => void] {
  const [query] = useQuery()
  const named = Number(query.get('line'))
  const [wish, setWish] = useState<{ callId: string; id: number } | null>(null)
  const goTo = useCallback((id: number) => setWish({ callId, id }), [callId])
  useEffect(() => {
    if (Number.isSafeInteger(named) && named > 0) goTo(named)
  }, [named, goTo])
  return [wish?.callId === callId ? wish : null, goTo]
}
