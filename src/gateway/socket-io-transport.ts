// The Socket.IO door to the live protocol.
import { io } from 'socket.io-client'
import { type SocketTransport, connectTimeoutMs } from '#src/gateway/socket-transport.ts'

type EngineTransports = NonNullable<NonNullable<Parameters<typeof io>[1]>['transports']>

/**
 * Socket.IO over WebSocket only; the token travels in `auth`. `url` is an origin, empty for the page's own. The
 * engine's transports can be given for a place that has no native WebSocket.
 */
export function socketIoTransport(transports: EngineTransports = ['websocket']): SocketTransport {
  return (url, token, handlers) => {
    const socket = io(url === '' ? location.origin : url, {
      path: '/socket.io',
      transports,
      auth: { token },
      reconnection: false,
      forceNew: true,
      timeout: connectTimeoutMs,
    })
    let closed = false
    const end = (reason: string): void => {
      if (closed) return
      closed = true
      socket.disconnect()
      handlers.onClose(null, reason)
    }
    socket.on('connect', () => handlers.onOpen())
    socket.on('connect_error', (error) => end(error.message))
    socket.on('disconnect', (reason) => end(reason))
    socket.onAny((event: string, frame: unknown) => handlers.onMessage(asFrame(event, frame)))
    return {
      send(frame) {
        if (socket.connected) socket.emit(frame.event, frame.data)
      },
      close() {
        closed = true
        socket.disconnect()
      },
    }
  }
}

/** The argument is the frame itself; a server of the older documents sends the data alone. */
function asFrame(event: string, argument: unknown): unknown {
  const isFrame = typeof argument === 'object' && argument !== null && 'event' in argument
  return isFrame ? argument : { event, data: argument }
}
