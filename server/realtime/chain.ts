// Frames one after the other on one chain: what each says of the frame before it, from where to resume after it, and where
// batches are cut (P1, P4, P9).
import type { Stream } from '#contract/protocol.ts'
import type { Frame } from '#server/realtime/frame-queue.ts'
import { WireFrame, batchFrame, frameText } from '#server/realtime/wire.ts'

export interface ChainOptions {
  stream: Stream
  batch: boolean
  /** Position of the last frame before these. */
  prev: number
  /** Lowest position that is still to come after these; null when none is. */
  heldBack: number | null
  batchFrames: number
  /** Bytes of a batch's text. */
  batchBytes: number
}

/** What a batch needs around its frames. */
const envelopeBytes = 300
/** What a frame has around its data beside the stream's name, at most: its event, positions, the instant. */
const frameEnvelope = 200

/** The frames as they go out, and the position they end at. `safe` never covers a frame that comes later, held lines too. */
export function chainFrames(
  frames: readonly Frame[],
  options: ChainOptions,
): { wire: WireFrame[]; tail: number } {
  const { stream, batch, batchFrames, batchBytes } = options
  const toCome = lowestAfterEach(frames, options.heldBack)
  const wire: WireFrame[] = []
  let tail = options.prev
  let safe = tail
  let texts: string[] = []
  let bytes = envelopeBytes
  const cut = () => {
    if (texts.length > 0) wire.push(batchFrame(stream, texts, safe))
    texts = []
    bytes = envelopeBytes
  }
  const name = JSON.stringify(stream)
  // No character takes more than three bytes: what is small by that measure needs no count.
  const counts = sumOf(frames, name) * 3 > batchBytes
  for (let index = 0; index < frames.length; index++) {
    const frame = frames[index] as Frame
    const prev = tail
    if (frame.seq !== null && frame.seq > tail) tail = frame.seq
    const safeAfter = Math.min(tail, (toCome[index] ?? Number.POSITIVE_INFINITY) - 1)
    if (!batch) {
      wire.push(new WireFrame(frame.event, frameText(frame, { stream: name, prev, safe: safeAfter })))
      continue
    }
    const text = frameText(frame, { stream: name, prev })
    const size = counts ? Buffer.byteLength(text) + 1 : 0
    if (texts.length >= batchFrames || bytes + size > batchBytes) cut()
    texts.push(text)
    bytes += size
    safe = safeAfter
  }
  cut()
  return { wire, tail }
}

/** For each frame the lowest position that comes behind it; infinite where none does. */
function lowestAfterEach(frames: readonly Frame[], heldBack: number | null): number[] {
  const lowest: number[] = []
  let least = heldBack ?? Number.POSITIVE_INFINITY
  for (let index = frames.length - 1; index >= 0; index--) {
    lowest[index] = least
    least = Math.min(least, frames[index]?.seq ?? Number.POSITIVE_INFINITY)
  }
  return lowest
}

/** Characters of the frames' texts, at most. */
function sumOf(frames: readonly Frame[], name: string): number {
  let sum = envelopeBytes
  for (const { data } of frames) sum += data.length + name.length + frameEnvelope
  return sum
}
