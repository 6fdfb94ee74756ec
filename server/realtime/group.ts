// A delivery group: subscribers of one company that are owed exactly the same frames share one text and one chain (P10).
import { clip } from '#contract/apply-event.ts'
import type { Attention } from '#contract/call.ts'
import type { Presence } from '#contract/presence.ts'
import type { EventData } from '#contract/events.ts'
import type { Lines, Stream } from '#contract/protocol.ts'
import { chainFrames } from '#server/realtime/chain.ts'
import { type Frame, frameChars } from '#server/realtime/frame-queue.ts'
import { LinePace } from '#server/realtime/line-pace.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import type { RealtimeSettings } from '#server/realtime/settings.ts'
import type { Subscription } from '#server/realtime/subscription.ts'
import type { WireFrame } from '#server/realtime/wire.ts'

export type Scope = 'all' | readonly string[]

export interface GroupKey {
  stream: Stream
  scope: Scope
  lines: Lines
  batch: boolean
}

/** What the owners of a call mean for a scope. */
export function sees(scope: Scope, owners: readonly string[]): boolean {
  return scope === 'all' || owners.some((owner) => scope.includes(owner))
}

const mergeable = new Set(['sentiment.changed', 'qa.score.updated', 'attention.changed'])

/**
 * The frame an entry becomes for subscribers of a key; null when they are not owed it. Visibility is judged before and
 * after the fact: coming into the scope sends the whole call, leaving it says so (P13).
 */
export function frameOf(
  entry: LogEntry,
  key: GroupKey,
  textOfCall: (callId: string) => string | undefined,
): Frame | null {
  const whole = key.stream !== 'calls'
  if (whole && key.stream !== `call:${entry.callId}`) return null
  const after = sees(key.scope, entry.owners)
  const before = entry.ownersBefore ? sees(key.scope, entry.ownersBefore) : after
  const { seq, callId, at } = entry
  if (!after) {
    if (!before) return null
    return { event: 'call.left', seq, callId, at, data: JSON.stringify({ call_id: callId }), mergeKey: null }
  }
  if (!before) {
    const call = textOfCall(callId)
    if (call) return { event: 'call.started', seq, callId, at, data: `{"call":${call}}`, mergeKey: null }
  }
  if (entry.event === 'interaction.added' && !whole) {
    if (key.lines === 'none') return null
    if (key.lines === 'last')
      return { event: entry.event, seq, callId, at, data: clipped(entry), mergeKey: `line\n${callId}` }
  }
  const merges = mergeable.has(entry.event) || (entry.event === 'call.updated' && !entry.statusChanged)
  return {
    event: entry.event,
    seq,
    callId,
    at,
    data: entry.data,
    mergeKey: merges ? `${entry.event}\n${callId}` : null,
  }
}

/** The attention of a call as a frame: of the moment, without a place in the log (P12). */
export function attentionFrame(callId: string, attention: Attention, at: string): Frame {
  return {
    event: 'attention.changed',
    seq: null,
    callId,
    at,
    data: JSON.stringify({ call_id: callId, attention }),
    mergeKey: `attention\n${callId}`,
  }
}

/** Who looks at a call, as a frame: of the moment, like attention. */
export function presenceFrame(callId: string, presence: Presence, at: string): Frame {
  return {
    event: 'presence.changed',
    seq: null,
    callId,
    at,
    data: JSON.stringify({ call_id: callId, presence }),
    mergeKey: `presence\n${callId}`,
  }
}

/** Data of a line that has to be cut is longer, with all that stands around its text. */
const surelyShort = 340

/** A line for the grid: at most 240 characters of text, marked as clipped. */
function clipped({ data, value }: LogEntry): string {
  if (data.length <= surelyShort) return data
  const { call_id, interaction } = (value ?? JSON.parse(data)) as EventData['interaction.added']
  const text = clip(interaction.text)
  if (text === interaction.text) return data
  return JSON.stringify({
    call_id,
    interaction: { ...interaction, text, metadata: { ...interaction.metadata, clipped: true } },
  })
}

export interface GroupReport {
  frames: number
  bytes: number
}

