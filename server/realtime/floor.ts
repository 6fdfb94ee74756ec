// One company's live floor: reads the log contiguously, keeps the projection, and hands frames to the delivery groups.
import { sql } from 'kysely'
import type { Call } from '#contract/call.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import { DeliveryGroup, type GroupKey, attentionFrame, frameOf, sees } from '#server/realtime/group.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import { readEntries } from '#server/realtime/read-entries.ts'
import { Projection } from '#server/realtime/projection.ts'
import type { RealtimeSettings } from '#server/realtime/settings.ts'

export interface FloorOptions {
  db: Db
  clock: Clock
  companyId: string
  settings: RealtimeSettings
  onSent?: ((report: { frames: number; bytes: number; batches: number }) => void) | undefined
  onError?: ((error: unknown) => void) | undefined
}

const readAtOnce = 2000

export class Floor {
  readonly companyId: string
  readonly projection = new Projection()
  readonly #options: FloorOptions
  readonly #groups = new Map<string, DeliveryGroup>()
  #timers: unknown[] = []
  #flushTimer: unknown = null
  #immediate: NodeJS.Immediate | null = null
  #reading: Promise<void> | null = null
  #bell = false
  /** Everything up to here was folded in and handed to the groups. */
  position = 0
  logId = ''

  private constructor(options: FloorOptions) {
    this.#options = options
    this.companyId = options.companyId
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
    this.projection.sweepAttention(clock.now())
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
      for (const group of this.#groups.values()) {
        const frame = frameOf(entry, group.key, (id) => this.projection.textOf(id))
        if (frame && group.offer(frame, now)) this.#flush(group)
      }
    }
    this.#schedule()
  }

  #schedule(): void {
    let batched = false
    let single = false
    for (const group of this.#groups.values())
      if (group.isWaiting) {
        if (group.key.batch) batched = true
        else single = true
      }
    if (single)
      this.#immediate ??= setImmediate(() => {
        this.#immediate = null
        for (const group of this.#groups.values()) if (!group.key.batch) this.#flush(group)
      })
    if (batched)
      this.#flushTimer ??= this.#options.clock.setTimeout(() => {
        this.#flushTimer = null
        for (const group of this.#groups.values()) if (group.key.batch) this.#flush(group)
        this.#schedule()
      }, this.#options.settings.batchMs)
  }

  #flush(group: DeliveryGroup): void {
    const report = group.flush(this.#options.clock.now())
    if (report.frames > 0) this.#options.onSent?.({ ...report, batches: 1 })
  }

  /** Slow readers and newcomers get what waits for them, and join again where they have caught up. */
  #pump(): void {
    for (const group of this.#groups.values()) {
      if (!group.key.batch && group.isWaiting) this.#flush(group)
      if (group.hasDetached) group.rejoin()
    }
  }

  #sweep(): void {
    const { clock, settings } = this.#options
    const now = clock.now()
    this.projection.sweep(now - settings.endedLingerMs)
    const at = new Date(now).toISOString()
    for (const { callId, owners, attention } of this.projection.sweepAttention(now)) {
      const frame = attentionFrame(callId, attention, at)
      for (const group of this.#groups.values()) {
        const { stream, scope } = group.key
        if ((stream === 'calls' || stream === `call:${callId}`) && sees(scope, owners))
          group.offer(frame, now)
      }
    }
    this.#schedule()
  }

  /** The group of a key, brought to an edge: nothing pending that a newcomer would get twice. */
  groupAt(key: GroupKey): DeliveryGroup {
    const name = JSON.stringify([key.stream, key.scope, key.lines, key.batch])
    let group = this.#groups.get(name)
    if (!group) {
      group = new DeliveryGroup(key, this.#options.settings, this.position)
      this.#groups.set(name, group)
    }
    this.#flush(group)
    return group
  }

  /** Forgets groups nobody is in. */
  release(): void {
    for (const [name, group] of this.#groups) if (group.size === 0) this.#groups.delete(name)
  }

  close(): void {
    for (const timer of this.#timers) this.#options.clock.clearInterval(timer)
    this.#options.clock.clearTimeout(this.#flushTimer)
    if (this.#immediate) clearImmediate(this.#immediate)
    this.#groups.clear()
  }
}
