// The newest line per call, at most so many a second each (P3): earlier ones are replaced, the newest is held until due.
import type { Frame } from '#server/realtime/frame-queue.ts'

export class LinePace {
  readonly #everyMs: number
  /** When a call's last line went, the oldest first: whoever is due stands at the beginning. */
  readonly #sentAt = new Map<string, number>()
  readonly #held = new Map<string, Frame>()

  constructor(everyMs: number) {
    this.#everyMs = everyMs
  }

  /** The line when it may go now; null when it is held. */
  offer(frame: Frame, now: number): Frame | null {
    const { callId } = frame
    // Deleted first, so that the map stays in the order of positions. One that is due but was not taken yet is replaced too.
    this.#held.delete(callId)
    const sent = this.#sentAt.get(callId)
    if (sent !== undefined && this.#isEarly(sent, now)) {
      this.#held.set(callId, frame)
      return null
    }
    this.#noteSent(callId, now)
    return frame
  }

  /** Lines that are due, in the order of positions. Looks at no call that is not. */
  due(now: number): Frame[] {
    const due: Frame[] = []
    for (const [callId, sent] of this.#sentAt) {
      if (this.#isEarly(sent, now)) break
      const frame = this.#held.get(callId)
      this.#sentAt.delete(callId)
      if (!frame) continue
      this.#held.delete(callId)
      this.#noteSent(callId, now)
      due.push({ ...frame, held: true })
    }
    return due.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
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

  /** A clock that was set back makes nobody wait. */
  #isEarly(sent: number, now: number): boolean {
    return now >= sent && now - sent < this.#everyMs
  }

  #noteSent(callId: string, now: number): void {
    this.#sentAt.delete(callId)
    this.#sentAt.set(callId, now)
  }
}
