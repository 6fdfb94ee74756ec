// Frames as text and as bytes on the wire. One text serves every subscriber of a delivery group, and both doors.
import type {
  ClosingFrame,
  ErrorFrame,
  HeartbeatFrame,
  PreferencesFrame,
  ResetFrame,
  SnapshotFrame,
  Stream,
  SubscribedFrame,
} from '#contract/protocol.ts'
import type { Frame } from '#server/realtime/frame-queue.ts'
import { textMessage } from '#server/realtime/text-message.ts'

/** A frame ready to be sent. Its bytes are made once for each door, when the first such reader needs them. */
export class WireFrame {
  readonly event: string
  readonly text: string
  #plain: Buffer | undefined
  #socketIo: Buffer | undefined

  constructor(event: string, text: string) {
    this.event = event
    this.text = text
  }

  /** The frame as a Socket.IO event packet of the default namespace, without the type of its Engine.IO packet. */
  get packet(): string {
    return `2["${this.event}",${this.text}]`
  }

  /** The whole WebSocket message of the plain door. */
  get plainBytes(): Buffer {
    this.#plain ??= textMessage(this.text)
    return this.#plain
  }

  /** The whole WebSocket message of the Socket.IO door; 4 is Engine.IO's type of a message. */
  get socketIoBytes(): Buffer {
    this.#socketIo ??= textMessage(this.text, `42["${this.event}",`, ']')
    return this.#socketIo
  }
}

interface Chain {
  /** Name of the stream as JSON text. */
  stream: string
  /** `seq` of the frame before; null for frames that are not logged. */
  prev: number
  /** Left out inside a batch, which carries one for all. */
  safe?: number
}

/** One event frame (P1). */
export function frameText(frame: Frame, chain: Chain): string {
  const place = frame.seq === null ? '' : `,"seq":${frame.seq},"prev":${chain.prev}`
  const safe = chain.safe === undefined ? '' : `,"safe":${chain.safe}`
  return `{"event":"${frame.event}","data":${frame.data},"stream":${chain.stream}${place}${safe},"at":"${frame.at}"}`
}

/** Frames as one batch (P9). */
export function batchFrame(stream: Stream, texts: readonly string[], safe: number): WireFrame {
  return new WireFrame(
    'batch',
    `{"event":"batch","stream":${JSON.stringify(stream)},"frames":[${texts.join(',')}],"safe":${safe}}`,
  )
}

/** One part of a snapshot of all calls. Written in one go: 500 texts that are joined cost half as much again. */
export function callsPart(data: Omit<SnapshotFrame['data'], 'stream'>, at: string): WireFrame {
  return plainFrame({ event: 'snapshot', data: { stream: 'calls', ...data }, at })
}

/** Any other frame. */
export function plainFrame(
  frame:
    | SubscribedFrame
    | HeartbeatFrame
    | ErrorFrame
    | ClosingFrame
    | ResetFrame
    | PreferencesFrame
    | { event: 'snapshot'; data: unknown; at: string },
): WireFrame {
  return new WireFrame(frame.event, JSON.stringify(frame))
}

/** The word before a close with a code (P14); `now` in epoch ms. */
export function closingFrame(code: number, reason: string, now: number): WireFrame {
  return plainFrame({ event: 'closing', data: { code, reason }, at: new Date(now).toISOString() })
}
