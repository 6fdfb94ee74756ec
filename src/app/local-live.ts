// The same live path without a worker, for a browser that refuses one: slower on a large floor, and nothing else differs.
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import { withOwnAttention } from '#src/floor/own-attention.ts'
import { createGateway } from '#src/gateway/gateway.ts'
import { lazySocketIo } from '#src/gateway/lazy-socket-io.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'
import { webSocketTransport } from '#src/gateway/web-socket-transport.ts'
import { browserFrames, systemClock } from '#src/lib/clock.ts'
import { browserPage } from '#src/lib/page-events.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import type { OnPreferences } from '#src/worker/connect-live.ts'
import type { ConsoleConfig } from '#src/app/env.ts'
import type { LiveLine } from '#src/app/start-live.ts'

/** Connects and subscribes to all calls, all on the page's own thread. */
export function startLocalLive(
  config: ConsoleConfig,
  tokens: TokenSource,
  onPreferences: OnPreferences,
): LiveLine {
  const store = createLiveStore({
    clock: systemClock,
    scheduler: browserFrames,
    needSnapshot: () => gateway.resync(),
  })
  const desk = createFloorDesk(withOwnAttention(store), systemClock)
  const gateway = createGateway({
    url: config.socket,
    transport: config.transport === 'websocket' ? webSocketTransport(config.tokenIn) : lazySocketIo(),
    tokens,
    clock: systemClock,
    page: browserPage,
    listener: { ...store.inbox, onPreferences },
  })
  const stops = [store.start(), desk.start(), gateway.subscribe('calls'), gateway.stop]
  gateway.start()
  return {
    store,
    desk,
    subscribe: gateway.subscribe,
    retryNow: gateway.retryNow,
    stop() {
      for (const stop of stops.reverse()) stop()
    },
  }
}
