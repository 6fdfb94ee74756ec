// What can still be taken back, and for how long. Where something cannot be taken back, nothing is offered.
import type { Cancel, Clock } from '#src/lib/clock.ts'

export interface UndoOffer {
  /** What was done, e.g. "Paused Ava". */
  text: string
  /**
   * Takes it back. Resolves to false, or fails, when that was not possible and may be tried again; to a sentence when no
   * other try can help, or only a part was taken back.
   */
  undo: () => unknown
}

export interface Offered extends UndoOffer {
  key: number
  /** It did not work: the offer stays and says so. */
  failed: boolean
  /** It will not work, or did so in part: what to tell, with nothing left to press. */
  outcome?: string
}

export interface UndoList {
  /** Newest first. The same array until it changes. */
  get(): readonly Offered[]
  subscribe(listener: () => void): Cancel
  /** Offers it for 10 s. Returns the end of the offer. */
  offer(offer: UndoOffer): Cancel
  /** Takes the newest back, or the one with this key. */
  take(key?: number): void
  dismiss(key: number): void
}

const offeredMs = 10_000
const kept = 3

/** An empty list. */
export function createUndoList(clock: Clock): UndoList {
  const listeners = new Set<() => void>()
  const timers = new Map<number, Cancel>()
  let offers: readonly Offered[] = []
  let made = 0

  function set(next: readonly Offered[]): void {
    for (const { key } of offers)
      if (!next.some((other) => other.key === key)) {
        timers.get(key)?.()
        timers.delete(key)
      }
    offers = next
    for (const listener of [...listeners]) listener()
  }
  const dismiss = (key: number): void => {
    if (offers.some((offer) => offer.key === key)) set(offers.filter((offer) => offer.key !== key))
  }
  const put = (offer: Offered): void => {
    set([offer, ...offers].slice(0, kept))
    timers.set(
      offer.key,
      clock.after(offeredMs, () => dismiss(offer.key)),
    )
  }

  return {
    get: () => offers,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    offer(offer) {
      made += 1
      const key = made
      put({ ...offer, key, failed: false })
      return () => dismiss(key)
    },
    take(key) {
      const offer =
        key === undefined
          ? offers.find(({ outcome }) => outcome === undefined)
          : offers.find((other) => other.key === key)
      if (!offer) return
      // Gone at once: a second press takes back what was done before it, not the same thing twice.
      dismiss(offer.key)
      void (async () => {
        let done: unknown = false
        try {
          done = await offer.undo()
        } catch {
          // Said below.
        }
        if (done === false) put({ ...offer, failed: true })
        else if (typeof done === 'string') put({ ...offer, failed: true, outcome: done })
      })()
    },
    dismiss,
  }
}
