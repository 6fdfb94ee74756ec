// When a server handed a marked line of the grid's stream to the operating system: "sent", for event-to-paint from there on.
//
// Loaded into a server's process, directly or by `--import`; there the parent asks by the process message "written".
import net from 'node:net'

/** Only the grid's stream counts: who listens to the call itself gets the line in another frame. */
const gridStream = '"stream":"calls"'
const mark = /mark-\d+-/g
/** A snapshot says what was said before, in hundreds of thousands of letters: looking through it would cost the server time. */
const snapshotStart = '"event":"snapshot"'
const startChars = 80

const written = new Map()
const write = net.Socket.prototype.write

function note(chunk) {
  if (typeof chunk !== 'string' && !Buffer.isBuffer(chunk)) return
  if (chunk.slice(0, startChars).includes(snapshotStart)) return
  if (!chunk.includes('mark-') || !chunk.includes(gridStream)) return
  const now = Date.now()
  for (const [name] of chunk.toString().matchAll(mark)) if (!written.has(name)) written.set(name, now)
}

net.Socket.prototype.write = function writeAndNote(chunk, ...rest) {
  note(chunk)
  return write.call(this, chunk, ...rest)
}

/** @returns {Record<string, number>} epoch ms by mark, of the marks written since the last question */
export function takeWritten() {
  const taken = Object.fromEntries(written)
  written.clear()
  return taken
}

process.on('message', (message) => {
  if (message === 'written') process.send?.({ written: takeWritten() })
})
process.channel?.unref()
