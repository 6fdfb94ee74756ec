// A desk over a floor at hand, with a clock in hand.
import { vi } from 'vitest'
import type { Call } from '#contract/call.ts'
import type { EventFrame } from '#contract/protocol.ts'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { makeAttention, makeCall, makeFrame } from '#tests/support/factories.ts'

export const act = makeAttention({ score: 80, level: 'act' })
/** An instant so many minutes after one o'clock. */
export const minute = (number: number): string =>
  new Date(Date.parse('2026-11-20T13:00:00.000Z') + number * 60_000).toISOString()
export const call = (id: string, over: Partial<Call> = {}): Call =>
  makeCall({ id, started_at: minute(0), ...over })

/** A desk that is started, over these calls. */
export function setUpDesk({ calls = [] as readonly Call[], loaded = true } = {}) {
  const clock = createFakeClock()
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot: () => {} })
  store.start()
  const desk = createFloorDesk(store, clock)
  const woken = vi.fn()
  desk.subscribe(woken)
  const stop = desk.start()
  const snapshot = (all: readonly Call[]): void => {
    store.inbox.onSnapshot({ stream: 'calls', part: 1, parts: 1, seq: 1, calls: [...all] }, clock.now())
    clock.paint()
  }
  if (loaded) snapshot(calls)
  woken.mockClear()
  const happen = (...frames: EventFrame[]): void => {
    store.inbox.onFrames(frames)
    clock.paint()
  }
  return {
    clock,
    store,
    desk,
    stop,
    woken,
    snapshot,
    happen,
    come: (...all: Call[]) => happen(...all.map((one) => makeFrame('call.started', { call: one }))),
    attend: (call_id: string, attention = act) =>
      happen(makeFrame('attention.changed', { call_id, attention })),
    ids: () => desk.getState().window.ids,
    board: () => desk.getState().board,
  }
}
