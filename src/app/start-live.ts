// The one place where the network meets the live store: in a worker, so that a busy floor never holds up the page.
import type { Stream } from '#contract/protocol.ts'
import type { Api } from '#src/lib/api.ts'
import { browserFrames, systemClock } from '#src/lib/clock.ts'
import { browserPage } from '#src/lib/page-events.ts'
import type { Desk } from '#src/floor/desk.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'
import { createCommands } from '#src/live/commands.ts'
import { type LiveStore, createLiveStore } from '#src/live/live-store.ts'
import { createLoadOlder } from '#src/live/load-older.ts'
import type { LiveActions } from '#src/live/use-live.ts'
import { type OnPreferences, connectLive } from '#src/worker/connect-live.ts'
import type { FromWorker, ToWorker } from '#src/worker/messages.ts'
import type { ConsoleConfig } from '#src/app/env.ts'
import { startWorker } from '#src/app/start-worker.ts'

/** A connected floor, wherever it is kept. */
export interface LiveLine {
  store: LiveStore
  desk: Desk
  subscribe(stream: Stream): () => void
  retryNow(): void
  stop(): void
}

export interface StartedLive {
  store: LiveStore
  desk: Desk
  actions: LiveActions
  stop(): void
}

/** Connects and subscribes to all calls. Returns the store, what screens may ask for, and the stop. */
export async function startLive(
  config: ConsoleConfig,
  tokens: TokenSource,
  api: Api,
  onPreferences: OnPreferences,
): Promise<StartedLive> {
  const started = startWorker()
  const works = started !== null && (await started.works)
  const line = works
    ? lineOverWorker(started.worker, config, tokens, onPreferences)
    : (await import('#src/app/local-live.ts')).startLocalLive(config, tokens, onPreferences)
  const { store, desk, subscribe, retryNow, stop } = line
  return {
    store,
    desk,
    actions: {
      subscribe,
      retryNow,
      commands: createCommands({ api, store, clock: systemClock }),
      loadOlder: createLoadOlder({ api, store }),
    },
    stop,
  }
}

function lineOverWorker(
  worker: Worker,
  config: ConsoleConfig,
  tokens: TokenSource,
  onPreferences: OnPreferences,
): LiveLine {
  const store = createLiveStore({
    clock: systemClock,
    scheduler: browserFrames,
    needSnapshot: () => line.resync(),
    keepsFloor: false,
  })
  const line = connectLive({
    port: {
      post: (message: ToWorker) => worker.postMessage(message),
      listen: (listener) =>
        worker.addEventListener('message', (event: MessageEvent<FromWorker>) => listener(event.data)),
    },
    url: config.socket === '' ? location.origin : config.socket,
    transport: config.transport,
    tokenIn: config.tokenIn,
    tokens,
    page: browserPage,
    clock: systemClock,
    scheduler: browserFrames,
    store,
    onPreferences,
  })
  const stopStore = store.start()
  return {
    ...line,
    store,
    stop() {
      line.stop()
      stopStore()
      worker.terminate()
    },
  }
}
