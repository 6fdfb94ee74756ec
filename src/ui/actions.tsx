// Binds actions to what they do while the part that can do them is on screen, and runs them by key.
import {
  type ReactNode,
  createContext,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { type ActionId, recordOf } from '#src/actions/action-list.ts'
import type { ActionContext } from '#src/actions/action-record.ts'
import { ariaCombo, printCombo } from '#src/actions/key-combo.ts'
import { type KeyChoice, actingKeys } from '#src/actions/key-map.ts'
import { isTyping, leavesField, readKey, sequenceMs } from '#src/actions/read-key.ts'
import { type Binding, type Registry, createRegistry } from '#src/actions/registry.ts'
import type { UndoOffer } from '#src/actions/undo-list.ts'
import { keysPreference } from '#src/actions/keys-preference.ts'
import { systemClock } from '#src/lib/clock.ts'
import { later } from '#src/ui/later.tsx'
import { usePreference } from '#src/ui/use-preference.ts'

const RegistryContext = createContext<Registry | null>(null)

const KeyHint = later(() => import('#src/ui/key-hint.tsx').then((module) => module.KeyHint))
const UndoToast = later(() => import('#src/ui/undo-toast.tsx').then((module) => module.UndoToast))

/** What is said of the keys just pressed: the begin of a sequence, or why nothing happened. */
export type Hint = { kind: 'pending'; combo: string } | { kind: 'refused'; id: ActionId; why: string }

/** How long a refusal stays to be read, ms. */
const refusalMs = 4000

/** On a Mac the modifier is the command key. */
export const isMac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform)

/** Holds the bindings of everything below and listens to the keyboard. */
export function ActionsProvider({ children }: { children: ReactNode }) {
  const registry = useMemo(() => createRegistry(systemClock), [])
  const [hint, setHint] = useState<Hint | null>(null)
  const [choice] = usePreference(keysPreference)
  useLayoutEffect(() => registry.setChoice(choice), [registry, choice])
  useEffect(() => {
    let pending: { combo: string; at: number } | null = null
    const handleKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      if (leavesField(event) && isTyping(event.target)) {
        ;(event.target as HTMLElement).blur()
        event.preventDefault()
        return
      }
      const before = pending && event.timeStamp - pending.at < sequenceMs ? pending.combo : null
      const pressed = readKey(event, before, registry.keyMap())
      // A modifier on the way to the next key does not end the sequence.
      if (pressed.kind === 'none' && /^(Shift|Control|Alt|Meta|AltGraph|CapsLock)$/.test(event.key)) return
      pending = null
      if (pressed.kind === 'prefix') pending = { combo: pressed.combo, at: event.timeStamp }
      setHint(pressed.kind === 'prefix' ? { kind: 'pending', combo: pressed.combo } : null)
      if (pressed.kind === 'none' && before !== null && event.key === 'Escape') event.preventDefault()
      if (pressed.kind !== 'action') return
      const ids = event.repeat ? pressed.ids.filter((id) => recordOf(id).repeats) : pressed.ids
      const id = registry.meant(ids)
      if (id === undefined) return
      const answer = registry.run(id)
      if (answer.ready) event.preventDefault()
      else if (!recordOf(id).quiet) setHint({ kind: 'refused', id, why: answer.why })
    }
    document.addEventListener('keydown', handleKey)
    return () => document.removeEventListener('keydown', handleKey)
  }, [registry])
  useEffect(() => {
    if (!hint) return
    const cancel = systemClock.after(hint.kind === 'pending' ? sequenceMs : refusalMs, () => setHint(null))
    return cancel
  }, [hint])
  useAction('undo.last', () => registry.undo.take(), true, { registry })
  const offers = useSyncExternalStore(registry.undo.subscribe, registry.undo.get, registry.undo.get)
  return (
    <RegistryContext.Provider value={registry}>
      {children}
      {hint && (
        <KeyHint hint={hint} map={registry.keyMap()} isOffered={(id) => registry.standing(id).ready} />
      )}
      {offers.length > 0 && <UndoToast offers={offers} />}
    </RegistryContext.Provider>
  )
}

/** Bindings, keys and undo, for those who draw all actions. */
export function useRegistry(): Registry {
  const registry = useContext(RegistryContext)
  if (!registry) throw new Error('ActionsProvider is missing above this component')
  return registry
}

interface ActionOptions {
  /** The call it acts on: an act meant for another call waits until that one is open. */
  target?: string
  registry?: Registry
}

/** Says what the action does while this component is mounted; `when`: true, false, or why not. The newest binding wins. */
export function useAction(
  id: ActionId,
  run: () => void,
  when: boolean | string = true,
  { target, registry: own }: ActionOptions = {},
): void {
  const above = useContext(RegistryContext)
  const registry = own ?? above
  if (!registry) throw new Error('ActionsProvider is missing above this component')
  const bound = useRef<Binding>({ when, run, target })
  useEffect(() => {
    bound.current = { when, run, target }
  })
  useEffect(() => registry.bind(id, bound), [registry, id])
  useEffect(() => registry.settle(id), [registry, id, when, target])
}

/** Runs an action from a button; the standing says whether it was done, and why not. */
export function useRunAction(): Registry['run'] {
  return useRegistry().run
}

/** Offers to take back what was done, for 10 s, by a toast and by key. Returns the end of the offer. */
export function useUndo(): (offer: UndoOffer) => () => void {
  return useRegistry().undo.offer
}

/** A page says what it shows, so that actions know whether they can be done; asked, not watched. */
export function useActionContext(read: () => Partial<ActionContext>): void {
  const registry = useRegistry()
  const latest = useRef(read)
  useEffect(() => {
    latest.current = read
  })
  useEffect(() => registry.describe(() => latest.current()), [registry])
}

/** How acts get to a call that is not open yet. */
export function useReach(open: (callId: string) => void): void {
  const registry = useRegistry()
  const latest = useRef(open)
  useEffect(() => {
    latest.current = open
  })
  useEffect(() => registry.setReach((callId) => latest.current(callId)), [registry])
}

/** The person's choice of keys, and all that prints keys follows it. */
export function useKeyChoice(): KeyChoice {
  const registry = useRegistry()
  return useSyncExternalStore(registry.subscribe, registry.choice, registry.choice)
}

export interface Keys {
  /** The first key of the action as a cap prints it; undefined where no key runs it. */
  cap(id: ActionId): string | undefined
  /** Its keys for `aria-keyshortcuts`. */
  shortcuts(id: ActionId): string | undefined
}

/** The keys of actions as they are now, to print them where the same can be done by pointer. */
export function useKeys(): Keys {
  const choice = useKeyChoice()
  const cap = useCallback(
    (id: ActionId) => {
      const combo = actingKeys(id, choice)[0]
      return combo === undefined ? undefined : printCombo(combo, isMac)
    },
    [choice],
  )
  const shortcuts = useCallback(
    (id: ActionId) =>
      actingKeys(id, choice)
        .flatMap((combo) => ariaCombo(combo, isMac) ?? [])
        .join(' ') || undefined,
    [choice],
  )
  return useMemo(() => ({ cap, shortcuts }), [cap, shortcuts])
}
