// The console's live core put together as in the app, on a fake clock and a fake wire.
import { createGateway } from '#src/gateway/gateway.ts'
import type { Gateway } from '#src/gateway/port.ts'
import type { Connection } from '#src/lib/connection.ts'
import { type LiveStore, createLiveStore } from '#src/live/live-store.ts'
import { type FakeClock, createFakeClock } from '#tests/support/fake-clock.ts'
import { type FakeFloor, createFakeFloor } from '#tests/support/fake-floor.ts'
import {
  type FakeTokens,
  type FakeWire,
  createFakeTokens,
  createFakeWire,
} from '#tests/support/fake-transport.ts'

export interface LiveRig {
  clock: FakeClock
  wire: FakeWire
  floor: FakeFloor
  tokens: FakeTokens
  store: LiveStore
  gateway: Gateway
  connection(): Connection
  /** Connects and shows the first snapshot. */
  begin(): Promise<void>
  /** Time passes with a heartbeat every 5 s and a painted frame every second. */
  pass(ms: number): Promise<void>
}

/** A rig; the server's clock runs `serverAheadMs` before the desk's. */
export function createLiveRig({ serverAheadMs = 0 } = {}): LiveRig {
  const clock = createFakeClock()
  const wire = createFakeWire()
  const floor = createFakeFloor(() => clock.now() + serverAheadMs)
  const tokens = createFakeTokens()
  wire.onConnect = (socket) => floor.attach(socket)
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot: () => gateway.resync() })
  const gateway = createGateway({
    url: '',
    transport: wire.transport,
    tokens,
    clock,
    page: clock.page,
    listener: store.inbox,
    random: () => 0,
  })
  const rig: LiveRig = {
    clock,
    wire,
    floor,
    tokens,
    store,
    gateway,
    connection: () => store.getState().connection,
    async begin() {
      store.start()
      gateway.subscribe('calls')
      gateway.start()
      await clock.advance(100)
      clock.paint()
    },
    async pass(ms) {
      for (let left = ms; left > 0; left -= 1000) {
        await clock.advance(Math.min(left, 1000))
        if (Math.floor(left / 1000) % 5 === 0) floor.heartbeat()
        clock.paint()
      }
    },
  }
  return rig
}
