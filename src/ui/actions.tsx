// Binds actions to what they do while the part that can do them is on screen, and runs them by key.
import { type ReactNode, createContext, useContext, useEffect, useMemo, useRef } from 'react'
import type { ActionId } from '#src/ui/action-list.ts'
import { isTyping, readKey, sequenceMs } from '#src/ui/key-press.ts'

interface Bound {
  /** False: the key does nothing now. */
  when: boolean
  run: () => void
}

interface Registry {
  bind(id: ActionId, bound: { current: Bound }): () => void
  /** Runs the newest binding of the action; false when nobody can do it now. */
  run(id: ActionId): boolean
  isBound(id: ActionId): boolean
}

const RegistryContext = createContext<Registry | null>(null)

function createRegistry(): Registry {
  const bindings = new Map<ActionId, { current: Bound }[]>()
  const newest = (id: ActionId) => bindings.get(id)?.findLast((bound) => bound.current.when)
  return {
    bind(id, bound) {
      bindings.set(id, [...(bindings.get(id) ?? []), bound])
      return () =>
        bindings.set(
          id,
          (bindings.get(id) ?? []).filter((other) => other !== bound),
        )
    },
    run(id) {
      const bound = newest(id)
      bound?.current.run()
      return bound !== undefined
    },
    isBound: (id) => newest(id) !== undefined,
  }
}

/** Holds the bindings of everything below and listens to the keyboard. */
export function ActionsProvider({ children }: { children: ReactNode }) {
  const registry = useMemo(createRegistry, [])
  useEffect(() => {
    let prefix: { key: string; at: number } | null = null
    const handleKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) {
        if (!(event.repeat && /^(j|k|Arrow(Up|Down))$/.test(event.key)) || event.defaultPrevented) return
      }
      if (event.key === 'Escape' && isTyping(event.target)) {
        ;(event.target as HTMLElement).blur()
        event.preventDefault()
        return
      }
      const pending = prefix && event.timeStamp - prefix.at < sequenceMs ? prefix.key : null
      prefix = null
      const pressed = readKey(event, pending)
      if (pressed.kind === 'prefix') prefix = { key: pressed.key, at: event.timeStamp }
      else if (pressed.kind === 'action' && registry.run(pressed.id)) event.preventDefault()
    }
    document.addEventListener('keydown', handleKey)
    return () => document.removeEventListener('keydown', handleKey)
  }, [registry])
  return <RegistryContext.Provider value={registry}>{children}</RegistryContext.Provider>
}

function useRegistry(): Registry {
  const registry = useContext(RegistryContext)
  if (!registry) throw new Error('ActionsProvider is missing above this component')
  return registry
}

/** Says what the action does while this component is mounted and `when` holds. The newest binding wins. */
export function useAction(id: ActionId, run: () => void, when = true): void {
  const registry = useRegistry()
  const bound = useRef<Bound>({ when, run })
  useEffect(() => {
    bound.current = { when, run }
  })
  useEffect(() => registry.bind(id, bound), [registry, id])
}

/** Runs an action from a button; false when nobody can do it now. */
export function useRunAction(): (id: ActionId) => boolean {
  return useRegistry().run
}

/** Tells whether the action can be done now; for the sheet of keys. */
export function useIsActionBound(): (id: ActionId) => boolean {
  return useRegistry().isBound
}
