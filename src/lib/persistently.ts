// Code that comes later must come: a part fetched while the server restarts is asked for again, not given up.

const firstPauseMs = 1000
const longestPauseMs = 15_000

export interface Persistent<T> {
  /** Loads once, however often it is called. Never rejects. */
  (): Promise<T>
  /** `failed`: the last try failed and the next one waits for its time; `again`: that one is under way. */
  state(): 'coming' | 'failed' | 'again' | 'there'
  /** Hears of every change of the state; returns the end of it. */
  watch(listener: () => void): () => void
  /** Tries at once what waits for its time. */
  retry(): void
}

/**
 * Loads once; a failure is tried again after 1, 2, 4 … 15 s for as long as it takes. Never rejects, so that a screen that
 * waits for the part keeps waiting instead of breaking.
 */
export function persistently<T>(load: () => Promise<T>): Persistent<T> {
  const listeners = new Set<() => void>()
  let loading: Promise<T> | null = null
  let state: ReturnType<Persistent<T>['state']> = 'coming'
  let retry = () => {}
  const become = (next: typeof state) => {
    state = next
    for (const listener of listeners) listener()
  }
  const attempt = async (): Promise<T> => {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        const loaded = await load()
        become('there')
        return loaded
      } catch {
        become('failed')
        await new Promise<void>((resolve) => {
          retry = resolve
          setTimeout(resolve, pauseMs)
        })
        become('again')
      }
    }
  }
  return Object.assign(() => (loading ??= attempt()), {
    state: () => state,
    watch(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    retry: () => retry(),
  })
}
