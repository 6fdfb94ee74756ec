// Gathers the parts of snapshots (P5), and says what of them may be shown before the last one is here.
import type { Call } from '#contract/call.ts'
import type { SnapshotFrame, Stream } from '#contract/protocol.ts'
import type { Cancel, Clock } from '#src/lib/clock.ts'
import { applyChanges, keepKnown } from '#src/live/apply.ts'

/**
 * A snapshot that is whole within this time, ms, is shown at once: nobody sees rows a fraction of a second earlier, and the frame of the
 * board that shows them takes its time from the rest.
 */
const wholeWithinMs = 300
/** While one that takes longer comes in parts, what is there of it is shown at most this often, ms. */
const renewEveryMs = 250
/** A snapshot that takes longer than this, ms, comes over a slow line: what can wait for its end waits no more. */
const briefMs = 1000

interface Gathered {
  byPart: Map<number, readonly Call[]>
  /** Parts that were not handed out yet. */
  unshown: (readonly Call[])[]
  /** When the next of them may be, by the clock. */
  showFrom: number
  cancelShow: Cancel
  begunAt: number
}

/** What a part brought. */
export interface Taken {
  /** The snapshot is complete: its calls, in their order. */
  whole?: readonly Call[]
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

/** Nothing gathered yet. `renew` is given calls that may be renewed already where they are known, before the whole is here. */
export function createSnapshotParts(
  clock: Clock,
  renew: (stream: Stream, calls: readonly Call[]) => void,
): SnapshotParts {
  const streams = new Map<Stream, Gathered>()

  function begin(stream: Stream): Gathered {
    const now = clock.now()
    const gathered: Gathered = {
      byPart: new Map(),
      unshown: [],
      showFrom: now + wholeWithinMs,
      cancelShow: clock.after(wholeWithinMs, () => showSome(stream, gathered)),
      begunAt: now,
    }
    streams.set(stream, gathered)
    return gathered
  }

  function end(stream: Stream): void {
    streams.get(stream)?.cancelShow()
    streams.delete(stream)
  }

  /**
   * Rows on screen need not wait for a floor that takes long: what is there is shown now and then, for each time costs the page a
   * frame while it waits for the rest.
   */
  function showSome(stream: Stream, gathered: Gathered): void {
    const now = clock.now()
    if (now < gathered.showFrom || gathered.unshown.length === 0) return
    gathered.showFrom = now + renewEveryMs
    renew(stream, gathered.unshown.splice(0).flat())
  }

  return {
    take(part, floor) {
      const { stream } = part
      const gathered = streams.get(stream) ?? begin(stream)
      const changed = applyChanges(floor, part.changes ?? [])
      if (!changed) {
        end(stream)
        return { isForeign: true }
      }
      const calls = [...keepKnown(floor, part.calls ?? []), ...changed]
      // What was asked for first comes again in its place.
      if (part.part > 0) gathered.byPart.set(part.part, calls)
      gathered.unshown.push(calls)
      if (gathered.byPart.size < part.parts) {
        showSome(stream, gathered)
        return {}
      }
      end(stream)
      const inOrder = [...gathered.byPart].sort(([a], [b]) => a - b)
      return { whole: inOrder.flatMap(([, some]) => some) }
    },
    isComing(stream) {
      const gathered = streams.get(stream)
      const age = gathered ? clock.now() - gathered.begunAt : -1
      return age >= 0 && age < briefMs
    },
    forget: end,
    clear() {
      for (const stream of [...streams.keys()]) end(stream)
    },
  }
}
