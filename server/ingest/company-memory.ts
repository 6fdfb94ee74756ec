// What is known of a company without asking the database: its live calls, their lines' ids, where its log stands.
import type { CallState } from '#server/domain/call-state.ts'
import { type Fact, callIdOf } from '#server/domain/fact.ts'
import type { ScoreText } from '#server/ingest/score-text.ts'

export interface KnownCall {
  /** Null of a call that does not exist yet. */
  state: CallState | null
  /** The feed's ids of its lines; null when they are not all known. */
  spoken: Set<string> | null
  scoreText?: ScoreText
  /** As it was last sent to the database, by a group that goes before any other. */
  sent?: CallState
}

/** Deliveries remembered by id; the database knows them all. */
const keptDeliveries = 5000

/**
 * Holds true as long as nobody else writes to the company's log, which the head of the log tells at every commit. It runs
 * ahead of the database by the groups that are not committed yet; when one of them fails it is emptied.
 */
export class CompanyMemory {
  readonly calls = new Map<string, KnownCall>()
  readonly deliveries = new Set<string>()
  /** Calls that are taken to be new and have no facts yet. */
  readonly #supposed = new Set<string>()
  /** Position of the log after everything that was applied; -1 when it has to be read. */
  head = -1
  /** Counter behind the numeric ids. */
  lastId = 0
  /** What was read for an earlier one must not be kept. */
  epoch = 0

  forget(): void {
    this.calls.clear()
    this.deliveries.clear()
    this.#supposed.clear()
    this.head = -1
    this.epoch++
  }

  /** To be called before somebody else than a prepared group writes: what is being read at this moment may be older. */
  outdate(): void {
    this.epoch++
    for (const id of this.#supposed) this.calls.delete(id)
    this.#supposed.clear()
  }

  /**
   * Calls that begin by these facts, the next in their order, and are not known are taken to be new: asking the database would
   * hold up what waits behind them. Not those that are asked for, because something else came first. Whoever stores them
   * must find out whether it is so; see `settle`.
   */
  suppose(facts: readonly Fact[], asked: ReadonlySet<string>): void {
    for (const [index, fact] of facts.entries()) {
      if (fact.event !== 'call.started') continue
      const id = callIdOf(fact)
      if (this.calls.has(id) || asked.has(id)) continue
      if (facts.slice(0, index).some((earlier) => callIdOf(earlier) === id)) continue
      this.calls.set(id, { state: null, spoken: new Set() })
      this.#supposed.add(id)
    }
  }

  /** Whether the call is only taken to be new. From now on it is not: who stores it finds out. */
  settle(id: string): boolean {
    return this.#supposed.delete(id)
  }

  /** Calls among the facts of which too little is known to apply them; with `lines`, their lines' ids count as well. */
  unknown(facts: readonly Fact[], lines: boolean): string[] {
    const missing = new Set<string>()
    for (const fact of facts) {
      const id = callIdOf(fact)
      const known = this.calls.get(id)
      if (!known || (lines && known.spoken === null && fact.event === 'interaction.added')) missing.add(id)
    }
    return [...missing]
  }

  /** Keeps what was read of calls; what is in the memory already is newer. */
  learn(found: ReadonlyMap<string, KnownCall>): void {
    for (const [id, read] of found) {
      const known = this.calls.get(id)
      if (!known) this.calls.set(id, read)
      else known.spoken ??= read.spoken
    }
  }

  noteDelivery(id: string): void {
    this.deliveries.add(id)
    if (this.deliveries.size <= keptDeliveries) return
    for (const oldest of this.deliveries) {
      this.deliveries.delete(oldest)
      return
    }
  }
}
