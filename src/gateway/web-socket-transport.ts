// The plain WebSocket door to the live protocol.
import { type SocketTransport, connectTimeoutMs } from '#src/gateway/socket-transport.ts'

/**
 * Where the token travels: browsers cannot set headers. `query` is what every backend of the contract understands; `frame`
 * keeps it out of addresses, which proxies like to write down.
 */
export type TokenPlace = 'query' | 'frame'

/** Plain WebSocket with JSON text frames. */
export function webSocketTransport(tokenIn: TokenPlace = 'query'): SocketTransport {
  return (url, token, handlers) => {
    const address = new URL('/api/v1/ws/calls', url === '' ? location.href : url)
    address.protocol = address.protocol.replace('http', 'ws')
    if (tokenIn === 'query') address.searchParams.set('token', token)
    else address.searchParams.set('auth', 'frame')
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
      if (closed) return
      if (tokenIn === 'frame') socket.send(JSON.stringify({ event: 'auth', data: { token } }))
      handlers.onOpen()
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
