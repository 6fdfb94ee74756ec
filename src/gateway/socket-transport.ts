// What the gateway asks of a connection, whichever door of the live protocol it goes through.
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

/** After this an attempt to connect has failed. */
export const connectTimeoutMs = 10_000
