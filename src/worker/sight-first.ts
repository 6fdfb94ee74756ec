// The page is told of what it shows before the rest of a batch is applied.
import { callIdOf } from '#contract/apply-event.ts'
import type { EventFrame } from '#contract/protocol.ts'
import type { LiveInbox } from '#src/live/live-store.ts'

export interface SightFirstOptions {
  inbox: LiveInbox
  /** Runs it once this task has said all it has to say, in the order of asking. */
  soon(run: () => void): void
  /** Calls whose news the page is told at once. */
  inSight(): ReadonlySet<string>
}

/**
 * The inbox with the frames of calls in sight handed in first: of 250 events in a batch one or two are on screen, and applying the
 * others takes a millisecond that a supervisor need not wait for. The frames of a call stay in their order; whatever else
 * comes meanwhile finds all frames before it handed in.
 */
export function sightFirst({ inbox, soon, inSight }: SightFirstOptions): LiveInbox {
  let rest: readonly EventFrame[] = []

  function handRest(): void {
    if (rest.length === 0) return
    const frames = rest
    rest = []
    inbox.onFrames(frames)
  }

  /** Everything else of the inbox, once nothing before it is waiting. */
  const after =
    <A extends unknown[]>(run: (...given: A) => void) =>
    (...given: A): void => {
      handRest()
      run(...given)
    }

  return {
    onFrames(frames) {
      handRest()
      const wanted = inSight()
      const first = frames.filter((frame) => wanted.has(callIdOf(frame)))
      if (first.length === 0 || first.length === frames.length) {
        inbox.onFrames(frames)
        return
      }
      inbox.onFrames(first)
      rest = frames.filter((frame) => !wanted.has(callIdOf(frame)))
      soon(handRest)
    },
    onSnapshot: after(inbox.onSnapshot),
    onSubscribed: after(inbox.onSubscribed),
    onRefused: after(inbox.onRefused),
    onConnection: inbox.onConnection,
  }
}
