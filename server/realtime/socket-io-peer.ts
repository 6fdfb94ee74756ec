// A reader behind the Socket.IO door.
import type { Socket } from 'socket.io'
import type { Peer } from '#server/realtime/peer.ts'
import { type WireFrame, closingFrame } from '#server/realtime/wire.ts'

interface EngineQueue {
  /** Packets that wait until the transport takes the next ones. */
  writeBuffer: { data?: { length?: number } }[]
}

/**
 * Frames go to the connection under the WebSocket as bytes that were made once for the whole group, past the encoders of
 * Socket.IO, Engine.IO and `ws`. While Engine.IO has packets of its own waiting, frames go behind them.
 */
export function socketIoPeer(socket: Socket, now: () => number): Peer {
  const { conn } = socket
  const raw = conn.request.socket
  const queue = conn as unknown as EngineQueue
  const send = (frame: WireFrame) => {
    if (conn.readyState !== 'open') return
    if (queue.writeBuffer.length > 0) conn.write(frame.packet)
    else raw.write(frame.socketIoBytes)
  }
  return {
    door: 'socketio',
    send,
    bufferedBytes() {
      let waiting = raw.writableLength
      for (const { data } of queue.writeBuffer) waiting += data?.length ?? 0
      return waiting
    },
    close(code, reason) {
      if (conn.readyState !== 'open') return
      send(closingFrame(code, reason, now()))
      socket.disconnect(true)
    },
  }
}
