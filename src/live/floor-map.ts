// A floor that is changed in place: for a place where nobody compares yesterday's floor with today's, such as the worker.
import type { Call } from '#contract/call.ts'

/**
 * The calls by id. Copying ten thousand entries for each batch costs more than applying the batch, so `next` gives a new
 * face of the same content: who holds an older face sees the newest calls.
 */
export class FloorMap implements ReadonlyMap<string, Call> {
  readonly #content: Map<string, Call>
  #members: number

  constructor(content: Map<string, Call> = new Map(), members = 0) {
    this.#content = content
    this.#members = members
  }

  /** Another number when a call came or left. */
  get members(): number {
    return this.#members
  }

  /** The same floor under a new identity, to be written to. */
  next(): FloorMap {
    return new FloorMap(this.#content, this.#members)
  }

  /** Another floor in the place of this one. */
  replaced(content: Map<string, Call>): FloorMap {
    return new FloorMap(content, this.#members + 1)
  }

  set(callId: string, call: Call): this {
    if (!this.#content.has(callId)) this.#members += 1
    this.#content.set(callId, call)
    return this
  }

  delete(callId: string): boolean {
    const isGone = this.#content.delete(callId)
    if (isGone) this.#members += 1
    return isGone
  }

  get size(): number {
    return this.#content.size
  }
  get(callId: string): Call | undefined {
    return this.#content.get(callId)
  }
  has(callId: string): boolean {
    return this.#content.has(callId)
  }
  keys() {
    return this.#content.keys()
  }
  values() {
    return this.#content.values()
  }
  entries() {
    return this.#content.entries()
  }
  [Symbol.iterator]() {
    return this.#content.entries()
  }
  forEach(each: (call: Call, callId: string, map: ReadonlyMap<string, Call>) => void): void {
    for (const [callId, call] of this.#content) each(call, callId, this)
  }
}
