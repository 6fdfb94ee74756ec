// The delivery groups of one floor, found by what they listen to, and those of them that have something to send.
import type { Stream } from '#contract/protocol.ts'
import { DeliveryGroup, type GroupKey } from '#server/realtime/group.ts'
import type { RealtimeSettings } from '#server/realtime/settings.ts'

const none: ReadonlySet<DeliveryGroup> = new Set()

export class Groups {
  readonly #settings: RealtimeSettings
  readonly #byName = new Map<string, DeliveryGroup>()
  readonly #byStream = new Map<Stream, Set<DeliveryGroup>>()
  /** Groups that batch, and groups that do not, with frames that wait for a flush. */
  readonly waiting = { batched: new Set<DeliveryGroup>(), single: new Set<DeliveryGroup>() }

  constructor(settings: RealtimeSettings) {
    this.#settings = settings
  }

  /** The group of a key; a new one begins at `position`. */
  get(key: GroupKey, position: number): DeliveryGroup {
    const name = JSON.stringify([key.stream, key.scope, key.lines, key.batch])
    let group = this.#byName.get(name)
    if (!group) {
      group = new DeliveryGroup(key, this.#settings, position)
      this.#byName.set(name, group)
      const ofStream = this.#byStream.get(key.stream)
      if (ofStream) ofStream.add(group)
      else this.#byStream.set(key.stream, new Set([group]))
    }
    return group
  }

  /** Those who listen to a stream. */
  of(stream: Stream): ReadonlySet<DeliveryGroup> {
    return this.#byStream.get(stream) ?? none
  }

  all(): Iterable<DeliveryGroup> {
    return this.#byName.values()
  }

  /** Notes whether the group has something that waits. */
  note(group: DeliveryGroup): void {
    const waiting = group.key.batch ? this.waiting.batched : this.waiting.single
    if (group.isWaiting) waiting.add(group)
    else waiting.delete(group)
  }

  /** Forgets groups nobody is in. */
  release(): void {
    for (const [name, group] of this.#byName) if (group.size === 0) this.#forget(name, group)
  }

  #forget(name: string, group: DeliveryGroup): void {
    this.#byName.delete(name)
    this.waiting.batched.delete(group)
    this.waiting.single.delete(group)
    const ofStream = this.#byStream.get(group.key.stream)
    ofStream?.delete(group)
    if (ofStream?.size === 0) this.#byStream.delete(group.key.stream)
  }

  clear(): void {
    for (const [name, group] of this.#byName) this.#forget(name, group)
  }
}
