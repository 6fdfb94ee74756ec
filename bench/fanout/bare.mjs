// The references: every event broadcast by itself to everybody, without log, order, scope, resume or care for slow readers.
//   { start: { door } } → { port }   { calls, rate, memory } as realtime-feed.mjs has them
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { WebSocketServer } from 'ws'
import { floorEntries } from '../support/floor-entries.mjs'
import { paced } from '../support/paced.mjs'

const http = createServer()
const floor = floorEntries()
let broadcast = null
let feeding = null

/** The same frame as the product's, one event long. */
const frameOf = ({ event, value, seq, at }) => ({
  event,
  data: value,
  stream: 'calls',
  seq,
  prev: seq - 1,
  at,
})

function overWebSocket() {
  const server = new WebSocketServer({ server: http, perMessageDeflate: false })
  return (entry) => {
    const text = JSON.stringify(frameOf(entry))
    for (const client of server.clients) client.send(text)
  }
}

function overSocketIo() {
  const io = new Server(http, { transports: ['websocket'], serveClient: false })
  io.on('connection', (socket) => socket.join('calls'))
  return (entry) => io.to('calls').emit(entry.event, frameOf(entry))
}

function feed(count) {
  const entries = floor.next(count)
  for (const entry of entries) broadcast(entry)
  return entries.length
}

async function obey(command) {
  if (command.start) {
    broadcast = command.start.door === 'socketio' ? overSocketIo() : overWebSocket()
    await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve))
    return { port: http.address().port }
  }
  if (command.calls !== undefined) {
    floor.population(command.calls)
    return { calls: floor.calls.length }
  }
  if (command.rate !== undefined) {
    const told = feeding?.stop() ?? { fed: 0, missed: 0, seconds: 0 }
    feeding = command.rate > 0 ? paced(command.rate, feed) : null
    return told
  }
  global.gc?.()
  return process.memoryUsage()
}

process.on('message', async (command) => process.send(await obey(command)))
process.on('disconnect', () => process.exit(0))
