// One subscriber of one stream: with its group while it keeps up, on its own while it catches up or is slow.
import type { Stream } from '#contract/protocol.ts'
import { chainFrames } from '#server/realtime/chain.ts'
import { type Frame, FrameQueue } from '#server/realtime/frame-queue.ts'
import type { Peer } from '#server/realtime/peer.ts'
import type { RealtimeSettings } from '#server/realtime/settings.ts'
import { plainFrame } from '#server/realtime/wire.ts'

export interface SubscriptionOptions {
  stream: Stream
  peer: Peer
  batch: boolean
  settings: RealtimeSettings
  now: () => number
  /** Lowest position its group still holds back for everybody (P3); null when none. */
  heldBack: () => number | null
  /** The stream of this subscriber ended with a `reset`. */
  onReset: () => void
  onMerged: (count: number) => void
}

export class Subscription {
  readonly stream: Stream
  readonly peer: Peer
  readonly #options: SubscriptionOptions
  readonly #queue = new FrameQueue()
  /** Snapshot or resumed entries still go out; live frames wait in the queue. */
  #loading = true
  /** Receives with its group. */
  joined = false
  /** Highest position sent to this subscriber: what its next frame's `prev` says. */
  tail: number
  ended = false

  constructor(options: SubscriptionOptions, position: number) {
    this.#options = options
    this.stream = options.stream
    this.peer = options.peer
    this.tail = position
  }

  /** Resumed entries and queued frames with a seq up to here are in what was sent already. */
  startAt(position: number): void {
    this.tail = position
  }

  /** From now on queued live frames may go out. */
  loaded(): void {
    this.#loading = false
    this.pump()
  }

  isSlow(): boolean {
    return this.peer.bufferedBytes() > this.#options.settings.slowBytes
  }

  /** Leaves the group; what comes waits here. */
  detach(): void {
    this.joined = false
  }

  /** Takes live frames while on its own. Merges past the bound; overflows into a reset (P8). */
  enqueue(frames: readonly Frame[]): void {
    const { mergeAbove, mergeAboveChars, resetAbove, resetAboveChars } = this.#options.settings
    const merging = this.#queue.size + frames.length > mergeAbove || this.#queue.chars > mergeAboveChars
    if (merging) this.#queue.merge()
    for (const frame of frames) this.#queue.push(frame, merging)
    this.#options.onMerged(this.#queue.takeMerged())
    if (this.#queue.size > resetAbove || this.#queue.chars > resetAboveChars) this.#reset()
  }

  #reset(): void {
    this.ended = true
    this.#queue.clear()
    this.peer.send(
      plainFrame({
        event: 'reset',
        data: {
          stream: this.stream,
          seq: this.tail,
          reason: 'This reader is too slow; resume from the last safe position.',
        },
        at: new Date(this.#options.now()).toISOString(),
      }),
    )
    this.#options.onReset()
  }

  /** Sends what waits, as far as the socket takes it. Returns true when nothing waits any more. */
  pump(): boolean {
    if (this.#loading || this.ended) return false
    const { batchFrames, batchBytes } = this.#options.settings
    while (this.#queue.size > 0 && !this.isSlow()) this.sendFrames(this.#queue.take(batchFrames, batchBytes))
    return this.#queue.size === 0
  }

  /** Sends frames on this subscriber's own chain. */
  sendFrames(frames: readonly Frame[]): void {
    const fresh = frames.filter((frame) => frame.seq === null || frame.seq > this.tail || frame.held)
    if (fresh.length === 0) return
    const { batch, settings } = this.#options
    const { wire, tail } = chainFrames(fresh, {
      stream: this.stream,
      batch,
      prev: this.tail,
      heldBack: this.#heldBack(),
      batchFrames: settings.batchFrames,
      batchBytes: settings.batchBytes,
    })
    this.tail = tail
    for (const frame of wire) this.peer.send(frame)
  }

  /** Lowest position that is still to come, here or in the group; null when none is. */
  #heldBack(): number | null {
    const waiting = this.#queue.lowestSeq()
    const held = this.#options.heldBack()
    if (waiting === null || held === null) return waiting ?? held
    return Math.min(waiting, held)
  }

  /** Lowest position still held back, minus one; else the last sent (P4). */
  get safe(): number {
    const lowest = this.#heldBack()
    return lowest === null ? this.tail : Math.min(this.tail, lowest - 1)
  }
}
