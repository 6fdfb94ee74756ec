// Frames on their way to a group or to one slow reader: in order, mergeable, bounded (P8).

export interface Frame {
  event: string
  /** Absent on frames that are not logged. */
  seq: number | null
  callId: string
  at: string
  /** JSON text of the data. */
  data: string
  /** Frames of one key say the newest value of the same thing; null is never merged. */
  mergeKey: string | null
  /** A last line that was held back for its pace, and so may come after frames with a higher `seq` (P3). */
  held?: boolean
}

/** About what a frame takes on the wire, in characters. */
export const frameChars = (frame: Frame) => frame.data.length + 120

export class FrameQueue {
  #frames: (Frame | null)[] = []
  readonly #byKey = new Map<string, number>()
  #size = 0
  #chars = 0
  #merged = 0
  /** Frames were added beside older ones of their key: there is something to merge. */
  #repeats = false

  /** Frames that wait. */
  get size(): number {
    return this.#size
  }

  /** About what waits, in characters. */
  get chars(): number {
    return this.#chars
  }

  /** Frames merged away since the last call. */
  takeMerged(): number {
    const merged = this.#merged
    this.#merged = 0
    return merged
  }

  /** Adds a frame; with `merge` an older one of the same key is deleted, and the newer keeps its own place. */
  push(frame: Frame, merge: boolean): void {
    if (frame.mergeKey !== null) {
      const older = this.#byKey.get(frame.mergeKey)
      if (older !== undefined && merge) this.#mergeAway(older)
      else if (older !== undefined) this.#repeats = true
      this.#byKey.set(frame.mergeKey, this.#frames.length)
    }
    this.#frames.push(frame)
    this.#size++
    this.#chars += frameChars(frame)
    if (this.#frames.length > 64 && this.#frames.length > 2 * this.#size) this.#compact(this.#frames)
  }

  /** Deletes every older frame of a key that a newer one replaces. */
  merge(): void {
    if (!this.#repeats) return
    this.#repeats = false
    const newest = new Set<string>()
    for (let index = this.#frames.length - 1; index >= 0; index--) {
      const key = this.#frames[index]?.mergeKey
      if (key === null || key === undefined) continue
      if (newest.has(key)) this.#mergeAway(index)
      newest.add(key)
    }
    this.#compact(this.#frames)
  }

  #mergeAway(index: number): void {
    const frame = this.#frames[index]
    if (!frame) return
    this.#frames[index] = null
    this.#size--
    this.#chars -= frameChars(frame)
    this.#merged++
  }

  /** Takes at most `count` frames and about `bytes` characters from the front; always one when there is one. */
  take(count: number, bytes: number): Frame[] {
    const taken: Frame[] = []
    let length = 0
    let index = 0
    for (; index < this.#frames.length && taken.length < count; index++) {
      const frame = this.#frames[index]
      if (!frame) continue
      if (taken.length > 0 && length + frameChars(frame) > bytes) break
      length += frameChars(frame)
      taken.push(frame)
    }
    this.#size -= taken.length
    this.#chars -= length
    this.#compact(this.#frames.slice(index))
    return taken
  }

  /** Lowest position that still waits; null when none does. Held lines stand behind frames with a higher one. */
  lowestSeq(): number | null {
    let lowest: number | null = null
    for (const frame of this.#frames)
      if (frame && frame.seq !== null && (lowest === null || frame.seq < lowest)) lowest = frame.seq
    return lowest
  }

  clear(): void {
    this.#compact([])
    this.#size = 0
    this.#chars = 0
  }

  #compact(frames: (Frame | null)[]): void {
    this.#frames = frames.filter((frame) => frame !== null)
    this.#byKey.clear()
    for (const [index, frame] of this.#frames.entries())
      if (frame?.mergeKey) this.#byKey.set(frame.mergeKey, index)
  }
}
