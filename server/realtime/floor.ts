// One company's live floor: reads the log contiguously, keeps the projection, and says what is to be delivered.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Call } from '#contract/call.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { CallsSnapshot, SnapshotHead } from '#server/realtime/calls-snapshot.ts'
import { Delivery } from '#server/realtime/delivery.ts'
import { type DeliveryGroup, type GroupKey, attentionFrame, presenceFrame } from '#server/realtime/group.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import { createNewcomers } from '#server/realtime/newcomers.ts'
import { readEntries } from '#server/realtime/read-entries.ts'
import { type PresenceExchange, createPresenceExchange } from '#server/realtime/presence-exchange.ts'
import { type Onlooker, Presence } from '#server/realtime/presence.ts'
import { type AttentionSweep, Projection } from '#server/realtime/projection.ts'
import type { RealtimeSettings } from '#server/realtime/settings.ts'
import { type SnapshotWish, Snapshots } from '#server/realtime/snapshots.ts'

export interface FloorOptions {
  db: Db
  clock: Clock
  companyId: string
  settings: RealtimeSettings
  /** This process among those that share the database; absent where there is no other. */
  nodeId?: string | undefined
  /** Something beside the log was stored that other nodes may look for. */
  onStored?: (() => void) | undefined
  onSent?: ((report: { frames: number; bytes: number; batches: number }) => void) | undefined
  onError?: ((error: unknown) => void) | undefined
}

/** Who looks at a call is told at most so often, ms. */
const presenceMs = 500
const readAtOnce = 2000
/** Calls scored in one go, about 2 ms. */
const rescoreAtOnce = 1000

export class Floor {
  readonly companyId: string
  readonly projection = new Projection()
  readonly #presence = new Presence()
  #exchange: PresenceExchange | null = null
  #presenceTimer: unknown = null
  #presenceToldAt = Number.NEGATIVE_INFINITY
  readonly #options: FloorOptions
  readonly #delivery: Delivery
  #timers: unknown[] = []
  #pollTimer: unknown = null
  #isClosed = false
  readonly #followers = new Set<(entry: LogEntry) => void>()
  readonly #snapshots: Snapshots
  readonly #newcomers: () => Promise<void>
  #sweeping: NodeJS.Immediate | null = null
  #reading: Promise<void> | null = null
  #bell = false
  /** Everything up to here was folded in and handed to the groups. */
  position = 0
  logId = ''
  /** Names who scores the attention of this floor: what a client has heard of another one says nothing here. */
  readonly scorer = randomUUID()

