// A wire without a network: the test plays the server.
import type { ClientFrame, ServerFrame, SubscribeData } from '#contract/protocol.ts'
import type { SocketHandlers, SocketTransport } from '#src/gateway/socket-transport.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'

export interface FakeSocket {
  url: string
  token: string
  sent: ClientFrame[]
  /** True once the console closed it. */
  closed: boolean
  /** Called with each frame the console sends. */
  onSend: ((frame: ClientFrame) => void) | null
  open(): void
  /** A frame of the server, as JSON text like on the plain door. */
  say(frame: ServerFrame | Record<string, unknown>): void
  sayText(text: string): void
  /** The line ends. */
  end(code?: number | null, reason?: string): void
  /** The subscriptions it was asked for, oldest first. */
  subscriptions(): SubscribeData[]
}

export interface FakeWire {
  transport: SocketTransport
  sockets: FakeSocket[]
  last(): FakeSocket
  /** Called with each new connection, e.g. to open it at once. */
  onConnect: ((socket: FakeSocket) => void) | null
}

/** A transport whose sockets the test opens, feeds and cuts. */
export function createFakeWire(): FakeWire {
  const sockets: FakeSocket[] = []
  const last = (): FakeSocket => {
    const socket = sockets.at(-1)
    if (!socket) throw new Error('nobody connected')
    return socket
  }
  const wire: FakeWire = {
    sockets,
    last,
    onConnect: null,
    transport(url: string, token: string, handlers: SocketHandlers) {
      const socket: FakeSocket = {
        url,
        token,
        sent: [],
        closed: false,
        onSend: null,
        open: () => handlers.onOpen(),
        say: (frame) => handlers.onMessage(JSON.stringify(frame)),
        sayText: (text) => handlers.onMessage(text),
        end: (code = null, reason = '') => handlers.onClose(code, reason),
        subscriptions: () =>
          socket.sent.flatMap((frame) => (frame.event === 'subscribe' ? [frame.data] : [])),
      }
      sockets.push(socket)
      queueMicrotask(() => wire.onConnect?.(socket))
      return {
        send(frame) {
          socket.sent.push(frame)
          socket.onSend?.(frame)
        },
        close() {
          socket.closed = true
        },
      }
    },
  }
  return wire
}

export interface FakeTokens extends TokenSource {
  current: string | null
  refreshed: number
  /** A new token, as after a renewal. */
  renew(token: string | null): void
}

/** Tokens `t1`, `t2` …: each refresh gives the next one. */
export function createFakeTokens(): FakeTokens {
  const listeners = new Set<(token: string | null) => void>()
  const tokens: FakeTokens = {
    current: 't1',
    refreshed: 0,
    token: async () => tokens.current,
    async refresh() {
      tokens.refreshed += 1
      tokens.current = `t${tokens.refreshed + 1}`
      return tokens.current
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    renew(token) {
      tokens.current = token
      for (const listener of [...listeners]) listener(token)
    },
  }
  return tokens
}
