// The calls this person keeps an eye on: first on the board until they end, on every machine they sign in on.
import { useCallback, useEffect, useMemo } from 'react'
import type { PreferenceSpec } from '#src/lib/preferences.ts'
import { useDesk, useLoaded } from '#src/live/use-live.ts'
import { usePreference, usePreferenceStore } from '#src/ui/use-preference.ts'

/** More than this nobody watches; a list that grew by mistake stays usable. */
const mostWatched = 200
const nobody: readonly string[] = []

const watchlistPreference: PreferenceSpec<readonly string[]> = {
  key: 'watchlist',
  parse: (value) =>
    Array.isArray(value) && value.length > 0
      ? value.filter((id): id is string => typeof id === 'string').slice(-mostWatched)
      : nobody,
}

export interface Watchlist {
  /** The same array as long as the list is the same. */
  ids: readonly string[]
  /** Puts all on the list, or takes them off when all are on it. Returns the way back. */
  toggle(callIds: readonly string[]): () => void
}

/** This person's watch list. Calls that are long over fall away when the board is opened again. */
export function useWatchlist(): Watchlist {
  const desk = useDesk()
  const loaded = useLoaded()
  const store = usePreferenceStore()
  const [ids, setIds] = usePreference(watchlistPreference)
  useEffect(() => {
    if (!loaded) return
    const kept = watchlistPreference.parse(store.get(watchlistPreference.key))
    if (kept.length === 0) return
    void desk.list(kept).then((calls) => {
      const known = new Set(calls.map(({ id }) => id))
      const now = watchlistPreference.parse(store.get(watchlistPreference.key))
      if (now.some((id) => kept.includes(id) && !known.has(id)))
        setIds(now.filter((id) => !kept.includes(id) || known.has(id)))
    })
  }, [desk, loaded, store, setIds])
  const toggle = useCallback(
    (callIds: readonly string[]) => {
      const before = watchlistPreference.parse(store.get(watchlistPreference.key))
      const isOn = callIds.every((id) => before.includes(id))
      const others = before.filter((id) => !callIds.includes(id))
      setIds(isOn ? others : [...others, ...callIds].slice(-mostWatched))
      return () => setIds(before)
    },
    [store, setIds],
  )
  return useMemo(() => ({ ids, toggle }), [ids, toggle])
}
