// Frames as text. One text serves every subscriber of a delivery group, and both doors.
import type {
  ClosingFrame,
  ErrorFrame,
  HeartbeatFrame,
  ResetFrame,
  Stream,
  SubscribedFrame,
} from '#contract/protocol.ts'
import type { Frame } from '#server/realtime/frame-queue.ts'

/** A frame ready to be sent; the Socket.IO packet around it is made once, when the first such reader needs it. */
export class WireFrame {
  readonly event: string
  readonly text: string
  #packet: string | undefined

  constructor(event: string, text: string) {
    this.event = event
    this.text = text
  }

  /** The frame as a Socket.IO event packet of the default namespace. */
  get packet(): string {
    this.#packet ??= `2["${this.event}",${this.text}]`
    return this.#packet
  }
}

interface Chain {
  stream: Stream
  /** `seq` of the frame before; null for frames that are not logged. */
  prev: number
  /** Left out inside a batch, which carries one for all. */
  safe?: number
}

/** One event frame (P1). */
export function frameText(frame: Frame, chain: Chain): string {
  const place = frame.seq === null ? '' : `,"seq":${frame.seq},"prev":${chain.prev}`
  const safe = chain.safe === undefined ? '' : `,"safe":${chain.safe}`
  return `{"event":"${frame.event}","data":${frame.data},"stream":${JSON.stringify(chain.stream)}${place}${safe},"at":"${frame.at}"}`
}

/** Frames as one batch (P9). */
export function batchFrame(stream: Stream, texts: readonly string[], safe: number): WireFrame {
  return new WireFrame(
    'batch',
    `{"event":"batch","stream":${JSON.stringify(stream)},"frames":[${texts.join(',')}],"safe":${safe}}`,
  )
}

/** One part of a snapshot of all calls, from calls that are text already. */
export function callsPart(part: {
  part: number
  parts: number
  seq: number
  calls: readonly string[]
  at: string
}): WireFrame {
  return new WireFrame(
    'snapshot',
    `{"event":"snapshot","data":{"stream":"calls","part":${part.part},"parts":${part.parts},"seq":${part.seq},"calls":[${part.calls.join(',')}]},"at":"${part.at}"}`,
  )
}

/** Any other frame. */
export function plainFrame(
  frame:
    | SubscribedFrame
    | HeartbeatFrame
    | ErrorFrame
    | ClosingFrame
    | ResetFrame
    | { event: 'snapshot'; data: unknown; at: string },
): WireFrame {
  return new WireFrame(frame.event, JSON.stringify(frame))
}
