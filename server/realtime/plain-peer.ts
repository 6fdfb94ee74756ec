// A reader behind the plain WebSocket door.
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Peer } from '#server/realtime/peer.ts'
import { closingFrame } from '#server/realtime/wire.ts'

/**
 * `raw` is the connection under the WebSocket: whole messages are written to it past the library, which would encode the
 * same text for each reader anew. Nothing of the library's own can be cut by that, for without compression it writes at once.
 */
export function plainPeer(socket: WebSocket, raw: Duplex, now: () => number): Peer {
  return {
    door: 'websocket',
    send(frame) {
      if (socket.readyState === socket.OPEN) raw.write(frame.plainBytes)
    },
    bufferedBytes: () => raw.writableLength,
    close(code, reason) {
      if (socket.readyState !== socket.OPEN) return
      raw.write(closingFrame(code, reason, now()).plainBytes)
      socket.close(code, reason)
    },
  }
}
