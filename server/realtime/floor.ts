// One company's live floor: reads the log contiguously, keeps the projection, and hands frames to the delivery groups.
import { sql } from 'kysely'
import type { Call } from '#contract/call.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import { CallsSnapshot } from '#server/realtime/calls-snapshot.ts'
import type { Frame } from '#server/realtime/frame-queue.ts'
import {
  type DeliveryGroup,
  type GroupKey,
  type Scope,
  attentionFrame,
  frameOf,
  presenceFrame,
  sees,
} from '#server/realtime/group.ts'
import { Groups } from '#server/realtime/groups.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import { createNewcomers } from '#server/realtime/newcomers.ts'
import { readEntries } from '#server/realtime/read-entries.ts'
import { type Onlooker, Presence } from '#server/realtime/presence.ts'
import { type AttentionSweep, Projection } from '#server/realtime/projection.ts'
import type { RealtimeSettings } from '#server/realtime/settings.ts'

export interface FloorOptions {
  db: Db
  clock: Clock
  companyId: string
  settings: RealtimeSettings
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
  #presenceTimer: unknown = null
  #presenceToldAt = Number.NEGATIVE_INFINITY
  readonly #options: FloorOptions
  readonly #groups: Groups
  readonly #textOf = (callId: string) => this.projection.textOf(callId)
  #timers: unknown[] = []
  readonly #followers = new Set<(entry: LogEntry) => void>()
  /** By scope; for newcomers of the same moment, and let go soon. */
  readonly #snapshots = new Map<string, CallsSnapshot>()
  readonly #newcomers: () => Promise<void>
  #flushTimer: unknown = null
  #immediate: NodeJS.Immediate | null = null
  #sweeping: NodeJS.Immediate | null = null
  #reading: Promise<void> | null = null
  #bell = false
  /** Everything up to here was folded in and handed to the groups. */
  position = 0
  logId = ''

  private constructor(options: FloorOptions) {
    this.#options = options
    this.companyId = options.companyId
    this.#groups = new Groups(options.settings)
    this.#newcomers = createNewcomers(options.clock, options.settings.batchMs)
  }

  /** Reads the floor as of one instant and starts to follow the log. Rejects when the database does not answer. */
  static async open(options: FloorOptions): Promise<Floor> {
    const floor = new Floor(options)
    await floor.#load()
    const { clock, settings } = options
    floor.#timers = [
      clock.setInterval(() => floor.ring(), settings.pollMs),
      clock.setInterval(() => floor.#sweep(), settings.attentionSweepMs),
      clock.setInterval(() => floor.#pump(), settings.pumpMs),
    ]
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
        for (const row of rows.rows) this.projection.set(row.state.call, row.owners)
        this.position = head.head
        this.logId = head.log_id
      })
    this.projection.sweepAttention().next(clock.now(), Number.POSITIVE_INFINITY)
  }

  /** News for this company: what was just committed, or a hint to look. */
  ring(entries?: readonly LogEntry[]): void {
    if (entries && !this.#reading && entries[0]?.seq === this.position + 1) {
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
      for (const follower of this.#followers) follower(entry)
      for (const group of this.#groups.of('calls')) this.#offer(group, entry, now)
      for (const group of this.#groups.of(`call:${entry.callId}`)) this.#offer(group, entry, now)
    }
    this.#schedule()
  }

  #offer(group: DeliveryGroup, entry: LogEntry, now: number): void {
    const frame = frameOf(entry, group.key, this.#textOf)
    if (frame) this.#hand(group, frame, now)
  }

  #hand(group: DeliveryGroup, frame: Frame, now: number): void {
    if (group.offer(frame, now)) this.#flush(group)
    else this.#groups.note(group)
  }

  #schedule(): void {
    const { batched, single } = this.#groups.waiting
    if (single.size > 0)
      this.#immediate ??= setImmediate(() => {
        this.#immediate = null
        for (const group of single) this.#flush(group)
      })
    if (batched.size > 0)
      this.#flushTimer ??= this.#options.clock.setTimeout(() => {
        this.#flushTimer = null
        for (const group of batched) this.#flush(group)
        this.#schedule()
      }, this.#options.settings.batchMs)
  }

  #flush(group: DeliveryGroup): void {
    const report = group.flush(this.#options.clock.now())
    this.#groups.note(group)
    if (report.frames > 0) this.#options.onSent?.({ ...report, batches: 1 })
  }

  /** Slow readers and newcomers get what waits for them, and join again where they have caught up. */
  #pump(): void {
    for (const group of this.#groups.waiting.single) this.#flush(group)
    for (const group of this.#groups.all()) if (group.hasDetached) group.rejoin()
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
      const frame = attentionFrame(callId, attention, at)
      for (const stream of ['calls', `call:${callId}`] as const)
        for (const group of this.#groups.of(stream))
          if (sees(group.key.scope, owners)) this.#hand(group, frame, now)
    }
    this.#schedule()
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

  /** Those who have the call open on this node. */
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
      const at = new Date(now).toISOString()
      for (const callId of this.#presence.takeChanged()) {
        const presence = this.#presence.of(callId)
        const row = this.projection.get(callId)
        if (!row) continue
        this.projection.setPresence(callId, presence)
        const frame = presenceFrame(callId, presence, at)
        for (const stream of ['calls', `call:${callId}`] as const)
          for (const group of this.#groups.of(stream))
            if (sees(group.key.scope, row.owners)) this.#hand(group, frame, now)
      }
      this.#schedule()
    }, wait)
  }

  /** The group of a key, brought to an edge: nothing pending that a newcomer would get twice. */
  groupAt(key: GroupKey): DeliveryGroup {
    const group = this.#groups.get(key, this.position)
    this.#flush(group)
    return group
  }

  /** The floor as a scope sees it now. Newcomers of the same moment share one. */
  snapshot(scope: Scope): CallsSnapshot {
    const { clock, settings } = this.#options
    const name = JSON.stringify(scope)
    const kept = this.#snapshots.get(name)
    const { version } = this.projection
    if (kept?.seq === this.position && kept.version === version) return kept
    const snapshot = new CallsSnapshot({
      capture: this.projection.capture((owners) => sees(scope, owners)),
      seq: this.position,
      version,
      partCalls: settings.snapshotPartCalls,
      at: new Date(clock.now()).toISOString(),
    })
    this.#snapshots.set(name, snapshot)
    return snapshot
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
    this.#groups.release()
  }

  close(): void {
    for (const timer of this.#timers) this.#options.clock.clearInterval(timer)
    this.#options.clock.clearTimeout(this.#flushTimer)
    this.#options.clock.clearTimeout(this.#presenceTimer)
    if (this.#immediate) clearImmediate(this.#immediate)
    if (this.#sweeping) clearImmediate(this.#sweeping)
    this.#groups.clear()
  }
}
