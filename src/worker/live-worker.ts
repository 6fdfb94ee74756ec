// The worker's entry: the browser's sockets and timers for `serve-live`.
import { socketIoTransport, webSocketTransport } from '#src/gateway/socket-transport.ts'
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
  transports: { socketio: socketIoTransport, websocket: webSocketTransport },
})
