// The worker's entry: the browser's sockets and timers for `serve-live`.
import { lazySocketIo } from '#src/gateway/lazy-socket-io.ts'
import { webSocketTransport } from '#src/gateway/web-socket-transport.ts'
import { systemClock } from '#src/lib/clock.ts'
import type { FromWorker, ToWorker } from '#src/worker/messages.ts'
import { serveLive } from '#src/worker/serve-live.ts'

const scope = globalThis as unknown as Worker

serveLive({
  port: {
    post: (message: FromWorker) => scope.postMessage(message),
    listen: (listener) =>
      scope.addEventListener('message', (event: MessageEvent<ToWorker>) => listener(event.data)),
  },
  clock: systemClock,
  soon: queueMicrotask,
  transports: { socketio: lazySocketIo, websocket: webSocketTransport },
})
