// Keeps one stream whole: what was applied, what is missing, from where to go on (P3–P6). No I/O, no clock.
import { callIdOf } from '#contract/apply-event.ts'
import type { CallEventName } from '#contract/events.ts'
import type { Lines, Standing, Stream, SubscribeData, SubscribedFrame } from '#contract/protocol.ts'
import type { EventFrame } from '#contract/protocol.ts'
import type { StreamFrame } from '#src/gateway/decode.ts'

/** `idle`: not subscribed; `asked`: waiting for the answer; `snapshot`: parts are coming; `resuming`: replay; `live`. */
export type StreamPhase = 'idle' | 'asked' | 'snapshot' | 'resuming' | 'live'

/** What to do after a frame: apply it, drop it, or ask again from `since`. */
export type Verdict = 'apply' | 'skip' | 'duplicate' | 'ignored' | 'gap'

export interface StreamTracker {
  readonly stream: Stream
  phase(): StreamPhase
  /** True once the stream has been complete; a later break is then a gap, not a first load. */
  hasBeenLive(): boolean
  /** The name of the last request, echoed by its answer and by errors. */
  sub(): string
  /** The next `subscribe`; from its sending on, frames are ignored until its answer comes. */
  ask(): SubscribeData
  /** The line is cut: frames are ignored until asked again. */
  lost(): void
  /** The next request asks for a snapshot, whatever is known. */
  forget(): void
  /** False when the answer belongs to an older request. */
  onSubscribed(data: SubscribedFrame['data']): boolean
  /** `ignored`, `part`, or `whole` when this was the last part. `changes`: it tells what changed of the floor that is held. */
  onPart(part: number, parts: number, seq: number, tells?: 'all' | 'changes'): 'ignored' | 'part' | 'whole'
  judge(frame: StreamFrame): Verdict
  /** Position below which nothing is held back for us, from a batch. */
  onSafe(safe: number): void
  /** True when the heartbeat shows that frames are missing at the end. */
  onHeartbeat(place: Standing): boolean
  /** The replay after a resume has run dry. */
  settle(): void
}

/** Ended calls whose positions are still remembered, against late repeats. */
const rememberedEnded = 1000

/** Position of the last event of each kind, of one call; 0: none. One flat object, for there are ten thousand of them. */
type Places = Record<CallEventName, number>

const nowhere: Places = {
  'call.started': 0,
  'call.updated': 0,
  'call.ended': 0,
  'call.left': 0,
  'interaction.added': 0,
  'qa.score.updated': 0,
  'sentiment.changed': 0,
  'escalation.triggered': 0,
  'escalation.updated': 0,
  'escalation.completed': 0,
  'intervention.updated': 0,
  'note.added': 0,
  'note.removed': 0,
  'attention.changed': 0,
  'alert.updated': 0,
  'claim.changed': 0,
  'presence.changed': 0,
}

let requests = 0

