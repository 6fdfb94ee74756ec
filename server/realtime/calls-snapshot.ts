// The whole floor as the parts of a snapshot (P5): taken at one position, written out only when and as often as needed.
import type { Call } from '#contract/call.ts'
import { type WireFrame, callsPart } from '#server/realtime/wire.ts'

export interface CallsSnapshotOptions {
  /** As they were at `seq`, in the order in which they are told. */
  calls: readonly Call[]
  /** Position of the log the floor was taken at. */
  seq: number
  version: number
  partCalls: number
  /** ISO, server time. */
  at: string
}

/** Several newcomers may share one: each part becomes text and bytes once. */
export class CallsSnapshot {
  readonly seq: number
  /** Of the projection when it was taken. */
  readonly version: number
  readonly parts: number
  readonly #options: CallsSnapshotOptions
  readonly #made = new Map<number, WireFrame>()

  constructor(options: CallsSnapshotOptions) {
    this.#options = options
    this.seq = options.seq
    this.version = options.version
    this.parts = Math.max(1, Math.ceil(options.calls.length / options.partCalls))
  }

  /** The frame of a part, counted from 1. */
  part(part: number): WireFrame {
    let frame = this.#made.get(part)
    if (!frame) {
      const { calls, partCalls } = this.#options
      frame = this.#frame(part, calls.slice((part - 1) * partCalls, part * partCalls))
      this.#made.set(part, frame)
    }
    return frame
  }

  /** The part before the first: what one client asked for first. */
  before(calls: readonly Call[]): WireFrame {
    return this.#frame(0, calls)
  }

  #frame(part: number, calls: readonly Call[]): WireFrame {
    return callsPart({ part, parts: this.parts, seq: this.seq, calls }, this.#options.at)
  }
}
