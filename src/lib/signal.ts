// A value that changes often and concerns few: who wants to know subscribes, and nobody above is drawn again.
import type { Cancel } from '#src/lib/clock.ts'

export interface Signal<T> {
  get(): T
  /** Tells only when the value is another one. */
  set(value: T): void
  subscribe(listener: () => void): Cancel
}

/** A signal that begins with `first`. */
export function createSignal<T>(first: T): Signal<T> {
  const listeners = new Set<() => void>()
  let value = first
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
