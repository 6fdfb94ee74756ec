// Both doors to the live protocol, over a faked wire that speaks real frames.
import { type Client, Server } from 'mock-socket'
import { afterEach, expect, test, vi } from 'vitest'
import type { EventFrame } from '#contract/protocol.ts'
import { createGateway } from '#src/gateway/gateway.ts'
import type { SocketTransport } from '#src/gateway/socket-transport.ts'
import { socketIoTransport } from '#src/gateway/socket-io-transport.ts'
import { webSocketTransport } from '#src/gateway/web-socket-transport.ts'
import { systemClock } from '#src/lib/clock.ts'
import type { Connection } from '#src/lib/connection.ts'
import { makeCall, makeFrame } from '#tests/support/factories.ts'
import { createFakeTokens } from '#tests/support/fake-transport.ts'

// The Socket.IO client keeps the constructor it finds when it is loaded, so the faked one must be there before it.
await vi.hoisted(async () => {
  const { WebSocket } = await import('mock-socket')
  Object.assign(globalThis, { WebSocket })
})

/** A door as the test sees it: what the client sends, and how the server answers. */
interface Door {
  name: string
  address: string
  transport(): Promise<SocketTransport>
  /** The server's side of a new connection. */
  greet(client: Client, onFrame: (event: string, data: unknown) => void): { token: string | null }
  say(client: Client, frame: { event: string }): void
}

const plain: Door = {
  name: 'plain WebSocket',
  address: 'ws://calls.test/api/v1/ws/calls',
  transport: async () => webSocketTransport(),
  greet(client, onFrame) {
    client.on('message', (message) => {
      const { event, data } = JSON.parse(String(message))
      onFrame(event, data)
    })
    return { token: new URL(client.url).searchParams.get('token') }
  },
  say: (client, frame) => client.send(JSON.stringify(frame)),
}

const tokenFirst: Door = {
  ...plain,
  name: 'plain WebSocket, token in the first frame',
  transport: async () => webSocketTransport('frame'),
  greet(client, onFrame) {
    const seen: { token: string | null } = { token: null }
    expect(new URL(client.url).search).toBe('?auth=frame')
    client.on('message', (message) => {
      const { event, data } = JSON.parse(String(message))
      if (seen.token === null) {
        expect(event).toBe('auth')
        seen.token = data.token
      } else onFrame(event, data)
    })
    return seen
  },
}

const socketIo: Door = {
  name: 'Socket.IO',
  address: 'ws://calls.test/socket.io/?EIO=4&transport=websocket',
  async transport() {
    // The Node build would bring a socket of its own; the browser's class takes the faked one.
    const { WebSocket: BrowserTransport } = await import('engine.io-client')
    return socketIoTransport([BrowserTransport] as unknown as Parameters<typeof socketIoTransport>[0])
  },
  greet(client, onFrame) {
    const seen: { token: string | null } = { token: null }
    client.on('message', (message) => {
      const text = String(message)
      if (text.startsWith('40')) {
        seen.token = JSON.parse(text.slice(2)).token
        client.send('40{"sid":"s"}')
      } else if (text.startsWith('42')) {
        const [event, data] = JSON.parse(text.slice(2))
        onFrame(event, data)
      }
    })
    client.send('0{"sid":"e","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}')
    return seen
  },
  say: (client, frame) => client.send(`42${JSON.stringify([frame.event, frame])}`),
}

const at = '2026-11-20T14:00:00.000Z'
const started = (id: string, seq: number): EventFrame =>
  makeFrame('call.started', { call: makeCall({ id }) }, { seq, prev: seq - 1, safe: seq })

let server: Server | null = null

afterEach(() => {
  server?.stop()
  server = null
})

/** A console on the door, and everything it said and showed. */
async function connect(door: Door) {
  const clients: { client: Client; seen: { token: string | null } }[] = []
  const asked: { event: string; data: Record<string, unknown> }[] = []
  const frames: EventFrame[] = []
  const connections: Connection[] = []
  server = new Server(door.address, { mock: false })
  server.on('connection', (client) => {
    const entry = { client, seen: { token: null as string | null } }
    clients.push(entry)
    entry.seen = door.greet(client, (event, data) => {
      asked.push({ event, data: data as Record<string, unknown> })
      if (event !== 'subscribe') return
      const { since, sub } = data as { since: number; sub: string }
      const mode = since === 0 ? 'snapshot' : 'resumed'
      door.say(client, {
        event: 'subscribed',
        data: { stream: 'calls', seq: since, log: 'L', sub, mode },
        at,
      } as never)
      if (mode === 'snapshot')
        door.say(client, {
          event: 'snapshot',
          data: { stream: 'calls', part: 1, parts: 1, seq: 0, calls: [] },
          at,
        } as never)
    })
  })
  const tokens = createFakeTokens()
  const gateway = createGateway({
    url: 'http://calls.test',
    transport: await door.transport(),
    tokens,
    clock: systemClock,
    page: { onOnline: () => () => {}, onVisible: () => () => {} },
    listener: {
      onFrames: (passed) => frames.push(...passed),
      onSnapshot: () => {},
      onSubscribed: () => {},
      onRefused: () => {},
      onConnection: (connection) => connections.push(connection),
    },
    settings: { backoff: { firstMs: 1, maxMs: 5, jitter: 0 } },
  })
  gateway.subscribe('calls')
  gateway.start()
  const status = () => connections.at(-1)?.status
  await vi.waitFor(() => expect(status()).toBe('live'))
  return { clients, asked, frames, connections, gateway, tokens, status, say: say(door, clients) }
}

