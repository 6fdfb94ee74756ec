// The snapshots of one floor: newcomers of the same moment share them.
import { CallsSnapshot, type SnapshotHead } from '#server/realtime/calls-snapshot.ts'
import { type Scope, sees } from '#server/realtime/group.ts'
import type { Projection } from '#server/realtime/projection.ts'

/**
 * Snapshots of one moment and scope that tell only changes. Consoles that were cut off together stand at the same position; where
 * each stands at its own, one text for all costs less than one for each.
 */
const narrowAtOnce = 3

/** What a newcomer is told. */
export interface SnapshotWish {
  scope: Scope
  /** It holds the floor as of this position; null when it holds none. */
  since: number | null
  /** As of that position it has heard the attention that is scored here. */
  heard: boolean
}

export class Snapshots {
  readonly #projection: Projection
  readonly #partCalls: number
  readonly #kept = new Map<string, CallsSnapshot[]>()

  constructor(projection: Projection, partCalls: number) {
    this.#projection = projection
    this.#partCalls = partCalls
  }

  /** Head of a snapshot of the floor as it is now, at position `seq` of the log; `at` is ISO. */
  head({ scope, since, heard }: SnapshotWish, seq: number, at: string): SnapshotHead {
    const [known] = this.#ofNow(JSON.stringify(scope), seq)
    if (known) return { ...known.head, since, heard }
    const calls = this.#projection.count((owners) => sees(scope, owners))
    return { seq, parts: Math.max(1, Math.ceil(calls / this.#partCalls)), since, heard, at }
  }

  /** Those that were taken of the floor as it is. */
  #ofNow(name: string, seq: number): readonly CallsSnapshot[] {
    const { version } = this.#projection
    return (this.#kept.get(name) ?? []).filter((one) => one.head.seq === seq && one.version === version)
  }

  /** The floor as a scope sees it now, with the head that was made of it a moment ago, or with that of another newcomer. */
  take({ scope, since, heard }: SnapshotWish, head: SnapshotHead): CallsSnapshot {
    const name = JSON.stringify(scope)
    const kept = this.#ofNow(name, head.seq)
    const whole = kept.find((one) => one.head.since === null)
    const narrow = kept
      .filter((one) => one.head.since !== null)
      .sort((a, b) => (b.head.since ?? 0) - (a.head.since ?? 0))
    // What changed since an earlier position holds all that changed since a later one; the nearest tells the least.
    const fits = ({ head: { since: from, heard: isLeftOut } }: CallsSnapshot) =>
      since !== null && (from ?? 0) <= since && isLeftOut === heard
    const fitting = narrow.find(fits)
    const base = narrow.length < narrowAtOnce ? since : null
    const found = fitting ?? (base === null ? whole : undefined)
    if (found) return found
    const snapshot = new CallsSnapshot({
      head: { ...head, since: base, heard: base !== null && heard },
      calls: this.#projection.capture((owners) => sees(scope, owners)),
      version: this.#projection.version,
      partCalls: this.#partCalls,
    })
    this.#kept.set(name, [...kept, snapshot])
    return snapshot
  }

  /** Lets them go: they are for newcomers of the same moment. */
  clear(): void {
    this.#kept.clear()
  }
}
