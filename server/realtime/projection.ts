// The live floor of a company in memory: what a snapshot of all calls is made of (P5), folded from the log.
import { applyToCall, type RowEvent, withPresence } from '#contract/apply-event.ts'
import { attention } from '#contract/attention.ts'
import { attentionRanks, tenOf } from '#contract/attention-order.ts'
import type { Attention, Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { Presence } from '#contract/presence.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import { type Changed, changedAt, noteChange } from '#server/realtime/call-changes.ts'
import type { CapturedCall } from '#server/realtime/calls-snapshot.ts'

interface Row {
  /** Replaced, never changed: whoever keeps it has the call as of then. */
  call: Call
  owners: readonly string[]
  changed: Changed
  /** Where the call stands in a snapshot. */
  place: number
  /** The call as JSON text, made when it is told to somebody who sees it for the first time. */
  text: string | null
}

const settled = 5

/** A score is 0–100: it stands in one of so many tens. */
const tens = 11
const lastPlace = Object.keys(attentionRanks).length * tens

/** Where a call stands in a snapshot: by level and ten of its score as on a board; ended calls, and those without, last. */
function placeOf({ status, attention: found }: Call): number {
  if (!found || !isLive(status)) return lastPlace
  return attentionRanks[found.level] * tens + tens - 1 - Math.min(tens - 1, tenOf(found.score))
}

export class Projection {
  readonly #rows = new Map<string, Row>()
  /** Of the log, up to where it was folded in. */
  #position = 0
  /** Raised by every change: what was made of the floor at one version is good while it lasts. */
  version = 0

  /** Puts the call as it is at a position of the log. */
  set(call: Call, owners: readonly string[], position: number): void {
    this.#position = Math.max(this.#position, position)
    this.#rows.set(call.id, { call, owners, changed: changedAt(position), place: placeOf(call), text: null })
    this.version++
  }

  /** Folds one entry in. An entry of a call that left the floor changes nothing. */
  apply(entry: LogEntry): void {
    this.#position = entry.seq
    const row = this.#rows.get(entry.callId)
    if (!row && entry.event !== 'call.started') return
    const data = entry.value ?? JSON.parse(entry.data)
    const event = { event: entry.event, data, at: entry.at } as RowEvent
    if (!row) {
      if (event.event === 'call.started') this.set(event.data.call, entry.owners, entry.seq)
      return
    }
    const call = applyToCall(row.call, event)
    this.version++
    row.owners = entry.owners
    noteChange(row.changed, entry)
    if (call !== row.call) replace(row, call)
  }

  get(callId: string): (CapturedCall & { owners: readonly string[] }) | undefined {
    return this.#rows.get(callId)
  }

  /** Every call of the floor, one after the other; those that come meanwhile included. */
  *calls(): Generator<Call, undefined> {
    for (const { call } of this.#rows.values()) yield call
    return undefined
  }

  textOf(callId: string): string | undefined {
    const row = this.#rows.get(callId)
    return row && textOf(row)
  }

  /**
   * Every call the filter lets through, as of now, whatever happens on the floor meanwhile. Those who need a person come first,
   * among equals the oldest: a console that comes back has what it shows at the top with the first part.
   */
  capture(visible: (owners: readonly string[]) => boolean): readonly CapturedCall[] {
    const places: Row[][] = Array.from({ length: lastPlace + 1 }, () => [])
    for (const row of this.#rows.values()) if (visible(row.owners)) places[row.place]?.push(row)
    return places.flatMap((rows) => rows.map(({ call, changed }) => ({ call, changed })))
  }

  /** Lets go of calls that ended before `before` (epoch ms). */
  sweep(before: number): void {
    for (const [id, { call }] of this.#rows)
      if (!isLive(call.status) && Date.parse(call.ended_at ?? call.updated_at) < before) {
        this.#rows.delete(id)
        this.version++
      }
  }

  /** Begins to score every live call anew; a slice at a time, calls that come meanwhile included. */
  sweepAttention(): AttentionSweep {
    const rows = this.#rows.entries()
    const sweep: AttentionSweep = {
      done: false,
      next: (now, count) => {
        const changed: ChangedAttention[] = []
        for (let seen = 0; seen < count; seen++) {
          const { value, done } = rows.next()
          if (done) {
            sweep.done = true
            break
          }
          const [callId, row] = value
          const next = this.#rescore(row, now)
          if (next) changed.push({ callId, owners: row.owners, attention: next })
        }
        return changed
      },
    }
    return sweep
  }

  /** The new attention where its level changed or its score moved by 5 (P12); null where it did not. */
  #rescore(row: Row, now: number): Attention | null {
    const before = row.call.attention
    const next = attention(row.call, now, before?.level)
    const moved = !before || before.level !== next.level || Math.abs(before.score - next.score) >= settled
    if (!moved) return null
    replace(row, { ...row.call, attention: next })
    // Told after all frames up to here and before the next one: who has had that, has heard it.
    row.changed.attention = this.#position + 1
    this.version++
    return before || next.score > 0 ? next : null
  }

  /** Attention of the live calls the filter lets through, as it is now: where it changed since a position, or with null of all. */
  attentions(
    visible: (owners: readonly string[]) => boolean,
    since: number | null,
  ): { callId: string; attention: Attention }[] {
    const found: { callId: string; attention: Attention }[] = []
    for (const [callId, { call, owners, changed }] of this.#rows) {
      const isNews = since === null || changed.attention > since
      if (call.attention && isNews && isLive(call.status) && visible(owners))
        found.push({ callId, attention: call.attention })
    }
    return found
  }

  /** Who looks at a call of the floor; false when there is no such call on it. */
  setPresence(callId: string, presence: Presence): boolean {
    const row = this.#rows.get(callId)
    if (!row) return false
    const call = withPresence(row.call, presence)
    if (call === row.call) return true
    replace(row, call)
    this.version++
    return true
  }

  /** Calls the filter lets through that somebody looks at. */
  presences(visible: (owners: readonly string[]) => boolean): { callId: string; presence: Presence }[] {
    const found: { callId: string; presence: Presence }[] = []
    for (const [callId, { call, owners }] of this.#rows)
      if (call.presence && visible(owners)) found.push({ callId, presence: call.presence })
    return found
  }

  /** How many calls the filter lets through. */
  count(visible: (owners: readonly string[]) => boolean): number {
    let count = 0
    for (const { owners } of this.#rows.values()) if (visible(owners)) count++
    return count
  }
}

function replace(row: Row, call: Call): void {
  if (call.status !== row.call.status || call.attention !== row.call.attention) row.place = placeOf(call)
  row.call = call
  row.text = null
}

function textOf(row: Row): string {
  row.text ??= JSON.stringify(row.call)
  return row.text
}

interface ChangedAttention {
  callId: string
  owners: readonly string[]
  attention: Attention
}

export interface AttentionSweep {
  /** Every call has had its turn. */
  done: boolean
  /** Scores the next `count` calls at `now` (epoch ms); returns those subscribers must be told of. */
  next(now: number, count: number): ChangedAttention[]
}