const say =
  (door: Door, clients: { client: Client }[]) =>
  (frame: { event: string }): void => {
    const entry = clients.at(-1)
    if (entry) door.say(entry.client, frame)
  }

const doors = [plain, tokenFirst, socketIo].map((door) => [door.name, door] as const)

test.each(doors)('%s: connects with the token, asks for a snapshot, and takes batches', async (_, door) => {
  const { clients, asked, frames, gateway, say } = await connect(door)
  expect(clients[0]?.seen.token).toBe('t1')
  expect(asked[0]).toMatchObject({
    event: 'subscribe',
    data: { type: 'all_calls', lines: 'last', batch: true, since: 0 },
  })
  say({ event: 'batch', stream: 'calls', frames: [started('a', 1), started('b', 2)], safe: 2 } as never)
  await vi.waitFor(() => expect(frames).toHaveLength(2))
  gateway.stop()
})

test.each(doors)(
  '%s: a cut line is opened again, and goes on from the last safe position',
  async (_, door) => {
    const { clients, asked, frames, gateway, status, say } = await connect(door)
    say({ event: 'batch', stream: 'calls', frames: [started('a', 1), started('b', 2)], safe: 2 } as never)
    await vi.waitFor(() => expect(frames).toHaveLength(2))
    clients[0]?.client.close({ code: 1012, reason: 'restart', wasClean: true })
    await vi.waitFor(() => expect(clients).toHaveLength(2))
    await vi.waitFor(() => expect(asked.at(-1)?.data).toMatchObject({ since: 2, log: 'L' }))
    say(started('c', 3))
    await vi.waitFor(() => expect(frames.at(-1)?.seq).toBe(3))
    await vi.waitFor(() => expect(status()).toBe('live'))
    gateway.stop()
  },
)

test.each(doors)('%s: P14 an expired token is replaced, then the line is opened again', async (_, door) => {
  const { clients, gateway, say, status } = await connect(door)
  say({ event: 'closing', data: { code: 4401, reason: 'expired' }, at } as never)
  await vi.waitFor(() => expect(clients[1]?.seen.token).toBe('t2'))
  await vi.waitFor(() => expect(['live', 'catching-up']).toContain(status()))
  gateway.stop()
})

test.each(doors)('%s: P14 a refusal is shown with its reason', async (_, door) => {
  const { clients, connections, gateway, say, status } = await connect(door)
  say({ event: 'closing', data: { code: 4403, reason: 'Your role may not listen.' }, at } as never)
  await vi.waitFor(() => expect(status()).toBe('refused'))
  expect(connections.at(-1)?.reason).toBe('Your role may not listen.')
  expect(clients).toHaveLength(1)
  gateway.stop()
})

test.each(doors)('%s: P14 a renewed token is shown on the open socket', async (_, door) => {
  const { asked, gateway, tokens } = await connect(door)
  tokens.renew('t9')
  await vi.waitFor(() => expect(asked.at(-1)).toEqual({ event: 'auth', data: { token: 't9' } }))
  gateway.stop()
})

test('Socket.IO: data alone, as servers of the older documents send it, is understood', async () => {
  const transport = await socketIo.transport()
  server = new Server(socketIo.address, { mock: false })
  server.on('connection', (client) => {
    socketIo.greet(client, () => {})
    setTimeout(() => client.send('42["new_call",{"call":{"id":"a"}}]'), 20)
  })
  const messages: unknown[] = []
  const socket = transport('http://calls.test', 't', {
    onOpen: () => {},
    onMessage: (message) => messages.push(message),
    onClose: () => {},
  })
  await vi.waitFor(() => expect(messages).toEqual([{ event: 'new_call', data: { call: { id: 'a' } } }]))
  socket.close()
})

test.each(doors)('%s: a server that cannot be reached ends the attempt once', async (_, door) => {
  const ends: (number | null)[] = []
  const transport = await door.transport()
  const socket = transport('http://nobody.test', 't', {
    onOpen: () => {},
    onMessage: () => {},
    onClose: (code) => ends.push(code),
  })
  await vi.waitFor(() => expect(ends).toHaveLength(1))
  socket.close()
})
