// A WebSocket client that costs next to nothing: it walks over frame headers in a shared buffer and decodes only on request.
import { randomBytes } from 'node:crypto'
import net from 'node:net'

/** All sockets of the process read into this one: the walker keeps nothing of it. */
const shared = Buffer.allocUnsafe(256 * 1024)
const headerEnd = Buffer.from('\r\n\r\n')

/**
 * A masked text frame, as clients must send it; the mask is zero, so the payload stays as it is.
 * @param {string} text
 */
function clientFrame(text) {
  const payload = Buffer.from(text)
  const long = payload.length > 125
  const header = Buffer.alloc(long ? 8 : 6)
  header[0] = 0x81
  header[1] = 0x80 | (long ? 126 : payload.length)
  if (long) header.writeUInt16BE(payload.length, 2)
  return Buffer.concat([header, payload])
}

/**
 * Opens a socket. `onText` gets every text while `decode` is true; else frames and bytes are only counted.
 * @param {{ port: number, path: string, onText: (text: string, socket: object) => void, onPing?: () => string,
 *   onOpen?: (socket: object) => void, onGone?: () => void }} options `onPing`: answer to a frame of one byte, Engine.IO's ping
 */
export function openRaw({ port, path, onText, onOpen, onPing, onGone }) {
  /** Bytes of the frame's payload that are still to come; null between frames. */
  let left = null
  let head = Buffer.alloc(0)
  let parts = []
  let greeted = false
  let readLimit = Number.POSITIVE_INFINITY
  const self = {
    frames: 0,
    bytes: 0,
    decode: true,
    send: (text) => socket.write(clientFrame(text)),
    close: () => socket.destroy(),
    pause: () => socket.pause(),
    /** Reads on; stops by itself after about so many bytes. */
    resume(bytes = Number.POSITIVE_INFINITY) {
      readLimit = bytes
      socket.resume()
    },
  }

  function frameEnds() {
    self.frames++
    left = null
    if (self.decode && parts.length > 0) {
      const text = (parts.length === 1 ? parts[0] : Buffer.concat(parts)).toString()
      parts = []
      onText(text, self)
    }
    parts = []
  }

  function walk(chunk) {
    let at = 0
    while (at < chunk.length) {
      if (left === null) {
        // Headers are short: what is missing of one is gathered byte by byte.
        head = Buffer.concat([head, chunk.subarray(at, ++at)])
        const length = payloadLength(head)
        if (length === null) continue
        head = Buffer.alloc(0)
        left = length
        if (length === 1) {
          const answer = onPing?.()
          if (answer !== undefined) self.send(answer)
        }
        if (length === 0) frameEnds()
        continue
      }
      const take = Math.min(left, chunk.length - at)
      if (self.decode) parts.push(Buffer.from(chunk.subarray(at, at + take)))
      at += take
      left -= take
      if (left === 0) frameEnds()
    }
  }

  function read(count, buffer) {
    let chunk = buffer.subarray(0, count)
    self.bytes += count
    if (!greeted) {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf(headerEnd)
      if (end < 0) return true
      if (!head.subarray(0, 12).toString().includes('101')) throw new Error(head.subarray(0, end).toString())
      greeted = true
      chunk = head.subarray(end + 4)
      head = Buffer.alloc(0)
      onOpen?.(self)
    }
    walk(chunk)
    readLimit -= count
    return readLimit > 0
  }

  const socket = net.connect({ port, host: '127.0.0.1', onread: { buffer: shared, callback: read } })
  socket.setNoDelay(true)
  socket.on('connect', () =>
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    ),
  )
  socket.on('error', () => undefined)
  socket.on('close', () => onGone?.())
  return self
}

/** Length of the payload that a complete header announces; null while it is incomplete. Servers do not mask. */
function payloadLength(head) {
  if (head.length < 2) return null
  const length = head[1] & 0x7f
  if (length < 126) return length
  if (length === 126) return head.length < 4 ? null : head.readUInt16BE(2)
  return head.length < 10 ? null : Number(head.readBigUInt64BE(2))
}
