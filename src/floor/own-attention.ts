// Attention for a floor whose server sends none: the console runs the server's own function over what it knows.
import { attention } from '#contract/attention.ts'
import type { Attention, Call } from '#contract/call.ts'
import type { FloorSource } from '#src/floor/floor-desk.ts'

/** A call is scored anew at most this often, ms. */
const scoreEveryMs = 2000
/** A score that moved less than this stays as it is, like the server's (P12). */
const settled = 5

interface Scored {
  base: Call
  at: number
  call: Call
}

/**
 * The source with calls that carry an attention. As soon as one call brings its own, the server knows better and the source
 * is handed on as it is. A call is scored when it is looked at, so a floor nobody looks at costs nothing.
 */
export function withOwnAttention(source: FloorSource): FloorSource {
  let isSent = false
  let scored = new Map<string, Scored>()

  function scoredCall(base: Call): Call {
    if (base.attention) isSent = true
    if (isSent) return base
    const now = source.serverNow()
    const before = scored.get(base.id)
    if (before?.base === base && now - before.at < scoreEveryMs) return before.call
    const next = settle(attention(base, now, before?.call.attention?.level), before?.call.attention)
    const call =
      before?.base === base && next === before.call.attention ? before.call : { ...base, attention: next }
    scored.set(base.id, { base, at: now, call })
    const { calls } = source.getState()
    if (scored.size > 2 * calls.size + 100) scored = new Map([...scored].filter(([id]) => calls.has(id)))
    return call
  }

  let last: { base: ReadonlyMap<string, Call>; calls: ReadonlyMap<string, Call> } | null = null
  return {
    ...source,
    getState() {
      const state = source.getState()
      if (isSent) return state
      if (last?.base !== state.calls)
        last = { base: state.calls, calls: new ScoredCalls(state.calls, scoredCall) }
      return { ...state, calls: last.calls }
    },
  }
}

function settle(next: Attention, before: Attention | undefined): Attention {
  const isSame = before?.level === next.level && Math.abs(before.score - next.score) < settled
  return before && isSame ? before : next
}

/** The calls as they are looked at, one by one. */
class ScoredCalls extends Map<string, Call> {
  readonly #base: ReadonlyMap<string, Call>
  readonly #score: (call: Call) => Call

  constructor(base: ReadonlyMap<string, Call>, score: (call: Call) => Call) {
    super()
    this.#base = base
    this.#score = score
  }
  override get size(): number {
    return this.#base.size
  }
  override has(id: string): boolean {
    return this.#base.has(id)
  }
  override get(id: string): Call | undefined {
    const call = this.#base.get(id)
    return call && this.#score(call)
  }
  override *values(): MapIterator<Call> {
    for (const call of this.#base.values()) yield this.#score(call)
  }
  override keys(): MapIterator<string> {
    return this.#base.keys() as MapIterator<string>
  }
  override *entries(): MapIterator<[string, Call]> {
    for (const [id, call] of this.#base) yield [id, this.#score(call)]
  }
  override [Symbol.iterator](): MapIterator<[string, Call]> {
    return this.entries()
  }
  override forEach(run: (call: Call, id: string, map: Map<string, Call>) => void): void {
    for (const [id, call] of this.entries()) run(call, id, this)
  }
}
