// The two doors to the one protocol: Socket.IO and plain WebSocket, behind one upgrade dispatcher.
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { Server as SocketIoServer } from 'socket.io'
import { type WebSocket, WebSocketServer } from 'ws'
import { parseClientFrame } from '#server/realtime/client-frame.ts'
import type { Peer } from '#server/realtime/peer.ts'
import { plainPeer } from '#server/realtime/plain-peer.ts'
import type { Realtime } from '#server/realtime/realtime.ts'
import type { Session } from '#server/realtime/session.ts'
import { socketIoPeer } from '#server/realtime/socket-io-peer.ts'

export interface DoorOptions {
  server: HttpServer
  realtime: Realtime
  /** Is this `Origin` header one of ours? Absent origins (no browser) are let in by their token. */
  allowOrigin: (origin: string, host: string | undefined) => boolean
  now: () => number
}

interface Inbox {
  receive(raw: unknown): void
  close(): void
}

const paths = new Set(['/api/v1/ws/calls', '/ws/calls'])
const socketIoPath = '/socket.io'
const maxClientFrame = 64 * 1024
/** How long the plain door waits for a token that comes in the first frame. */
const tokenWithinMs = 10_000
/** How long a closing server waits for its readers to take their goodbye. */
const goodbyeMs = 1000

/** Opens both doors on the server; the returned function closes them, and with them the server. */
export function openDoors(options: DoorOptions): () => Promise<void> {
  const { server, realtime, allowOrigin, now } = options
  const plain = new WebSocketServer({ noServer: true, maxPayload: maxClientFrame })
  const socketIo = new SocketIoServer(server, {
    path: socketIoPath,
    serveClient: false,
    transports: ['websocket'],
    destroyUpgrade: false,
    maxHttpBufferSize: maxClientFrame,
    allowRequest: (request, decide) => decide(null, isAllowed(request)),
  })

  function isAllowed(request: IncomingMessage): boolean {
    const { origin, host } = request.headers
    return origin === undefined || allowOrigin(origin, host)
  }

  plain.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const { searchParams } = new URL(request.url ?? '', 'http://localhost')
    const token = searchParams.get('token')
    const peer = plainPeer(socket, request.socket, now)
    const inbox =
      token === null && searchParams.get('auth') === 'frame'
        ? awaitToken(realtime, peer)
        : admit(realtime, peer, token)
    socket.on('message', (data, isBinary) => inbox.receive(isBinary ? null : data.toString()))
    socket.on('close', () => inbox.close())
    // The close that follows tells all there is to tell.
    socket.on('error', () => undefined)
  })

  socketIo.on('connection', (socket) => {
    const auth = socket.handshake.auth as { token?: unknown }
    const given = auth.token ?? socket.handshake.query.token
    const inbox = admit(realtime, socketIoPeer(socket, now), typeof given === 'string' ? given : null)
    socket.onAny((event: string, data: unknown) => inbox.receive({ event, data }))
    socket.on('disconnect', () => inbox.close())
  })

  const upgraded = new Set<Duplex>()
  const dispatch = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
    // Cut by hand: what a stranger sends as an address may be no URL, and a throw here would end the process.
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    if (path.startsWith(`${socketIoPath}/`)) return
    if (!paths.has(path)) return refuse(socket, '404 Not Found')
    if (!isAllowed(request)) return refuse(socket, '403 Forbidden')
    plain.handleUpgrade(request, socket, head, (opened) => plain.emit('connection', opened, request))
  }
  server.on('upgrade', dispatch)

  return async () => {
    server.off('upgrade', dispatch)
    plain.close()
    // Everybody was told by now. A reader that hangs would never answer, and would keep the server from going.
    const cut = setTimeout(() => {
      for (const socket of upgraded) socket.destroy()
    }, goodbyeMs)
    await socketIo.close()
    clearTimeout(cut)
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** The token comes in the first frame; who says something else first, or nothing, is refused as if it were missing. */
function awaitToken(realtime: Realtime, peer: Peer): Inbox {
  let inbox: Inbox | null = null
  const begin = (token: string | null): void => {
    clearTimeout(late)
    inbox = admit(realtime, peer, token)
  }
  const late = setTimeout(() => begin(null), tokenWithinMs)
  return {
    receive(raw) {
      if (inbox) inbox.receive(raw)
      else {
        const parsed = parseClientFrame(raw)
        begin(parsed.ok && parsed.frame.event === 'auth' ? parsed.frame.data.token : null)
      }
    },
    close() {
      clearTimeout(late)
      inbox?.close()
    },
  }
}

/** Frames that come while the token is still being verified wait for the session. */
function admit(realtime: Realtime, peer: Peer, token: string | null): Inbox {
  let session: Session | null = null
  let waiting: unknown[] | null = []
  let gone = false
  void realtime.admit(peer, token).then((admitted) => {
    session = admitted
    if (gone) session?.closed()
    else for (const raw of waiting ?? []) session?.receive(raw)
    waiting = null
  })
  return {
    receive(raw: unknown) {
      if (waiting === null) session?.receive(raw)
      else if (waiting.length < 32) waiting.push(raw)
    },
    close() {
      gone = true
      session?.closed()
    },
  }
}
