// The whole floor as the parts of a snapshot (P5): taken at one position, written out only when and as often as needed.
import type { Call } from '#contract/call.ts'
import type { CallChange } from '#contract/protocol.ts'
import { type Changed, changeSince } from '#server/realtime/call-changes.ts'
import { type WireFrame, callsPart } from '#server/realtime/wire.ts'

/** A call as it was when the snapshot was taken, and where it changed last; by later changes, at most more of it is told. */
export interface CapturedCall {
  call: Call
  changed: Readonly<Changed>
}

/** What all parts of a snapshot have in common. */
export interface SnapshotHead {
  /** Position of the log the floor is taken at. */
  seq: number
  parts: number
  /** Its readers hold the floor as of this position, and are told what changed since; null tells everything. */
  since: number | null
  /** As of that position they have heard the attention that is scored here, and are told of it what changed. */
  heard: boolean
  /** ISO, server time. */
  at: string
}

/** One part of a snapshot: 0 is what a client asked for first, the others are counted from 1. */
export function snapshotPart(head: SnapshotHead, part: number, captured: readonly CapturedCall[]): WireFrame {
  const { seq, parts, since, heard, at } = head
  if (since === null) return callsPart({ part, parts, seq, calls: captured.map(({ call }) => call) }, at)
  const calls: Call[] = []
  const changes: CallChange[] = []
  for (const { call, changed } of captured) {
    const change = changeSince(call, changed, { since, heard })
    if (change) changes.push(change)
    else calls.push(call)
  }
  return callsPart({ part, parts, seq, calls, changes, ...(heard ? { attention: 'changed' } : {}) }, at)
}

export interface CallsSnapshotOptions {
  head: SnapshotHead
  /** As they were at its position, in the order in which they are told. */
  calls: readonly CapturedCall[]
  /** Of the projection. */
  version: number
  partCalls: number
}

/** Several newcomers may share one: each part becomes text and bytes once. */
export class CallsSnapshot {
  readonly head: SnapshotHead
  /** Of the projection when it was taken. */
  readonly version: number
  readonly #calls: readonly CapturedCall[]
  readonly #partCalls: number
  readonly #made = new Map<number, WireFrame>()

  constructor({ head, calls, version, partCalls }: CallsSnapshotOptions) {
    this.head = head
    this.version = version
    this.#calls = calls
    this.#partCalls = partCalls
  }

  /** The frame of a part, counted from 1. */
  part(part: number): WireFrame {
    let frame = this.#made.get(part)
    if (!frame) {
      const from = (part - 1) * this.#partCalls
      frame = snapshotPart(this.head, part, this.#calls.slice(from, from + this.#partCalls))
      this.#made.set(part, frame)
    }
    return frame
  }
}
