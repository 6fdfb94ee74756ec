// The calls that need a person now, in the order of the board, whatever the filter is.
import { useMemo } from 'react'
import { useDigest } from '#src/live/use-live.ts'

/** Ids of the act-now calls; a new array only when they change. */
export function useActCalls(): readonly string[] {
  const acts = useDigest((digest) => digest.acts)
  return useMemo(() => acts.map(({ id }) => id), [acts])
}
