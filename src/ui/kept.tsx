// What is written and not sent outlives the part it was written in: another call, another page, a folded form.
import {
  type Dispatch,
  type ReactNode,
  type SetStateAction,
  createContext,
  useContext,
  useEffect,
  useState,
} from 'react'

const KeptContext = createContext<Map<string, unknown>>(new Map())

/** Keeps for one person, as long as they are signed in on this page. */
export function KeptProvider({ children }: { children: ReactNode }) {
  const [kept] = useState(() => new Map<string, unknown>())
  return <KeptContext.Provider value={kept}>{children}</KeptContext.Provider>
}

/** State that is found again under its key. A component that lives on with another key must be given that as React's key too. */
export function useKept<T>(key: string, first: T): [T, Dispatch<SetStateAction<T>>] {
  const kept = useContext(KeptContext)
  const [value, setValue] = useState<T>(() => (kept.has(key) ? (kept.get(key) as T) : first))
  useEffect(() => {
    kept.set(key, value)
  }, [kept, key, value])
  return [value, setValue]
}
