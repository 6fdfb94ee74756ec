// A text as a whole WebSocket message, made once and then written to any number of sockets as it is.

/** First byte of a final, uncompressed text frame (RFC 6455, 5.2). */
const finalText = 0x81

/** Bytes of the message `before + text + after`, in one frame, unmasked as servers send. */
export function textMessage(text: string, before = '', after = ''): Buffer {
  const length = Buffer.byteLength(text) + before.length + after.length
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const bytes = Buffer.allocUnsafe(head + length)
  bytes[0] = finalText
  if (head === 2) bytes[1] = length
  else if (head === 4) {
    bytes[1] = 126
    bytes.writeUInt16BE(length, 2)
  } else {
    bytes[1] = 127
    bytes.writeUInt32BE(Math.floor(length / 2 ** 32), 2)
    bytes.writeUInt32BE(length % 2 ** 32, 6)
  }
  bytes.write(before, head, 'latin1')
  bytes.write(text, head + before.length, 'utf8')
  bytes.write(after, bytes.length - after.length, 'latin1')
  return bytes
}
