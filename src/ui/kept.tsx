// What is written and not sent outlives the part it was written in: another call, another page, a folded form, a reload.
import {
  type Dispatch,
  type ReactNode,
  type SetStateAction,
  createContext,
  useContext,
  useEffect,
  useState,
} from 'react'

/** Stands before everything that is kept; another number when its shapes change. */
const prefix = 'callboard.kept.1/'

interface Kept {
  /** What was kept under the key, or undefined. */
  read(key: string): unknown
  /** Undefined forgets it. */
  write(key: string, value: unknown): void
}

const nowhere: Kept = { read: () => undefined, write: () => {} }
const KeptContext = createContext<Kept>(nowhere)

/**
 * Keeps for one person in this tab, as long as they are signed in: `owner` is their id with their company's. What somebody
 * else left goes. A browser that stores nothing keeps it until the page is left.
 */
export function KeptProvider({ owner, children }: { owner: string; children: ReactNode }) {
  const [kept] = useState(() => keptOf(owner))
  return <KeptContext.Provider value={kept}>{children}</KeptContext.Provider>
}

/** State that is found again under its key. A component that lives on with another key must be given that as React's key too. */
export function useKept<T>(key: string, first: T): [T, Dispatch<SetStateAction<T>>] {
  const kept = useContext(KeptContext)
  const [start] = useState(first)
  const [value, setValue] = useState<T>(() => (kept.read(key) as T | undefined) ?? first)
  useEffect(() => kept.write(key, value === start ? undefined : value), [kept, key, value, start])
  return [value, setValue]
}

/** Forgets what anybody has written and not sent; it may hold what callers said. */
export function forgetKept(): void {
  forget(() => true)
}

function keptOf(owner: string): Kept {
  const own = `${prefix}${owner}/`
  const held = new Map<string, unknown>()
  forget((name) => !name.startsWith(own))
  return {
    read(key) {
      if (held.has(key)) return held.get(key)
      const text = inStorage((storage) => storage.getItem(own + key))
      try {
        return text ? JSON.parse(text) : undefined
      } catch {
        return undefined
      }
    },
    write(key, value) {
      held.set(key, value)
      inStorage((storage) =>
        value === undefined
          ? storage.removeItem(own + key)
          : storage.setItem(own + key, JSON.stringify(value)),
      )
    },
  }
}

function forget(isMeant: (name: string) => boolean): void {
  inStorage((storage) => {
    for (const name of Object.keys(storage))
      if (name.startsWith(prefix) && isMeant(name)) storage.removeItem(name)
  })
}

/** Storage may be full, or forbidden: then nothing outlives the page. */
function inStorage<T>(run: (storage: Storage) => T): T | undefined {
  try {
    return run(sessionStorage)
  } catch {
    return undefined
  }
}
