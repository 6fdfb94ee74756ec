// A part of the screen whose code comes later. Once the code is there the part is drawn at once: React's own `lazy` would hold it
// back for 300 ms behind its fallback the first time. Code that does not come is said, and can be asked for.
import {
  type ComponentType,
  type ReactNode,
  createElement,
  useEffect,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from 'react'
import { type Persistent, persistently } from '#src/lib/persistently.ts'
import { Button } from '#src/ui/button.tsx'

/** What stands there until the code is; given as a function it also places the word that the code does not come. */
type Fallback = ReactNode | ((failed: ReactNode) => ReactNode)

export interface Later<P extends object> {
  (props: P & { fallback?: Fallback }): ReactNode
  /** Fetches the code, so that it is there when the part is wanted. Never rejects. */
  preload(): Promise<unknown>
}

/**
 * A component that shows `fallback`, or nothing, until its code is there. `name` says in words what is missing while the
 * code cannot be fetched, e.g. `The palette`; without it nobody waits for the part, and nothing is said.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>, name?: string): Later<P> {
  let Part: ComponentType<P> | null = null
  const fetch = persistently(async () => {
    Part = await load()
  })
  function LaterPart({ fallback = null, ...props }: P & { fallback?: Fallback }): ReactNode {
    const state = useSyncExternalStore(fetch.watch, fetch.state)
    useEffect(() => void fetch(), [])
    useKeptFocus(fetch, Part !== null)
    if (Part) return createElement(Part, props as unknown as P)
    const failed = name !== undefined && state !== 'coming' && (
      <p className="later-failed" role="alert">
        {name} could not be loaded.
        <Button busy={state === 'again'} onClick={fetch.retry}>
          Try again
        </Button>
      </p>
    )
    if (typeof fallback === 'function') return fallback(failed || null)
    return (
      <>
        {fallback}
        {failed}
      </>
    )
  }
  return Object.assign(LaterPart, { preload: fetch })
}

/** Who stood on what the part replaces stands on the part afterwards, not at the top of the page. */
function useKeptFocus(fetch: Persistent<unknown>, isThere: boolean): void {
  const left = useRef<{ element: Element; around: Map<Element, Set<Element>> } | null>(null)
  useEffect(
    () =>
      fetch.watch(() => {
        const element = document.activeElement
        if (!element || element === document.body) return
        const around = new Map<Element, Set<Element>>()
        for (let holder = element.parentElement; holder; holder = holder.parentElement)
          around.set(holder, new Set(holder.children))
        left.current = { element, around }
      }),
    [fetch],
  )
  useLayoutEffect(() => {
    const { element, around = [] } = left.current ?? {}
    left.current = null
    if (!isThere || !element || element.isConnected || document.activeElement !== document.body) return
    const [holder, before] = [...around].find(([one]) => one.isConnected) ?? []
    const part = holder && [...holder.children].find((child) => !before?.has(child))
    const reachable = 'button, a[href], input, select, textarea, [tabindex="0"]'
    const first = part?.matches(reachable) ? part : part?.querySelector(reachable)
    if (first instanceof HTMLElement) first.focus({ preventScroll: true })
  }, [isThere])
}
