// The smallest client that keeps the rules: what another console would have to do, no more. Tests compare it with the server.
import { applyToCall, withChange } from '#contract/apply-event.ts'
import type { Call } from '#contract/call.ts'
import type { EventFrame, Lines, ServerFrame, SnapshotFrame, Stream } from '#contract/protocol.ts'
import type { ProtocolClient } from '#tests/support/protocol-client.ts'

interface Place {
  last: number
  safe: number
  log: string | undefined
  sub: string
  phase: 'asked' | 'snapshot' | 'following'
  /** Everything up to here is in the snapshot. */
  floor: number
  /** Newest position applied, per call and kind. */
  applied: Map<string, number>
  parts: SnapshotFrame['data'][]
}

let requests = 0

export interface ReaderOptions {
  lines: Lines
  batch: boolean
  /** The call whose transcript is followed too. */
  callId: string
}

/** Follows the floor and one call over any number of connections. Throws where the server breaks the chain. */
export class ReferenceReader {
  readonly #options: ReaderOptions
  readonly #places = new Map<Stream, Place>()
  readonly calls = new Map<string, Call>()
  /** Ids of the followed call's lines, as they were applied. */
  transcript: number[] = []
  resets = 0
  /** Calls of which a snapshot told changes only. */
  changes = 0
  /** Those of them whose attention was left out, as heard before. */
  leftOut = 0
  modes: string[] = []
  /** Who scored all the attention that is held; undefined where it is not from one hand. */
  #scorer: string | undefined
  #answering: string | undefined
  #client: ProtocolClient | null = null
  #taken = 0

  constructor(options: ReaderOptions) {
    this.#options = options
  }

  get streams(): Stream[] {
    return ['calls', `call:${this.#options.callId}`]
  }

  /** Goes on with a new connection; what the old one received and nobody looked at is lost. */
  attach(client: ProtocolClient): void {
    this.#client = client
    this.#taken = 0
    for (const stream of this.streams) this.ask(stream)
  }

  /** Subscribes from the last safe position, or for a snapshot when there is none. */
  ask(stream: Stream): void {
    const { lines, batch, callId } = this.#options
    const known = this.#places.get(stream)
    const sub = `reader-${++requests}`
    const place: Place = known ?? {
      last: 0,
      safe: 0,
      log: undefined,
      sub,
      phase: 'asked',
      floor: 0,
      applied: new Map(),
      parts: [],
    }
    this.#places.set(stream, { ...place, sub, phase: 'asked', parts: [] })
    const target = stream === 'calls' ? { type: 'all_calls', lines } : { type: 'call', call_id: callId }
    const held = stream === 'calls' ? { holds: true, scorer: this.#scorer } : {}
    this.#client?.send('subscribe', { ...target, ...held, since: place.safe, log: place.log, batch, sub })
  }

  /** Takes in everything that has come; true when all streams stand at or beyond `seq` with nothing held back. */
  standsAt(seq: number): boolean {
    const frames = this.#client?.frames ?? []
    for (; this.#taken < frames.length; this.#taken++) this.#take(frames[this.#taken] as ServerFrame)
    return this.streams.every((stream) => {
      const place = this.#places.get(stream)
      return place?.phase === 'following' && place.last >= seq && place.safe === place.last
    })
  }

  #take(frame: ServerFrame): void {
    switch (frame.event) {
      case 'subscribed': {
        const place = this.#places.get(frame.data.stream)
        if (!place || place.sub !== frame.data.sub) return
        place.last = frame.data.seq
        place.log = frame.data.log
        place.phase = frame.data.mode === 'snapshot' ? 'snapshot' : 'following'
        if (frame.data.stream === 'calls') this.#answering = frame.data.scorer
        // A replay tells attention at its end, which the next heartbeat says was reached.
        if (frame.data.stream === 'calls' && frame.data.mode === 'resumed') this.#scorer = undefined
        this.modes.push(frame.data.mode)
        return
      }
      case 'snapshot':
        this.#takePart(frame.data)
        return
      case 'reset':
        this.resets++
        this.ask(frame.data.stream)
        return
      case 'batch':
        // Its frames follow one by one; its `safe` holds after them, and a heartbeat repeats it.
        return
      case 'heartbeat':
        for (const [stream, standing] of Object.entries(frame.streams)) {
          const place = this.#places.get(stream as Stream)
          if (place?.phase !== 'following') continue
          if (standing.seq > place.last) throw new Error(`${stream} lost its tail`)
          place.safe = standing.safe
          if (standing.scorer) this.#scorer = standing.scorer
        }
        return
      case 'preferences.changed':
        return
      case 'error':
      case 'closing':
        throw new Error(`${frame.event} ${JSON.stringify(frame.data)}`)
      default:
        this.#takeEvent(frame)
    }
  }

  #takePart(part: SnapshotFrame['data']): void {
    const place = this.#places.get(part.stream)
    if (place?.phase !== 'snapshot') return
    place.parts.push(part)
    if (place.parts.length < part.parts) return
    Object.assign(place, { phase: 'following', last: part.seq, safe: part.seq, floor: part.seq })
    place.applied.clear()
    if (part.detail) this.transcript = part.detail.interactions.map(({ id }) => id)
    else this.#takeFloor(place.parts)
  }

  #takeFloor(parts: readonly SnapshotFrame['data'][]): void {
    const held = new Map(this.calls)
    this.calls.clear()
    this.#scorer = this.#answering
    for (const { calls = [], changes = [], attention } of parts) {
      if (attention) this.leftOut += changes.filter((change) => !change.attention).length
      for (const call of calls) this.calls.set(call.id, call)
      for (const change of changes) {
        const known = held.get(change.id)
        if (!known) throw new Error(`a change of ${change.id}, which is not held`)
        this.calls.set(change.id, withChange(known, change, attention))
        this.changes++
      }
    }
  }

  #takeEvent(frame: EventFrame): void {
    const place = this.#places.get(frame.stream)
    if (place?.phase !== 'following') return
    const { seq, prev = 0 } = frame
    if (seq !== undefined) {
      if (prev > place.last) throw new Error(`gap in ${frame.stream}: ${prev} after ${place.last}`)
      place.last = Math.max(place.last, seq)
      if (frame.safe !== undefined) place.safe = frame.safe
      const key = `${frame.event} ${callIdOf(frame)}`
      if (seq <= place.floor || seq <= (place.applied.get(key) ?? 0)) return
      place.applied.set(key, seq)
    }
    if (frame.stream !== 'calls') {
      if (frame.event === 'interaction.added') this.transcript.push(frame.data.interaction.id)
      return
    }
    const id = callIdOf(frame)
    if (frame.event === 'call.left') this.calls.delete(id)
    else {
      const known = this.calls.get(id)
      if (known) this.calls.set(id, applyToCall(known, frame))
      else if (frame.event === 'call.started' || frame.event === 'call.updated')
        this.calls.set(id, frame.data.call)
    }
  }
}

const callIdOf = (frame: EventFrame): string =>
  frame.event === 'call.started' || frame.event === 'call.updated' ? frame.data.call.id : frame.data.call_id
