// One connection's conversation: who it is, what it subscribed to, its heartbeats, its end.
import { can, callScope } from '#contract/permissions.ts'
import type { Preferences } from '#contract/preferences.ts'
import { type Standing, type SubscribeData, type Stream, closeCode } from '#contract/protocol.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { Principal, VerifyToken } from '#server/domain/principal.ts'
import { parseClientFrame } from '#server/realtime/client-frame.ts'
import type { DeliveryGroup } from '#server/realtime/group.ts'
import type { Peer } from '#server/realtime/peer.ts'
import type { RealtimeSettings } from '#server/realtime/settings.ts'
import type { Subscription } from '#server/realtime/subscription.ts'
import { plainFrame } from '#server/realtime/wire.ts'

export interface Subscribed {
  subscription: Subscription
  group: DeliveryGroup
  /** Who scores the attention, where the reader was told all of it. */
  scorer?: string
}

export interface SessionOptions {
  peer: Peer
  principal: Principal
  clock: Clock
  settings: RealtimeSettings
  verifyToken: VerifyToken
  /** Opens a stream for this session; null when the call does not exist for it. */
  subscribe(session: Session, data: SubscribeData, isCurrent: () => boolean): Promise<Subscribed | null>
  /** Lets go of a stream. */
  unsubscribe(subscribed: Subscribed): void
  onClosed(session: Session): void
}

const badFramesAllowed = 3

export class Session {
  readonly peer: Peer
  readonly #options: SessionOptions
  readonly #streams = new Map<Stream, Subscribed>()
  /** Raised by each subscribe or unsubscribe of a stream, so that an answer that took long is not used after it. */
  readonly #turn = new Map<Stream, number>()
  readonly #resetAt = new Map<Stream, number[]>()
  readonly #heartbeat: unknown
  #expiry: unknown = null
  #badFrames = 0
  #closed = false
  principal: Principal

  constructor(options: SessionOptions) {
    this.#options = options
    this.peer = options.peer
    this.principal = options.principal
    this.#heartbeat = options.clock.setInterval(() => this.#beat(), options.settings.heartbeatMs)
    this.#watchExpiry()
  }

  get now(): string {
    return new Date(this.#options.clock.now()).toISOString()
  }

  get scope(): ReturnType<typeof callScope> {
    return callScope(this.principal.role, this.principal.userId)
  }

  #watchExpiry(): void {
    const { clock, settings } = this.#options
    clock.clearTimeout(this.#expiry)
    const left = this.principal.expiresAt + settings.tokenGraceMs - clock.now()
    // setTimeout fires at once above 2^31 ms: look again in a day.
    this.#expiry = clock.setTimeout(
      () => {
        if (clock.now() >= this.principal.expiresAt + settings.tokenGraceMs)
          this.close(closeCode.unauthorized, 'The token has expired.')
        else this.#watchExpiry()
      },
      Math.min(Math.max(left, 0), 24 * 3600_000),
    )
  }

  #beat(): void {
    const streams: Record<string, Standing> = {}
    for (const [stream, { subscription, group, scorer }] of this.#streams)
      streams[stream] = { ...group.standing(subscription), scorer }
    this.peer.send(plainFrame({ event: 'heartbeat', at: this.now, streams }))
  }

  /** Takes one client frame, as JSON text or as an already split event and data. */
  receive(raw: unknown): void {
    if (this.#closed) return
    const parsed = parseClientFrame(raw)
    if (!parsed.ok) {
      this.#badFrames++
      this.error('bad_frame', parsed.fault)
      if (this.#badFrames >= badFramesAllowed) this.close(closeCode.badFrames, 'Three bad frames in a row.')
      return
    }
    this.#badFrames = 0
    const { frame } = parsed
    if (frame.event === 'auth') void this.#renew(frame.data.token)
    else if (frame.event === 'subscribe') void this.#subscribe(frame.data)
    else this.#drop(streamOf(frame.data))
  }

  /** Tells what this person has chosen, wherever they did. */
  tellChoices(data: Preferences): void {
    this.peer.send(plainFrame({ event: 'preferences.changed', data, at: this.now }))
  }

  error(code: string, message: string, ref?: string): void {
    this.peer.send(
      plainFrame({
        event: 'error',
        data: ref === undefined ? { code, message } : { code, message, ref },
        at: this.now,
      }),
    )
  }

  async #renew(token: string): Promise<void> {
    try {
      const next = await this.#options.verifyToken(token)
      const { userId, companyId, role } = this.principal
      if (this.#closed) return
      if (next.userId !== userId || next.companyId !== companyId || next.role !== role)
        this.close(closeCode.unauthorized, 'The token is for somebody else; connect anew.')
      else {
        this.principal = next
        this.#watchExpiry()
      }
    } catch {
      this.error('unauthorized', 'The token was not accepted; the old one counts until it expires.')
    }
  }

  async #subscribe(data: SubscribeData): Promise<void> {
    const stream = streamOf(data)
    if (!can(this.principal.role, 'calls.read')) {
      this.error('forbidden', "You don't have permission", data.sub ?? stream)
      return
    }
    this.#drop(stream)
    const turn = this.#turn.get(stream) ?? 0
    const isCurrent = () => !this.#closed && this.#turn.get(stream) === turn
    try {
      const asked = this.#mustSnapshot(stream) && data.since !== undefined ? { ...data, since: 0 } : data
      const subscribed = await this.#options.subscribe(this, asked, isCurrent)
      if (!subscribed) {
        if (isCurrent()) this.error('not_found', 'This call does not exist.', data.sub ?? stream)
      } else if (isCurrent()) this.#streams.set(stream, subscribed)
      else this.#options.unsubscribe(subscribed)
    } catch {
      if (isCurrent())
        this.error('unavailable', 'The stream cannot be opened now; try again.', data.sub ?? stream)
    }
  }

  #mustSnapshot(stream: Stream): boolean {
    const { clock, settings } = this.#options
    const recent = (this.#resetAt.get(stream) ?? []).filter((at) => clock.now() - at < settings.resetMemoryMs)
    return recent.length >= 2
  }

  /** The stream was ended by a reset: a second one within a minute makes the next subscription a snapshot (P8). */
  noteReset(stream: Stream): void {
    const { clock, settings } = this.#options
    const now = clock.now()
    const recent = (this.#resetAt.get(stream) ?? []).filter((at) => now - at < settings.resetMemoryMs)
    this.#resetAt.set(stream, [...recent, now])
    this.#drop(stream)
  }

  #drop(stream: Stream): void {
    this.#turn.set(stream, (this.#turn.get(stream) ?? 0) + 1)
    const held = this.#streams.get(stream)
    if (!held) return
    this.#streams.delete(stream)
    this.#options.unsubscribe(held)
  }

  /** Says why, then closes. */
  close(code: number, reason: string): void {
    if (this.#closed) return
    this.peer.close(code, reason)
    this.closed()
  }

  /** The socket is gone, whoever closed it. */
  closed(): void {
    if (this.#closed) return
    this.#closed = true
    this.#options.clock.clearInterval(this.#heartbeat)
    this.#options.clock.clearTimeout(this.#expiry)
    for (const stream of [...this.#streams.keys()]) this.#drop(stream)
    this.#options.onClosed(this)
  }
}

function streamOf(data: { type: 'all_calls' | 'call'; call_id?: string | undefined }): Stream {
  return data.type === 'all_calls' ? 'calls' : `call:${data.call_id ?? ''}`
}
