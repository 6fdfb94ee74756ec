// A process of its own between page and server: a TCP line that can be cut and mended, told by process messages.
import { connect, createServer } from 'node:net'

const target = Number(process.argv[2])
const open = new Set()
let isCut = false
/** Requests of the page beside its live line do not count. */
const upgrade = /^upgrade: *websocket/im
let acceptedAt = null

/** Joins two sockets; when one goes, so does the other. */
function join(one, other) {
  one.on('error', () => other.destroy())
  one.on('close', () => other.destroy())
  one.pipe(other)
}

// Small writes must not wait for the acknowledgement of those before: that would be 40 ms of the line's own.
const server = createServer({ noDelay: true }, (socket) => {
  if (isCut) {
    socket.destroy()
    return
  }
  const onward = connect({ port: target, host: '127.0.0.1', noDelay: true })
  const cameAt = Date.now()
  socket.once('data', (bytes) => {
    if (!isCut && upgrade.test(bytes.toString('latin1'))) acceptedAt ??= cameAt
  })
  open.add(socket)
  socket.on('close', () => open.delete(socket))
  join(socket, onward)
  join(onward, socket)
})
server.listen(0, '127.0.0.1')

const orders = {
  /** Ends what is open and refuses what comes. */
  cut() {
    isCut = true
    for (const socket of open) socket.destroy()
    return {}
  },
  /** Lets connections through again; the first live line's moment is remembered. */
  mend() {
    isCut = false
    acceptedAt = null
    return {}
  },
  /** When the connection of the first live line after the mending came, epoch ms; null before. */
  accepted: () => ({ acceptedAt }),
  port: async () => {
    if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
    return { port: server.address().port }
  },
}
process.on('message', async ({ order }) => process.send(await orders[order]()))
