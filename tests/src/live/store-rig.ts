// A live store with a clock in hand, and snapshots to feed it.
import { vi } from 'vitest'
import type { Call } from '#contract/call.ts'
import type { CallChange } from '#contract/protocol.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { makeCall, makeFrame } from '#tests/support/factories.ts'

/** A store that paints when its clock does. */
export function setUpStore(settings = {}) {
  const clock = createFakeClock()
  const needSnapshot = vi.fn()
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot, settings })
  const commits = vi.fn()
  store.subscribe(commits)
  const start = (id: string): void =>
    store.inbox.onFrames([makeFrame('call.started', { call: makeCall({ id }) })])
  const update = (id: string, tag: string): void =>
    store.inbox.onFrames([makeFrame('call.updated', { call: makeCall({ id, tags: [tag] }) })])
  return { clock, store, needSnapshot, commits, start, update }
}

/** One part of a snapshot that tells calls whole. */
export const snapshot = (ids: readonly string[], part = 1, parts = 1, seq = 9) => ({
  stream: 'calls' as const,
  part,
  parts,
  seq,
  calls: ids.map((id) => makeCall({ id })),
})

/** One part of a snapshot that tells changes. */
export const changes = (list: readonly CallChange[], calls: readonly Call[] = [], part = 1, parts = 1) => ({
  ...snapshot([], part, parts, 20),
  calls,
  changes: list,
})
