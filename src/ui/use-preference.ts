// A person's choice as state of a component: there at the first paint, the same in every tab, on the server when it answers.
import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react'
import {
  type PreferenceSpec,
  type PreferenceStore,
  browserPreferenceStorage,
  createPreferenceStore,
} from '#src/lib/preferences.ts'

let ownStore: PreferenceStore | null = null

/** The browser's store: one for the whole page, because the storage under it is one. */
export function browserPreferences(): PreferenceStore {
  ownStore ??= createPreferenceStore(browserPreferenceStorage(), () => Date.now())
  return ownStore
}

/** Another store for what is below, in tests. */
export const PreferencesContext = createContext<PreferenceStore | null>(null)

/** The store itself, for reading and changing outside of rendering. */
export function usePreferenceStore(): PreferenceStore {
  return useContext(PreferencesContext) ?? browserPreferences()
}

/** The choice and its setter. `spec` must be the same object at every render: declare it outside of the component. */
export function usePreference<T>(spec: PreferenceSpec<T>): [T, (value: T) => void] {
  const store = usePreferenceStore()
  const read = useCallback(() => store.get(spec.key), [store, spec])
  const raw = useSyncExternalStore(store.subscribe, read, read)
  const value = useMemo(() => spec.parse(raw), [spec, raw])
  const set = useCallback((next: T) => store.set(spec.key, next), [store, spec])
  return [value, set]
}
