// The live floor of a company in memory: what a snapshot of all calls is made of (P5), folded from the log.
import { applyToCall, type RowEvent } from '#contract/apply-event.ts'
import { attention } from '#contract/attention.ts'
import type { Attention, Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'

interface Row {
  call: Call
  owners: readonly string[]
  /** The call as JSON text, made when a snapshot or a newcomer needs it. */
  text: string | null
}

const settled = 5

export class Projection {
  readonly #rows = new Map<string, Row>()

  set(call: Call, owners: readonly string[]): void {
    this.#rows.set(call.id, { call, owners, text: null })
  }

  /** Folds one entry in. An entry of a call that left the floor changes nothing. */
  apply(entry: LogEntry): void {
    const row = this.#rows.get(entry.callId)
    if (!row && entry.event !== 'call.started') return
    const event = { event: entry.event, data: JSON.parse(entry.data), at: entry.at } as RowEvent
    if (!row) {
      if (event.event === 'call.started') this.set(event.data.call, entry.owners)
      return
    }
    const call = applyToCall(row.call, event)
    row.owners = entry.owners
    if (call === row.call) return
    row.call = call
    row.text = null
  }

  get(callId: string): { call: Call; owners: readonly string[] } | undefined {
    return this.#rows.get(callId)
  }

  textOf(callId: string): string | undefined {
    const row = this.#rows.get(callId)
    return row && this.#text(row)
  }

  #text(row: Row): string {
    row.text ??= JSON.stringify(row.call)
    return row.text
  }

  /** JSON text of every call the filter lets through. */
  texts(visible: (owners: readonly string[]) => boolean): string[] {
    const texts: string[] = []
    for (const row of this.#rows.values()) if (visible(row.owners)) texts.push(this.#text(row))
    return texts
  }

  /** Lets go of calls that ended before `before` (epoch ms). */
  sweep(before: number): void {
    for (const [id, { call }] of this.#rows)
      if (!isLive(call.status) && Date.parse(call.ended_at ?? call.updated_at) < before) this.#rows.delete(id)
  }

  /** Scores every live call at `now` and returns those whose level changed or whose score moved by 5 (P12). */
  sweepAttention(now: number): { callId: string; owners: readonly string[]; attention: Attention }[] {
    const changed: { callId: string; owners: readonly string[]; attention: Attention }[] = []
    for (const [callId, row] of this.#rows) {
      const before = row.call.attention
      const next = attention(row.call, now, before?.level)
      const moved = !before || before.level !== next.level || Math.abs(before.score - next.score) >= settled
      if (!moved) continue
      row.call = { ...row.call, attention: next }
      row.text = null
      if (before || next.score > 0) changed.push({ callId, owners: row.owners, attention: next })
    }
    return changed
  }

  /** Attention of the live calls the filter lets through, as it is now. */
  attentions(visible: (owners: readonly string[]) => boolean): { callId: string; attention: Attention }[] {
    const found: { callId: string; attention: Attention }[] = []
    for (const [callId, { call, owners }] of this.#rows)
      if (call.attention && isLive(call.status) && visible(owners))
        found.push({ callId, attention: call.attention })
    return found
  }

  get size(): number {
    return this.#rows.size
  }
}
