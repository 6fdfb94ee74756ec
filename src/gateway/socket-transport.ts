// The two doors to the live protocol behind one interface: Socket.IO and plain WebSocket.
import { io } from 'socket.io-client'
import type { ClientFrame } from '#contract/protocol.ts'

export interface SocketHandlers {
  onOpen(): void
  /** JSON text (plain door) or the parsed frame (Socket.IO). */
  onMessage(message: unknown): void
  /** Once, whoever closed; `code` where the transport knows one. Not called after `close()`. */
  onClose(code: number | null, reason: string): void
}

export interface OpenSocket {
  send(frame: ClientFrame): void
  /** Closes without a further word. */
  close(): void
}

/** Opens one connection. It never reconnects by itself: that is the gateway's decision. */
export type SocketTransport = (url: string, token: string, handlers: SocketHandlers) => OpenSocket

type EngineTransports = NonNullable<NonNullable<Parameters<typeof io>[1]>['transports']>

/** After this the attempt has failed. */
const connectTimeoutMs = 10_000

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

/** Plain WebSocket with JSON text frames; browsers cannot set headers, so the token is in the query. */
export function webSocketTransport(): SocketTransport {
  return (url, token, handlers) => {
    const address = new URL('/api/v1/ws/calls', url === '' ? location.href : url)
    address.protocol = address.protocol.replace('http', 'ws')
    address.searchParams.set('token', token)
    const socket = new WebSocket(address)
    let closed = false
    const end = (code: number | null, reason: string): void => {
      if (closed) return
      closed = true
      clearTimeout(timer)
      handlers.onClose(code, reason)
    }
    const timer = setTimeout(() => {
      end(null, 'timeout')
      socket.close()
    }, connectTimeoutMs)
    socket.onopen = () => {
      clearTimeout(timer)
      if (!closed) handlers.onOpen()
    }
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!closed) handlers.onMessage(data)
    }
    // An error says nothing that the close after it does not say.
    socket.onerror = () => {}
    socket.onclose = ({ code, reason }) => end(code, reason)
    return {
      send(frame) {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
      },
      close() {
        closed = true
        clearTimeout(timer)
        socket.close()
      },
    }
  }
}
