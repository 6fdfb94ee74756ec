// Whose turn it is on the one session of the embedded engine: live commits before what can wait, transactions by themselves.
export type Lane = 'live' | 'normal'

/** Waits for its turn. */
interface Queued {
  /** A statement that is a transaction of its own, not the beginning of a longer one. */
  isAlone: boolean
  /** By the clock. */
  since: number
  go(): void
  refuse(error: Error): void
}

/** What can wait has waited long enough: it goes before the next live one. */
export const longestWaitMs = 250

/** The turns on a session, from its beginning to its end. */
export class SessionTurns {
  readonly #clock: () => number
  readonly #queue: Record<Lane, Queued[]> = { live: [], normal: [] }
  /** By a transaction of several statements. */
  #isHeld = false
  /** Statements handed to the engine that are transactions of their own. */
  #alone = 0
  #wentLast: Lane = 'normal'
  #ended: Error | null = null

  /** `clock` in ms. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock
  }

  /** Has `send` hand over a statement that is a transaction of its own, when its turn comes. */
  alone<T>(lane: Lane, send: () => Promise<T>): Promise<T> {
    return this.#turn(lane, true, () => {
      this.#alone++
      return send().finally(() => {
        this.#alone--
        this.#advance()
      })
    })
  }

  /** Resolves when the session is the caller's, until `release`. */
  hold(lane: Lane): Promise<void> {
    return this.#turn(lane, false, () => {
      this.#isHeld = true
      return Promise.resolve()
    })
  }

  release(): void {
    this.#isHeld = false
    this.#advance()
  }

  /** The session is no more: who waits for it, and who comes, is refused. */
  end(error: Error): void {
    this.#ended = error
    for (const lane of ['live', 'normal'] as const)
      for (const queued of this.#queue[lane].splice(0)) queued.refuse(error)
  }

  #turn<T>(lane: Lane, isAlone: boolean, work: () => Promise<T>): Promise<T> {
    if (this.#ended) return Promise.reject(this.#ended)
    return new Promise((resolve, refuse) => {
      const go = () => void work().then(resolve, refuse)
      this.#queue[lane].push({ isAlone, since: this.#clock(), go, refuse })
      this.#advance()
    })
  }

  #advance(): void {
    for (let lane = this.#next(); lane; lane = this.#next()) {
      this.#wentLast = lane
      this.#queue[lane].shift()?.go()
    }
  }

  /** The lane whose first one may go now. */
  #next(): Lane | null {
    if (this.#isHeld) return null
    const lane = this.#queue.live.length > 0 && !this.#isOverdue() ? 'live' : 'normal'
    const first = this.#queue[lane][0]
    if (!first) return null
    if (this.#alone === 0) return lane
    // The engine takes one after the other. A live statement may wait there as well: it need not be handed over, by a thread
    // that has other things to do, at the moment when the engine has nothing to do.
    return lane === 'live' && first.isAlone ? lane : null
  }

  /** Under full load there is always a live one, and what can wait would wait for ever; so one of them goes between two. */
  #isOverdue(): boolean {
    const first = this.#queue.normal[0]
    return this.#wentLast === 'live' && first !== undefined && this.#clock() - first.since > longestWaitMs
  }
}