  private constructor(options: FloorOptions) {
    this.#options = options
    this.companyId = options.companyId
    this.#delivery = new Delivery({
      clock: options.clock,
      settings: options.settings,
      textOf: (callId) => this.projection.textOf(callId),
      onSent: options.onSent,
    })
    this.#snapshots = new Snapshots(this.projection, options.settings.snapshotPartCalls)
    this.#newcomers = createNewcomers(options.clock, options.settings.batchMs)
  }

  /** Reads the floor as of one instant and starts to follow the log. Rejects when the database does not answer. */
  static async open(options: FloorOptions): Promise<Floor> {
    const floor = new Floor(options)
    await floor.#load()
    const { clock, settings } = options
    floor.#timers = [
      clock.setInterval(() => floor.#sweep(), settings.attentionSweepMs),
      clock.setInterval(() => floor.#delivery.pump(), settings.pumpMs),
    ]
    floor.#awaitQuiet()
    const { nodeId } = options
    if (nodeId !== undefined)
      floor.#exchange = createPresenceExchange({
        ...options,
        nodeId,
        presence: floor.#presence,
        onChanged: () => floor.#tellPresence(),
      })
    return floor
  }

  async #load(): Promise<void> {
    const { db, companyId, clock, settings } = this.#options
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => {
        const head = await tx
          .selectFrom('company_heads')
          .select(['head', 'log_id'])
          .where('company_id', '=', companyId)
          .executeTakeFirstOrThrow()
        const since = new Date(clock.now() - settings.endedLingerMs).toISOString()
        const rows = await sql<{ owners: string[]; state: { call: Call } }>`select owners, state from calls
          where company_id = ${companyId} and (live or ended_at > ${since}::timestamptz)`.execute(tx)
        for (const row of rows.rows) this.projection.set(row.state.call, row.owners, head.head)
        this.position = head.head
        this.logId = head.log_id
      })
    this.projection.sweepAttention().next(clock.now(), Number.POSITIVE_INFINITY)
  }

  /**
   * Looks at the log once no news has come for a poll's time: a bell may have been lost. News that follow on what is known
   * say that nothing is missing, and what they carry need not be read again.
   */
  #awaitQuiet(): void {
    const { clock, settings } = this.#options
    clock.clearTimeout(this.#pollTimer)
    if (this.#isClosed) return
    this.#pollTimer = clock.setTimeout(() => {
      this.ring()
      this.#awaitQuiet()
    }, settings.pollMs)
  }

  /** News for this company: what was just committed, or a hint to look. */
  ring(entries?: readonly LogEntry[]): void {
    if (entries && !this.#reading && entries[0]?.seq === this.position + 1) {
      this.#awaitQuiet()
      this.#take(entries)
      return
    }
    this.#bell = true
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null
    })
  }

  async #read(): Promise<void> {
    const { db, companyId, onError } = this.#options
    try {
      while (this.#bell) {
        this.#bell = false
        for (;;) {
          const entries = await readEntries(db, companyId, { after: this.position, limit: readAtOnce })
          this.#take(entries)
          if (entries.length < readAtOnce) break
        }
      }
    } catch (error) {
      // The next poll looks again; nothing is skipped, for the position has not moved.
      onError?.(error)
    }
  }

  #take(entries: readonly LogEntry[]): void {
    const now = this.#options.clock.now()
    for (const entry of entries) {
      if (entry.seq <= this.position) continue
      this.projection.apply(entry)
      this.position = entry.seq
      if (entry.event === 'call.started') this.#presence.noteBegun(entry.callId)
      for (const follower of this.#followers) follower(entry)
      this.#delivery.offer(entry, now)
    }
    this.#delivery.schedule()
    this.#tellPresence()
  }

  #sweep(): void {
    const { clock, settings } = this.#options
    this.#snapshots.clear()
    this.projection.sweep(clock.now() - settings.endedLingerMs)
    this.#rescore(this.projection.sweepAttention())
  }

  /** Scores one slice of the floor after the other, so that nothing else waits for thousands of calls. */
  #rescore(sweep: AttentionSweep): void {
    this.#sweeping = null
    const now = this.#options.clock.now()
    const at = new Date(now).toISOString()
    const changed = sweep.next(now, rescoreAtOnce)
    for (const { callId, owners, attention } of changed) {
      this.#delivery.tell(callId, owners, attentionFrame(callId, attention, at), now)
    }
    this.#delivery.schedule()
    if (!sweep.done) this.#sweeping = setImmediate(() => this.#rescore(sweep))
  }

  /** Somebody has a call open until the returned function is called; everybody who sees the call is told. */
  look(callId: string, who: Onlooker): () => void {
    const leave = this.#presence.enter(callId, who, this.#options.clock.now())
    this.#tellPresence()
    return () => {
      leave()
      this.#tellPresence()
    }
  }

  /** Another node has stored something beside the log. */
  lookElsewhere(): void {
    this.#exchange?.turn()
  }

  /** Those who have the call open. */
  presenceOf(callId: string) {
    return this.#presence.of(callId)
  }

  #tellPresence(): void {
    const { clock } = this.#options
    if (!this.#presence.isChanged || this.#presenceTimer !== null) return
    const wait = Math.min(presenceMs, Math.max(0, this.#presenceToldAt + presenceMs - clock.now()))
    this.#presenceTimer = clock.setTimeout(() => {
      this.#presenceTimer = null
      const now = clock.now()
      this.#presenceToldAt = now
      this.#exchange?.turn()
      const at = new Date(now).toISOString()
      for (const callId of this.#presence.takeChanged()) {
        const presence = this.#presence.of(callId)
        const row = this.projection.get(callId)
        if (!row) continue
        this.projection.setPresence(callId, presence)
        this.#delivery.tell(callId, row.owners, presenceFrame(callId, presence, at), now)
      }
      this.#delivery.schedule()
    }, wait)
  }

  /** The group of a key, brought to an edge: nothing pending that a newcomer would get twice. */
  groupAt(key: GroupKey): DeliveryGroup {
    return this.#delivery.groupAt(key, this.position)
  }

  /** The head of a snapshot of the floor as it is now: quickly told, before what takes longer. */
  snapshotHead(wish: SnapshotWish): SnapshotHead {
    return this.#snapshots.head(wish, this.position, new Date(this.#options.clock.now()).toISOString())
  }

  /** The floor as a scope sees it now, or what changed of it. Newcomers of the same moment share one. */
  snapshot(wish: SnapshotWish, head: SnapshotHead): CallsSnapshot {
    return this.#snapshots.take(wish, head)
  }

  /** Resolves when a newcomer may be let in: together with all who come at the same moment. */
  newcomersTurn(): Promise<void> {
    return this.#newcomers()
  }

  /** Hears every entry that is folded in, in order. Returns the end of it. */
  follow(listener: (entry: LogEntry) => void): () => void {
    this.#followers.add(listener)
    return () => this.#followers.delete(listener)
  }

  /** Forgets groups nobody is in. */
  release(): void {
    this.#delivery.release()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const timer of this.#timers) this.#options.clock.clearInterval(timer)
    this.#options.clock.clearTimeout(this.#pollTimer)
    this.#options.clock.clearTimeout(this.#presenceTimer)
    if (this.#sweeping) clearImmediate(this.#sweeping)
    this.#delivery.close()
    await this.#exchange?.stop()
  }
}