/** A tracker of `stream` that has not asked yet. */
export function createStreamTracker(stream: Stream, lines: Lines = 'last'): StreamTracker {
  let phase: StreamPhase = 'idle'
  let beenLive = false
  let log: string | undefined
  let last = 0
  let safe = 0
  let known = false
  let sub = ''
  /** Frames up to here are in the snapshot. */
  let floor = 0
  let parts = new Set<number>()
  let snapshotSeq = -1
  /** Who scored all the attention that was heard up to `safe`; undefined where it is not from one hand. */
  let scorer: string | undefined
  /** Who scores it in the answer to the last request. */
  let answering: string | undefined
  /** A tail the server insists on although a resume brought nothing: not asked for again. */
  let excused = 0
  const applied = new Map<string, Places>()
  const ended = new Set<string>()

  function startOver(): void {
    applied.clear()
    ended.clear()
  }

  function goLive(): void {
    phase = 'live'
    beenLive = true
  }

  /** A position beyond what came is no place to go on from, whatever the server believes to have sent. */
  function trust(position: number): void {
    safe = Math.min(position, last)
  }

  /** Remembers the position per call and kind: a held-back line may come after younger frames of other calls. */
  function isNew(frame: EventFrame, seq: number): boolean {
    if (seq <= floor) return false
    const callId = callIdOf(frame)
    const kinds = applied.get(callId)
    if (!kinds) applied.set(callId, { ...nowhere, [frame.event]: seq })
    else {
      if (seq <= kinds[frame.event]) return false
      // Held back since before the call left: not about the call that came back.
      if (seq < kinds['call.left']) return false
      kinds[frame.event] = seq
    }
    if (frame.event === 'call.started') ended.delete(callId)
    else if (frame.event === 'call.ended' || frame.event === 'call.left') remember(callId)
    return true
  }

  function remember(callId: string): void {
    ended.add(callId)
    if (ended.size <= rememberedEnded) return
    const [oldest] = ended
    if (oldest === undefined) return
    ended.delete(oldest)
    applied.delete(oldest)
  }

  return {
    stream,
    phase: () => phase,
    hasBeenLive: () => beenLive,
    sub: () => sub,
    ask() {
      requests += 1
      sub = `${stream}#${requests}`
      phase = 'asked'
      const position = { since: known ? safe : 0, log: known ? log : undefined, batch: true, sub }
      return stream === 'calls'
        ? { type: 'all_calls', lines, ...position, ...(known ? { holds: true, scorer } : {}) }
        : { type: 'call', call_id: stream.slice('call:'.length), ...position }
    },
    lost() {
      phase = 'idle'
    },
    forget() {
      known = false
    },
    onSubscribed(data) {
      if (phase !== 'asked' || (data.sub !== undefined && data.sub !== sub)) return false
      if (data.log !== log) {
        startOver()
        floor = 0
        known = false
        excused = 0
      }
      log = data.log
      last = data.seq
      answering = data.scorer
      // A replay tells attention at its end, which the next heartbeat says was reached. A snapshot of another hand that breaks off
      // leaves the attention of both.
      if (data.mode !== 'snapshot' || answering !== scorer) scorer = undefined
      if (data.mode === 'snapshot') {
        phase = 'snapshot'
        parts = new Set()
        snapshotSeq = -1
        return true
      }
      if (!known || data.mode === 'live') safe = data.seq
      known = true
      if (data.mode === 'resumed') phase = 'resuming'
      else goLive()
      return true
    },
    onPart(part, count, seq, tells = 'all') {
      if (phase !== 'snapshot') return 'ignored'
      if (seq !== snapshotSeq) {
        parts = new Set()
        snapshotSeq = seq
      }
      if (part > 0) parts.add(part)
      if (parts.size < count) {
        // Some of it is shown already, and what is known has no one position any more until the rest is here. What changed since
        // the former position may be told again, though: calls that are further on lack none of it.
        if (tells === 'all') known = false
        return 'part'
      }
      startOver()
      floor = seq
      last = seq
      safe = seq
      known = true
      scorer = answering
      goLive()
      return 'whole'
    },
    judge(frame) {
      if (phase !== 'live' && phase !== 'resuming') return 'ignored'
      const { seq, prev } = frame
      if (seq === undefined || seq === null) return frame.event === 'skipped' ? 'skip' : 'apply'
      if (prev !== undefined && prev !== null && prev > last) return 'gap'
      last = Math.max(last, seq)
      if (typeof frame.safe === 'number') trust(frame.safe)
      if (frame.event === 'skipped') return 'skip'
      return isNew(frame, seq) ? 'apply' : 'duplicate'
    },
    onSafe(value) {
      if (phase === 'live' || phase === 'resuming') trust(value)
    },
    onHeartbeat(place) {
      if (phase !== 'live' && phase !== 'resuming') return false
      if (place.seq <= last) {
        trust(place.safe)
        if (place.scorer) scorer = place.scorer
        if (phase === 'resuming') goLive()
        return false
      }
      // A replay may still be on its way; its end shows by silence or by the next heartbeat.
      if (phase === 'resuming') return false
      if (place.seq <= excused) {
        last = place.seq
        trust(place.safe)
        return false
      }
      excused = place.seq
      return true
    },
    settle() {
      if (phase === 'resuming') goLive()
    },
  }
}
