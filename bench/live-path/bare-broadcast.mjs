// The reference: a bare `ws` server that broadcasts every event by itself, with no log, no order and no promise.
import { WebSocketServer } from 'ws'

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
server.on('listening', () => process.send({ port: server.address().port }))
process.on('message', (texts) => {
  for (const text of texts) for (const client of server.clients) client.send(text)
})
