// The newest line per call, at most so many a second each (P3): earlier ones are replaced, the newest is held until due.
import type { Frame } from '#server/realtime/frame-queue.ts'

export class LinePace {
  readonly #everyMs: number
  readonly #sentAt = new Map<string, number>()
  readonly #held = new Map<string, Frame>()

  constructor(everyMs: number) {
    this.#everyMs = everyMs
  }

  /** The line when it may go now; null when it is held. */
  offer(frame: Frame, now: number): Frame | null {
    const sent = this.#sentAt.get(frame.callId)
    if (sent !== undefined && now - sent < this.#everyMs) {
      // Deleted first, so that the map stays in the order of positions.
      this.#held.delete(frame.callId)
      this.#held.set(frame.callId, frame)
      return null
    }
    // One that is due but was not taken yet is replaced too: the newest wins.
    this.#held.delete(frame.callId)
    this.#sentAt.set(frame.callId, now)
    return frame
  }

  /** Lines that are due. */
  due(now: number): Frame[] {
    const due: Frame[] = []
    for (const [callId, frame] of this.#held) {
      if (now - (this.#sentAt.get(callId) ?? 0) < this.#everyMs) continue
      this.#held.delete(callId)
      this.#sentAt.set(callId, now)
      due.push({ ...frame, held: true })
    }
    if (this.#held.size === 0 && this.#sentAt.size > 20_000) this.#forget(now)
    return due
  }

  /** The held line of a call that ends: it must go before the end does (P11). */
  release(callId: string): Frame | null {
    const frame = this.#held.get(callId) ?? null
    this.#held.delete(callId)
    this.#sentAt.delete(callId)
    return frame && { ...frame, held: true }
  }

  /** Lowest position held; null when none is. Lines are held in the order of positions. */
  lowestSeq(): number | null {
    for (const { seq } of this.#held.values()) return seq
    return null
  }

  get isHolding(): boolean {
    return this.#held.size > 0
  }

  #forget(now: number): void {
    for (const [callId, at] of this.#sentAt) if (now - at > this.#everyMs) this.#sentAt.delete(callId)
  }
}
