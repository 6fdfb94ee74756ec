// The one place where the network meets the live store.
import type { Api } from '#src/lib/api.ts'
import { browserFrames, systemClock } from '#src/lib/clock.ts'
import { browserPage } from '#src/lib/page-events.ts'
import { createGateway } from '#src/gateway/gateway.ts'
import { socketIoTransport, webSocketTransport } from '#src/gateway/socket-transport.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'
import { createCommands } from '#src/live/commands.ts'
import { type LiveStore, createLiveStore } from '#src/live/live-store.ts'
import { createLoadOlder } from '#src/live/load-older.ts'
import type { LiveActions } from '#src/live/use-live.ts'
import type { ConsoleConfig } from '#src/app/env.ts'

export interface StartedLive {
  store: LiveStore
  actions: LiveActions
  stop(): void
}

/** Connects and subscribes to all calls. Returns the store, what screens may ask for, and the stop. */
export function startLive(config: ConsoleConfig, tokens: TokenSource, api: Api): StartedLive {
  const store = createLiveStore({
    clock: systemClock,
    scheduler: browserFrames,
    needSnapshot: () => gateway.resync(),
  })
  const gateway = createGateway({
    url: config.socket,
    transport: config.transport === 'websocket' ? webSocketTransport() : socketIoTransport(),
    tokens,
    clock: systemClock,
    page: browserPage,
    listener: store.inbox,
  })
  const stopStore = store.start()
  const leaveFloor = gateway.subscribe('calls')
  gateway.start()
  return {
    store,
    actions: {
      subscribe: gateway.subscribe,
      retryNow: gateway.retryNow,
      commands: createCommands({ api, store, clock: systemClock }),
      loadOlder: createLoadOlder({ api, store }),
    },
    stop() {
      leaveFloor()
      gateway.stop()
      stopStore()
    },
  }
}
