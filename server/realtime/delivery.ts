// The way out of one company's floor: hands frames to its delivery groups, and sends what waits at once or in batches.
import type { Clock } from '#server/domain/clock.ts'
import type { LogEntry } from '#server/domain/log-entry.ts'
import type { Frame } from '#server/realtime/frame-queue.ts'
import { type DeliveryGroup, type GroupKey, frameOf, sees } from '#server/realtime/group.ts'
import { Groups } from '#server/realtime/groups.ts'
import type { RealtimeSettings } from '#server/realtime/settings.ts'

interface DeliveryOptions {
  clock: Clock
  settings: RealtimeSettings
  /** The text of a call's last line, for the frames that carry it. */
  textOf: Parameters<typeof frameOf>[2]
  onSent?: ((report: { frames: number; bytes: number; batches: number }) => void) | undefined
}

export class Delivery {
  readonly #options: DeliveryOptions
  readonly #groups: Groups
  #flushTimer: unknown = null
  #immediate: NodeJS.Immediate | null = null

  constructor(options: DeliveryOptions) {
    this.#options = options
    this.#groups = new Groups(options.settings)
  }

  /** An entry of the log, for everybody who listens to its call; sent by the next `schedule`. */
  offer(entry: LogEntry, now: number): void {
    for (const group of this.#groups.of('calls')) this.#offer(group, entry, now)
    for (const group of this.#groups.of(`call:${entry.callId}`)) this.#offer(group, entry, now)
  }

  /** A frame that is in no log, for everybody who listens to the call and may see it; sent by the next `schedule`. */
  tell(callId: string, owners: readonly string[], frame: Frame, now: number): void {
    for (const stream of ['calls', `call:${callId}`] as const)
      for (const group of this.#groups.of(stream))
        if (sees(group.key.scope, owners)) this.#hand(group, frame, now)
  }

  #offer(group: DeliveryGroup, entry: LogEntry, now: number): void {
    const frame = frameOf(entry, group.key, this.#options.textOf)
    if (frame) this.#hand(group, frame, now)
  }

  #hand(group: DeliveryGroup, frame: Frame, now: number): void {
    if (group.offer(frame, now)) this.#flush(group)
    else this.#groups.note(group)
  }

  /** Sends what waits: after this turn of the loop to who takes single frames, after the batch's time to the others. */
  schedule(): void {
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
        this.schedule()
      }, this.#options.settings.batchMs)
  }

  #flush(group: DeliveryGroup): void {
    const report = group.flush(this.#options.clock.now())
    this.#groups.note(group)
    if (report.frames > 0) this.#options.onSent?.({ ...report, batches: 1 })
  }

  /** Slow readers and newcomers get what waits for them, and join again where they have caught up. */
  pump(): void {
    for (const group of this.#groups.waiting.single) this.#flush(group)
    for (const group of this.#groups.all()) if (group.hasDetached) group.rejoin()
  }

  /** The group of a key, brought to an edge: nothing pending that a newcomer would get twice. */
  groupAt(key: GroupKey, position: number): DeliveryGroup {
    const group = this.#groups.get(key, position)
    this.#flush(group)
    return group
  }

  /** Forgets groups nobody is in. */
  release(): void {
    this.#groups.release()
  }

  close(): void {
    this.#options.clock.clearTimeout(this.#flushTimer)
    if (this.#immediate) clearImmediate(this.#immediate)
    this.#groups.clear()
  }
}
