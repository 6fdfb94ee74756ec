// Who has which call open on this node: kept in memory from subscriptions, told at most twice a second for each call.
import type { Presence as Told, Watcher } from '#contract/presence.ts'
import type { Role } from '#contract/permissions.ts'

/** Who looks. */
export interface Onlooker {
  id: string
  name: string
  role: Role
}

interface Entry {
  watcher: Watcher
  /** Subscriptions of this person to the call: several tabs are one onlooker. */
  count: number
}

/** People told of by name; the others are a number. */
const named = 8
/** Calls one person counts as looking at; a program that subscribes to a whole floor looks at none of the others. */
const callsAtOnce = 20

/** One company's onlookers. */
export class Presence {
  readonly #byCall = new Map<string, Map<string, Entry>>()
  readonly #calls = new Map<string, number>()
  #changed = new Set<string>()

  /** The person opened the call at `now` (epoch ms). Returns what takes this very look back, once. */
  enter(callId: string, { id, name, role }: Onlooker, now: number): () => void {
    const people = this.#byCall.get(callId) ?? new Map<string, Entry>()
    const known = people.get(id)
    if (!known && (this.#calls.get(id) ?? 0) >= callsAtOnce) return () => undefined
    if (known) known.count++
    else {
      const since = new Date(now).toISOString()
      people.set(id, { watcher: { id, name, initials: initialsOf(name), role, since }, count: 1 })
      this.#byCall.set(callId, people)
      this.#calls.set(id, (this.#calls.get(id) ?? 0) + 1)
      this.#changed.add(callId)
    }
    let isThere = true
    return () => {
      if (!isThere) return
      isThere = false
      this.#leave(callId, id)
    }
  }

  #leave(callId: string, id: string): void {
    const people = this.#byCall.get(callId)
    const entry = people?.get(id)
    if (!people || !entry || --entry.count > 0) return
    people.delete(id)
    if (people.size === 0) this.#byCall.delete(callId)
    const left = (this.#calls.get(id) ?? 1) - 1
    if (left > 0) this.#calls.set(id, left)
    else this.#calls.delete(id)
    this.#changed.add(callId)
  }

  /** The onlookers of a call, the longest there first. */
  of(callId: string): Told {
    const people = [...(this.#byCall.get(callId)?.values() ?? [])].map(({ watcher }) => watcher)
    return { watchers: people.slice(0, named), more: Math.max(0, people.length - named) }
  }

  get isChanged(): boolean {
    return this.#changed.size > 0
  }

  /** Calls whose onlookers changed since this was asked last. */
  takeChanged(): ReadonlySet<string> {
    const changed = this.#changed
    this.#changed = new Set()
    return changed
  }
}

/** `Dana Whitfield` → `DW`. */
function initialsOf(name: string): string {
  const parts = name.split(/[\s@.]+/).filter(Boolean)
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map(
    (part) => [...(part ?? '')][0] ?? '',
  )
  return letters.join('').toUpperCase()
}
