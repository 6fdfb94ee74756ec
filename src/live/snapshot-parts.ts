// Gathers the parts of snapshots (P5), and says what of them may be shown before the last one is here.
import type { Call } from '#contract/call.ts'
import type { SnapshotFrame, Stream } from '#contract/protocol.ts'
import type { Clock } from '#src/lib/clock.ts'
import { applyChanges, keepKnown } from '#src/live/apply.ts'

/** While a snapshot comes in parts, what is there of it is shown at most this often, ms. */
const renewEveryMs = 250
/** A snapshot that takes longer than this, ms, comes over a slow line: what can wait for its end waits no more. */
const briefMs = 1000

interface Gathered {
  byPart: Map<number, readonly Call[]>
  /** Parts that were not handed out yet. */
  unshown: (readonly Call[])[]
  shownAt: number
  begunAt: number
}

/** What a part brought. */
export interface Taken {
  /** The snapshot is complete: its calls, in their order. */
  whole?: readonly Call[]
  /** Calls that may be renewed already where they are known. */
  renewed?: readonly Call[]
  /** It tells changes of a floor other than the one that is held; what was gathered is worth nothing. */
  isForeign?: boolean
}

export interface SnapshotParts {
  /** Takes a part; `floor` are the calls as they are. */
  take(part: SnapshotFrame['data'], floor: ReadonlyMap<string, Call>): Taken
  /** Parts of it are here, and the rest will be in a moment. */
  isComing(stream: Stream): boolean
  /** The stream begins anew: what was gathered of it is worth nothing. */
  forget(stream: Stream): void
  clear(): void
}

/** Nothing gathered yet. */
export function createSnapshotParts(clock: Clock): SnapshotParts {
  const streams = new Map<Stream, Gathered>()

  /**
   * Rows on screen need not wait for the whole floor: those that came first are shown at once, the others now and then, for
   * each time costs the page a frame while it waits for the rest.
   */
  function showSome(gathered: Gathered): Taken {
    const now = clock.now()
    if (now - gathered.shownAt < renewEveryMs) return {}
    gathered.shownAt = now
    return { renewed: gathered.unshown.splice(0).flat() }
  }

  return {
    take(part, floor) {
      const gathered: Gathered = streams.get(part.stream) ?? {
        byPart: new Map(),
        unshown: [],
        shownAt: Number.NEGATIVE_INFINITY,
        begunAt: clock.now(),
      }
      streams.set(part.stream, gathered)
      const changed = applyChanges(floor, part)
      if (!changed) {
        streams.delete(part.stream)
        return { isForeign: true }
      }
      const calls = [...keepKnown(floor, part.calls ?? []), ...changed]
      if (part.part === 0) {
        // What was asked for first is shown; it comes again in its place.
        gathered.shownAt = clock.now()
        return { renewed: calls }
      }
      gathered.byPart.set(part.part, calls)
      gathered.unshown.push(calls)
      if (gathered.byPart.size < part.parts) return showSome(gathered)
      streams.delete(part.stream)
      const inOrder = [...gathered.byPart].sort(([a], [b]) => a - b)
      return { whole: inOrder.flatMap(([, some]) => some) }
    },
    isComing(stream) {
      const gathered = streams.get(stream)
      const age = gathered ? clock.now() - gathered.begunAt : -1
      return age >= 0 && age < briefMs
    },
    forget: (stream) => streams.delete(stream),
    clear: () => streams.clear(),
  }
}