export class DeliveryGroup {
  readonly key: GroupKey
  readonly #settings: RealtimeSettings
  readonly #members = new Set<Subscription>()
  /** Those of them who are on their own: newcomers and slow readers. */
  readonly #alone = new Set<Subscription>()
  readonly #pace: LinePace
  #pending: Frame[] = []
  #pendingChars = 0
  /** Lowest position that is pending; infinite when none is. */
  #pendingFrom = Number.POSITIVE_INFINITY
  /** Highest position handed out: the chain of those who are joined. */
  tail: number

  constructor(key: GroupKey, settings: RealtimeSettings, position: number) {
    this.key = key
    this.#settings = settings
    this.#pace = new LinePace(settings.lastLinePerCallMs)
    this.tail = position
  }

  get size(): number {
    return this.#members.size
  }

  add(subscription: Subscription): void {
    this.#members.add(subscription)
    if (!subscription.joined) this.#alone.add(subscription)
  }

  remove(subscription: Subscription): void {
    this.#members.delete(subscription)
    this.#alone.delete(subscription)
  }

  /** Takes a frame; returns true when the group is full enough to be flushed at once. */
  offer(frame: Frame, now: number): boolean {
    if (frame.event === 'interaction.added' && frame.mergeKey !== null) {
      const due = this.#pace.offer(frame, now)
      if (due) this.#append(due)
    } else {
      if (frame.event === 'call.ended' || frame.event === 'call.left') {
        const held = this.#pace.release(frame.callId)
        if (held) this.#append(held)
      }
      this.#append(frame)
    }
    return (
      this.#pending.length >= this.#settings.batchFrames || this.#pendingChars >= this.#settings.batchBytes
    )
  }

  #append(frame: Frame): void {
    this.#pending.push(frame)
    this.#pendingChars += frameChars(frame)
    if (frame.seq !== null && frame.seq < this.#pendingFrom) this.#pendingFrom = frame.seq
  }

  /** Lowest position nobody was sent yet: of lines held for their pace, or of what waits for the next flush; else null. */
  get heldBack(): number | null {
    const held = this.#pace.lowestSeq()
    const lowest = Math.min(held ?? Number.POSITIVE_INFINITY, this.#pendingFrom)
    return lowest === Number.POSITIVE_INFINITY ? null : lowest
  }

  /** Something waits to be sent, now or when a held line is due. */
  get isWaiting(): boolean {
    return this.#pending.length > 0 || this.#pace.isHolding
  }

  /** Sends what is pending to everybody: one text for those who keep up, the frames to those who are on their own. */
  flush(now: number): GroupReport {
    for (const frame of this.#pace.due(now)) this.#append(frame)
    const frames = this.#pending
    if (frames.length === 0) return { frames: 0, bytes: 0 }
    this.#pending = []
    this.#pendingChars = 0
    this.#pendingFrom = Number.POSITIVE_INFINITY
    const before = this.tail
    for (const { seq } of frames) if (seq !== null && seq > this.tail) this.tail = seq
    let wire: WireFrame[] | undefined
    let bytes = 0
    for (const member of this.#members) {
      if (member.ended) continue
      if (member.joined && member.isSlow()) {
        member.detach()
        this.#alone.add(member)
      }
      if (!member.joined) {
        member.enqueue(frames)
        continue
      }
      wire ??= chainFrames(frames, {
        stream: this.key.stream,
        batch: this.key.batch,
        prev: before,
        heldBack: this.heldBack,
        batchFrames: this.#settings.batchFrames,
        batchBytes: this.#settings.batchBytes,
      }).wire
      for (const frame of wire) {
        member.peer.send(frame)
        bytes += frame.text.length
      }
      member.tail = this.tail
    }
    return { frames: frames.length, bytes }
  }

  /** Lets those who have caught up back in, at this edge: their chain must end where the group's does. */
  rejoin(): void {
    for (const member of this.#alone)
      if (!member.ended && member.pump() && member.tail === this.tail && !member.isSlow()) {
        member.joined = true
        this.#alone.delete(member)
      }
  }

  get hasDetached(): boolean {
    return this.#alone.size > 0
  }

  /** Where a member stands, for the heartbeat. */
  standing(member: Subscription): { seq: number; safe: number } {
    return { seq: member.tail, safe: member.safe }
  }
}
