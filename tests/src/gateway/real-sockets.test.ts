// The same two doors against real servers in this process: no faked wire in between.
import { type Server as HttpServer, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket as RealWebSocket, WebSocketServer } from 'ws'
import type { OpenSocket } from '#src/gateway/socket-transport.ts'
import { socketIoTransport } from '#src/gateway/socket-io-transport.ts'
import { webSocketTransport } from '#src/gateway/web-socket-transport.ts'

let http: HttpServer
let url = ''
let open: OpenSocket | null = null

beforeEach(async () => {
  // The one of the simulated page does not get along with Node's events.
  vi.stubGlobal('WebSocket', RealWebSocket)
  http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
})
afterEach(async () => {
  open?.close()
  open = null
  vi.unstubAllGlobals()
  http.closeAllConnections()
  await new Promise((resolve) => http.close(resolve))
})

function listen() {
  const heard = { opened: 0, messages: [] as unknown[], ends: [] as [number | null, string][] }
  return {
    heard,
    handlers: {
      onOpen: () => void (heard.opened += 1),
      onMessage: (message: unknown) => void heard.messages.push(message),
      onClose: (code: number | null, reason: string) => void heard.ends.push([code, reason]),
    },
  }
}

test('Socket.IO: token, frames both ways, and one end when the server closes', async () => {
  const io = new Server(http, { path: '/socket.io', serveClient: false })
  const asked: unknown[] = []
  io.on('connection', (socket) => {
    asked.push(socket.handshake.auth.token)
    socket.onAny((event, data) => {
      asked.push([event, data])
      socket.emit('heartbeat', { event: 'heartbeat', at: 'now', streams: {} })
    })
  })
  const { heard, handlers } = listen()
  open = socketIoTransport()(url, 't1', handlers)
  await vi.waitFor(() => expect(heard.opened).toBe(1))
  open.send({ event: 'subscribe', data: { type: 'all_calls', since: 0 } })
  await vi.waitFor(() => expect(heard.messages).toEqual([{ event: 'heartbeat', at: 'now', streams: {} }]))
  expect(asked).toEqual(['t1', ['subscribe', { type: 'all_calls', since: 0 }]])
  io.disconnectSockets(true)
  await vi.waitFor(() => expect(heard.ends).toHaveLength(1))
  await io.close()
})

test('Socket.IO: a refused handshake ends the attempt with its words', async () => {
  const io = new Server(http, { path: '/socket.io', serveClient: false })
  io.use((_, next) => next(new Error('no')))
  const { heard, handlers } = listen()
  open = socketIoTransport()(url, 't1', handlers)
  await vi.waitFor(() => expect(heard.ends).toEqual([[null, 'no']]))
  expect(heard.opened).toBe(0)
  await io.close()
})

test('plain WebSocket: token, frames both ways, and the close code', async () => {
  const server = new WebSocketServer({ server: http, path: '/api/v1/ws/calls' })
  const asked: unknown[] = []
  server.on('connection', (socket, request) => {
    asked.push(new URL(request.url ?? '', 'http://x').searchParams.get('token'))
    socket.on('message', (text) => {
      asked.push(JSON.parse(String(text)))
      socket.send('{"event":"heartbeat"}')
      socket.close(4401, 'expired')
    })
  })
  const { heard, handlers } = listen()
  open = webSocketTransport()(url, 't 1&', handlers)
  await vi.waitFor(() => expect(heard.opened).toBe(1))
  open.send({ event: 'auth', data: { token: 't2' } })
  await vi.waitFor(() => expect(heard.ends).toEqual([[4401, 'expired']]))
  expect(heard.messages).toEqual(['{"event":"heartbeat"}'])
  expect(asked).toEqual(['t 1&', { event: 'auth', data: { token: 't2' } }])
  server.close()
})

test.each([
  ['Socket.IO', socketIoTransport()],
  ['plain WebSocket', webSocketTransport()],
])('%s: after our own close nothing more is said', async (_, transport) => {
  const { heard, handlers } = listen()
  transport(url, 't1', handlers).close()
  const { heard: other, handlers: others } = listen()
  open = transport('http://127.0.0.1:1', 't1', others)
  await vi.waitFor(() => expect(other.ends).toHaveLength(1))
  expect(heard).toEqual({ opened: 0, messages: [], ends: [] })
})
