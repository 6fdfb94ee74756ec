// One open socket, whatever its door: what the protocol's rules need of it.
import type { WireFrame } from '#server/realtime/wire.ts'

export interface Peer {
  readonly door: 'socketio' | 'websocket'
  send(frame: WireFrame): void
  /** Bytes given to the socket and not yet taken by the network. */
  bufferedBytes(): number
  /** Sends `closing`, then closes with the code (P14). */
  close(code: number, reason: string): void
}
