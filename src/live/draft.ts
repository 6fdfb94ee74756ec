// A state being changed: copies a part when it is first written to, so that untouched parts keep their identity.
import type { CallInteraction } from '#contract/transcript.ts'
import { FloorMap } from '#src/live/floor-map.ts'
import type { LiveState, OpenCall } from '#src/live/live-state.ts'

type MapPart = 'calls' | 'latestIntervention' | 'claimNews' | 'escalationNews' | 'openCalls' | 'pending'
type Writable<P extends MapPart> = LiveState[P] extends ReadonlyMap<infer K, infer V> ? Map<K, V> : never

export interface Draft {
  /** The part as it is now, for reading. */
  get<P extends MapPart>(part: P): LiveState[P]
  /** The part for writing. */
  edit<P extends MapPart>(part: P): Writable<P>
  /** The lines of an open call for writing; copied once per draft. */
  editLines(open: OpenCall): CallInteraction[]
  /** The state with all changes; the very same state when nothing was written. */
  done(): LiveState
}

const copyOf = (part: LiveState[MapPart]): unknown =>
  part instanceof FloorMap ? part.next() : new Map<string, unknown>(part)

/** A draft of `state`, good for one pass. */
export function createDraft(state: LiveState): Draft {
  const edited = new Map<MapPart, unknown>()
  const ownLines = new WeakSet<readonly CallInteraction[]>()

  return {
    get<P extends MapPart>(part: P) {
      return (edited.get(part) ?? state[part]) as LiveState[P]
    },
    edit<P extends MapPart>(part: P) {
      const own = edited.get(part) ?? copyOf(state[part])
      edited.set(part, own)
      return own as Writable<P>
    },
    editLines(open) {
      const lines = ownLines.has(open.lines) ? (open.lines as CallInteraction[]) : open.lines.slice()
      ownLines.add(lines)
      return lines
    },
    done: () => (edited.size === 0 ? state : { ...state, ...Object.fromEntries(edited) }),
  }
}
