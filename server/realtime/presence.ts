// Who has which call open: on this node told from subscriptions, on other nodes as these say; in memory only.
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

/** Onlookers by call, the longest there first. */
export type Looks = ReadonlyMap<string, readonly Watcher[]>

const nobody: Looks = new Map()

/** One company's onlookers. */
export class Presence {
  readonly #byCall = new Map<string, Map<string, Entry>>()
  readonly #calls = new Map<string, number>()
  readonly #elsewhere = new Map<string, Looks>()
  #changed = new Set<string>()
  /** Raised with every change on this node. */
  version = 0

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
      this.version++
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
    this.version++
  }

  /** Who looks on this node. */
  here(): Looks {
    const looks = new Map<string, Watcher[]>()
    for (const [callId, people] of this.#byCall)
      looks.set(
        callId,
        [...people.values()].map(({ watcher }) => watcher),
      )
    return looks
  }

  /** Who looks on another node, in place of what it said before; nobody when it is gone. */
  elsewhere(nodeId: string, looks: Looks = nobody): void {
    const before = this.#elsewhere.get(nodeId) ?? nobody
    for (const callId of new Set([...before.keys(), ...looks.keys()]))
      if (!sameWatchers(before.get(callId), looks.get(callId))) this.#changed.add(callId)
    if (looks.size > 0) this.#elsewhere.set(nodeId, looks)
    else this.#elsewhere.delete(nodeId)
  }

  /** The onlookers of a call, the longest there first. */
  of(callId: string): Told {
    const here = [...(this.#byCall.get(callId)?.values() ?? [])].map(({ watcher }) => watcher)
    const people = this.#elsewhere.size === 0 ? here : this.#withOthers(callId, here)
    return { watchers: people.slice(0, named), more: Math.max(0, people.length - named) }
  }

  /** Somebody who has the call open on two nodes is one onlooker, there since the first. */
  #withOthers(callId: string, here: readonly Watcher[]): Watcher[] {
    const byId = new Map<string, Watcher>()
    for (const people of [here, ...[...this.#elsewhere.values()].map((looks) => looks.get(callId) ?? [])])
      for (const watcher of people) {
        const known = byId.get(watcher.id)
        if (!known || watcher.since < known.since) byId.set(watcher.id, watcher)
      }
    return [...byId.values()].sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
  }

  /** The call has come onto the floor: who was said to look at it before, as another node may be ahead, is news now. */
  noteBegun(callId: string): void {
    const isLookedAt =
      this.#byCall.has(callId) || [...this.#elsewhere.values()].some((looks) => looks.has(callId))
    if (isLookedAt) this.#changed.add(callId)
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

function sameWatchers(before: readonly Watcher[] = [], after: readonly Watcher[] = []): boolean {
  return (
    before.length === after.length &&
    before.every(({ id, since }, index) => id === after[index]?.id && since === after[index]?.since)
  )
}

/** `Dana Whitfield` → `DW`. */
export function initialsOf(name: string): string {
  const parts = name.split(/[\s@.]+/).filter(Boolean)
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map(
    (part) => [...(part ?? '')][0] ?? '',
  )
  return letters.join('').toUpperCase()
}
