// The Socket.IO door for a page that may never use it: its client is loaded with the first connection.
import type { OpenSocket, SocketTransport } from '#src/gateway/socket-transport.ts'

/** Like `socketIoTransport`. A client that does not load is a connection that failed: the gateway tries again. */
export function lazySocketIo(): SocketTransport {
  return (url, token, handlers) => {
    let socket: OpenSocket | null = null
    let closed = false
    async function open(): Promise<void> {
      const { socketIoTransport } = await import('#src/gateway/socket-io-transport.ts')
      if (!closed) socket = socketIoTransport()(url, token, handlers)
    }
    open().catch(() => {
      if (!closed) handlers.onClose(null, 'The connection could not be loaded.')
    })
    return {
      send: (frame) => socket?.send(frame),
      close() {
        closed = true
        socket?.close()
      },
    }
  }
}
